import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import { failure } from "../support/lifecycle/modelEngine";
import { describeOn } from "../support/stores/built";
import { type Gitea, giteaProgram, startGitea } from "../support/stores/gitea";
import { giteaSecrets } from "../support/stores/giteaSecrets";
import { Place } from "../support/stores/place";

describeOn(giteaProgram, "a store that shows nothing, declared as data, on a real Gitea,", () => {
  let gitea: Gitea;
  beforeAll(async () => {
    gitea = await startGitea();
  });
  afterAll(() => gitea?.stop());

  const place = (more: object = {}, token = gitea.token) => {
    const environment = { APIKEYS_STORE_GITEA_BASE_URL: gitea.url, APIKEYS_STORE_GITEA_TOKEN: token };
    const given = { owner: gitea.user, repository: "app", field: "XENTREE_API_KEY", ...more };
    return new Place(new ConfiguredStores(undefined, environment), { ...giteaSecrets.place(given) });
  };

  it("is written, written over and emptied", async () => {
    const ci = place();
    await ci.probe();
    expect(gitea.secrets()).toEqual({});
    await ci.write({ XENTREE_API_KEY: "canary-1" });
    expect(gitea.secrets()).toEqual({ XENTREE_API_KEY: "canary-1" });
    await ci.write({ XENTREE_API_KEY: "canary-2\nof {two} lines" });
    expect(gitea.secrets()).toEqual({ XENTREE_API_KEY: "canary-2\nof {two} lines" });
    expect([await ci.look(), (await ci.open()).read]).toEqual(["unchanged", undefined]);
    await ci.remove();
    expect(gitea.secrets()).toEqual({});
    await ci.remove();
  });

  it("leaves the secrets of others", async () => {
    await gitea.send("PUT", "/repos/apikeys/app/actions/secrets/THEIRS", { data: "theirs" });
    const ci = place();
    await ci.write({ XENTREE_API_KEY: "canary-1" });
    await ci.remove();
    expect(gitea.secrets()).toEqual({ THEIRS: "theirs" });
  });

  it.each<[string, object, string | undefined, RegExp]>([
    ["a wrong token", {}, "0123456789012345678901234567890123456789", /HTTP 401/],
    ["a repository that is not there", { repository: "no-such" }, undefined, /HTTP 404/],
  ])("is found by the probe to have %s", async (_, more, token, reason) => {
    expect((await failure(place(more, token).probe())).message).toMatch(reason);
  });
});
