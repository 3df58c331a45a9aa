import { execFileSync } from "node:child_process";
import path from "node:path";
import { repository } from "../support/engine/environment";

/** Folders of the modules that a process loads for the provider, on top of what it has for Pulumi's SDK. */
function loadedModules(): string[] {
  const script = `
    require("@pulumi/pulumi/runtime");
    require("@pulumi/pulumi/proto/engine_grpc_pb");
    const before = new Set(Object.keys(require.cache));
    require(${JSON.stringify(path.join(repository, "dist", "provider"))});
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: repository, encoding: "utf8" }));
}

describe("the provider's process", () => {
  it("loads at most 291 of our modules before it serves", () => {
    expect(loadedModules().length).toBeLessThanOrEqual(291);
  });

  it("loads no store before a key is delivered", () => {
    const stores = loadedModules().filter((file) =>
      /delivery.(stores|declared|encryption|configuredStores)/.test(file),
    );
    expect(stores).toEqual([]);
  });

  it("does not load what examines definitions, until a user's own comes", () => {
    expect(loadedModules().filter((file) => /definition.(examine|schema.definition)/.test(file))).toEqual([]);
  });

  it("does not load undici, a third of the time, until it sends something", () => {
    expect(loadedModules().filter((file) => file.includes(`${path.sep}undici${path.sep}`))).toEqual([]);
  });
});
