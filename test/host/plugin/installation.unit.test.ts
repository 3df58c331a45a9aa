import { userInfo } from "node:os";
import path from "node:path";
import { pluginFolder, pluginVersion } from "../../../sdk/plugin/installation";

describe("the folder of the plugin", () => {
  const { HOME } = process.env;
  afterEach(() => {
    if (HOME === undefined) delete process.env.HOME;
    else process.env.HOME = HOME;
  });

  it("is where the engine looks, which asks the system for the user's folder, and not HOME", () => {
    process.env.HOME = path.resolve("elsewhere");
    const name = `resource-apikeys-v${pluginVersion}`;
    expect(pluginFolder({})).toBe(path.join(userInfo().homedir, ".pulumi", "plugins", name));
    const PULUMI_HOME = path.resolve("of-pulumi");
    expect(pluginFolder({ PULUMI_HOME })).toBe(path.join(PULUMI_HOME, "plugins", name));
  });
});
