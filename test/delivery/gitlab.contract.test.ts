import { fingerprint } from "../../provider/base/fingerprint";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import type { Written } from "../../provider/delivery/store";
import { closeAll } from "../support/http/loopback";
import { failure } from "../support/lifecycle/modelEngine";
import { startGitLab } from "../support/stores/gitlabStandIn";

afterEach(closeAll);

const project = "/projects/acme%2Fshop";
const place = { store: "gitlab", project: "acme/shop", field: "XENTREE_API_KEY" };
const content = { XENTREE_API_KEY: "canary-$value" };

const written = (fields: Record<string, string>): Written => ({
  fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, fingerprint(text)])),
  receipt: {},
});

async function begin(more: object = {}, token = "canary-token", options = {}) {
  const gitlab = await startGitLab(options);
  const open = (target: object = {}) =>
    new ConfiguredStores(undefined, { CI_SERVER_URL: gitlab.url, GITLAB_TOKEN: token }).open({
      ...place,
      ...more,
      ...target,
    });
  return { gitlab, open, store: await open() };
}

const changes = (requests: readonly string[]) => requests.filter((line) => !line.startsWith("GET"));

describe("the store gitlab, on a stand-in,", () => {
  it("makes a masked variable whose value is taken as it is, by one write, and reads it back", async () => {
    const { gitlab, store } = await begin();
    await store.probe();
    expect(changes(gitlab.takeRequests())).toEqual([]);
    await store.write(content, undefined);
    expect(changes(gitlab.takeRequests())).toEqual([`POST /api/v4${project}/variables`]);
    expect(gitlab.variable(project, "XENTREE_API_KEY")).toEqual({
      key: "XENTREE_API_KEY",
      value: "canary-$value",
      variable_type: "env_var",
      protected: false,
      masked: true,
      hidden: false,
      raw: true,
      environment_scope: "*",
      description: null,
    });
    expect(await store.read?.()).toEqual(content);
    expect(store.label).toBe("GitLab CI/CD of acme/shop");
  });

  it("replaces the value of a variable, and sends nothing for the same again", async () => {
    const { gitlab, store } = await begin();
    await store.write(content, undefined);
    gitlab.takeRequests();
    await store.write(content, undefined);
    await store.write(content, written(content));
    await store.write({ XENTREE_API_KEY: null }, written(content));
    expect(changes(gitlab.takeRequests())).toEqual([]);
    await store.write({ XENTREE_API_KEY: "canary-2" }, written(content));
    expect(changes(gitlab.takeRequests())).toEqual([
      `PUT /api/v4${project}/variables/XENTREE_API_KEY?filter%5Benvironment_scope%5D=*`,
    ]);
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: "canary-2" });
  });

  it("says what a variable is for, and keeps that of other environments as it is", async () => {
    const more = { environmentScope: "review/*", protected: true, variableType: "file" };
    const { gitlab, store } = await begin(more);
    gitlab.put(project, "XENTREE_API_KEY", { value: "for-all" });
    await store.probe();
    await store.write(content, undefined);
    expect(gitlab.variable(project, "XENTREE_API_KEY")?.value).toBe("for-all");
    expect(await store.read?.()).toEqual(content);
    expect(store.label).toBe("GitLab CI/CD of acme/shop, environment review/*");
    await store.remove(written(content));
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: "for-all" });
  });

  it("writes the variables of a group", async () => {
    const { gitlab, store } = await begin({ project: undefined, group: "acme" });
    await store.probe();
    await store.write(content, undefined);
    expect(gitlab.values("/groups/acme")).toEqual(content);
    expect(store.label).toBe("GitLab CI/CD of group acme");
  });

  it("keeps the previous value as a variable of its own, and takes it away when it has ended", async () => {
    const { gitlab, store } = await begin({ previous: "XENTREE_PREVIOUS" });
    await store.write({ XENTREE_API_KEY: "canary-1" }, undefined);
    const both = { XENTREE_API_KEY: "canary-2", XENTREE_PREVIOUS: "canary-1" };
    await store.write(both, written({ XENTREE_API_KEY: "canary-1" }));
    expect(gitlab.values(project)).toEqual(both);
    await store.write({ XENTREE_API_KEY: null }, written(both));
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: "canary-2" });
  });

  it("tells what somebody changed or removed, and removes neither", async () => {
    const { gitlab, store } = await begin();
    await store.write(content, undefined);
    expect(await store.look(written(content))).toBe("unchanged");
    gitlab.put(project, "XENTREE_API_KEY", { value: "theirs" });
    expect(await store.look(written(content))).toBe("changed");
    expect(await store.remove(written(content))).toBe("changed");
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: "theirs" });
    gitlab.remove(project, "XENTREE_API_KEY");
    expect(await store.look(written(content))).toBe("missing");
    expect(await store.remove(written(content))).toBe("missing");
    expect(await store.read?.()).toBeUndefined();
  });

  it("removes what it wrote, and no other variable", async () => {
    const { gitlab, store } = await begin();
    gitlab.put(project, "THEIRS", { value: "theirs" });
    await store.write(content, undefined);
    expect(await store.remove(written(content))).toBe("unchanged");
    expect(gitlab.values(project)).toEqual({ THEIRS: "theirs" });
  });

  it("says what cannot be masked, without the value", async () => {
    const { gitlab, store } = await begin();
    const error = await failure(store.write({ XENTREE_API_KEY: "canary with blanks" }, undefined));
    expect([error.code, error.message]).toEqual([
      "DELIVERY_FAILED",
      "GitLab did not write variable XENTREE_API_KEY of acme/shop: HTTP 400: value is invalid. It masks only one line of " +
        "8 characters or more without blanks: deliver what is none in a delivery of its own, with masked: false.",
    ]);
    expect(gitlab.values(project)).toEqual({});
    const plain = await begin({ masked: false });
    await plain.store.write({ XENTREE_API_KEY: "short" }, undefined);
    expect(plain.gitlab.variable(project, "XENTREE_API_KEY")).toMatchObject({
      value: "short",
      masked: false,
    });
  });

  it("does not take a project that it may no longer see for one without the variable", async () => {
    const { open } = await begin();
    const elsewhere = await open({ project: "acme/none" });
    expect((await failure(elsewhere.look(written(content)))).message).toMatch(
      /HTTP 404: 404 Project Not Found/,
    );
  });

  it.each([
    ["a wrong token", "canary-wrong", {}, /HTTP 401: 401 Unauthorized\. Check GITLAB_TOKEN/],
    [
      "a token that may only read",
      "canary-reader",
      {},
      /has the scopes read_api, read_repository, and needs api/,
    ],
    ["a role that is too low", "canary-developer", {}, /HTTP 403: 403 Forbidden\. .* the role Maintainer/],
    ["a project that is not there", "canary-token", { project: "acme/none" }, /of acme\/none: HTTP 404/],
  ])("refuses the probe with %s, which costs no key", async (_, token, more, reason) => {
    const { gitlab, store } = await begin(more, token);
    const error = await failure(store.probe());
    expect([error.code, error.message]).toEqual(["DELIVERY_FAILED", expect.stringMatching(reason)]);
    expect(error.message).not.toContain("canary");
    expect(changes(gitlab.takeRequests())).toEqual([]);
  });

  it.each(["POST", "PUT"])("writes again after a %s whose answer was lost", async (method) => {
    const { gitlab, store } = await begin();
    if (method === "PUT") await store.write({ XENTREE_API_KEY: "canary-0" }, undefined);
    gitlab.faults.push({ method, status: 0, after: true, times: 1 });
    await store.write(content, undefined);
    expect(gitlab.values(project)).toEqual(content);
  });

  it("gives up on a store that is down, with a sentence", async () => {
    const { gitlab, store } = await begin();
    gitlab.faults.push({ method: "POST", status: 503, times: 99 });
    const error = await failure(store.write(content, undefined));
    expect([error.code, error.message]).toEqual([
      "DELIVERY_FAILED",
      expect.stringMatching(/did not write variable XENTREE_API_KEY of acme\/shop: HTTP 503/),
    ]);
    expect(error.message).not.toContain("canary");
  });
});

describe("a hidden variable", () => {
  const hidden = { hidden: true };

  it("shows its value to nobody, and is told from a successor's by its description", async () => {
    const { gitlab, store } = await begin(hidden);
    await store.probe();
    expect(store.read).toBeUndefined();
    await store.write(content, undefined);
    expect(gitlab.variable(project, "XENTREE_API_KEY")).toMatchObject({
      value: "canary-$value",
      masked: true,
      hidden: true,
      description: `Delivered by pulumi-apikeys, fingerprint ${fingerprint("canary-$value")}`,
    });
    expect(await store.look(written(content))).toBe("unchanged");
    await store.write({ XENTREE_API_KEY: "canary-2" }, written(content));
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: "canary-2" });
    expect(await store.remove(written(content))).toBe("changed");
    expect(await store.remove(written({ XENTREE_API_KEY: "canary-2" }))).toBe("unchanged");
    expect(gitlab.values(project)).toEqual({});
  });

  it("is written also where no answer says so, as its description tells", async () => {
    const { gitlab, store } = await begin(hidden);
    await store.write(content, undefined);
    gitlab.faults.push({ method: "PUT", status: 0, after: true, times: 99 });
    await store.write({ XENTREE_API_KEY: "canary-2" }, written(content));
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: "canary-2" });
  });

  it("cannot be made of one that is there and shown, nor the other way round", async () => {
    const { gitlab, store, open } = await begin(hidden);
    gitlab.put(project, "XENTREE_API_KEY", { value: "theirs" });
    expect((await failure(store.probe())).message).toMatch(
      /is not hidden, and GitLab cannot change that\. Remove it/,
    );
    gitlab.put(project, "XENTREE_API_KEY", { masked: true, hidden: true });
    const shown = await open({ hidden: false });
    expect((await failure(shown.probe())).message).toMatch(/is hidden, and GitLab cannot change that/);
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: "theirs" });
  });

  it("is not left in the open by a GitLab that hides none", async () => {
    const { gitlab, store } = await begin(hidden, "canary-token", { hides: false });
    expect((await failure(store.write(content, undefined))).message).toMatch(
      /only GitLab 17\.4 and later can/,
    );
    expect(gitlab.values(project)).toEqual({});
  });

  it("cannot be the source of a previous value that the state does not keep", async () => {
    const target = { ...place, previous: "XENTREE_PREVIOUS" };
    const stores = new ConfiguredStores(undefined, {});
    const asked = { valueInState: false };
    expect(await stores.problems([target], asked)).toEqual([]);
    expect(await stores.problems([{ ...target, ...hidden }], asked)).toEqual([
      expect.stringMatching(
        /previous cannot be kept with valueInState: false: GitLab does not show what it holds/,
      ),
    ]);
  });
});

describe("the store gitlab, before anything is asked,", () => {
  it("takes address and token from stack config", async () => {
    const gitlab = await startGitLab();
    const config = JSON.stringify({ own: { url: gitlab.url, token: "canary-token" } });
    const store = await new ConfiguredStores(config, {}).open({ ...place, connection: "own" });
    await store.write(content, undefined);
    expect(gitlab.values(project)).toEqual(content);
    expect((await failure(new ConfiguredStores(undefined, {}).open(place))).message).toMatch(
      /set GITLAB_TOKEN in the environment, or apikeys:stores\.gitlab\.token/,
    );
  });

  it.each([
    [{ group: "acme" }, /needs either project or group/],
    [{ project: undefined }, /needs either project or group/],
    [{ hidden: true, masked: false }, /has hidden: true, which GitLab has only with masked/],
    [{ field: "A-B" }, /has a field "A-B", which cannot be the key of a variable/],
    [{ variableType: "text" }, /must be "env_var" or "file"/],
  ])("refuses %j at the check", async (more, problem) => {
    const problems = await new ConfiguredStores(undefined, {}).problems([{ ...place, ...more }], {
      valueInState: true,
    });
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});
