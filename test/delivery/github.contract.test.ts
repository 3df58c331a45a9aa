import { fingerprint } from "../../provider/base/fingerprint";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import type { Written } from "../../provider/delivery/store";
import { closeAll } from "../support/http/loopback";
import { failure } from "../support/lifecycle/modelEngine";
import { startGitHub } from "../support/stores/githubStandIn";

afterEach(closeAll);

const repository = "/repos/acme/app/actions/secrets";
const environment = "/repos/acme/app/environments/production%2Feu/secrets";
const organization = "/orgs/acme/actions/secrets";
const place = { store: "github", repository: "acme/app", field: "XENTREE_API_KEY" };

const written = (fields: Record<string, string>, receipt: Written["receipt"]): Written => ({
  fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, fingerprint(text)])),
  receipt,
});

async function begin(more: object = {}, token = "canary-token") {
  const github = await startGitHub();
  const open = (target: object = {}) =>
    new ConfiguredStores(undefined, { GITHUB_API_URL: github.url, GITHUB_TOKEN: token }).open({
      ...place,
      ...more,
      ...target,
    });
  return { github, open, store: await open() };
}

const content = { XENTREE_API_KEY: "canary-ü-value" };

describe("the store github, on a stand-in that opens the sealed boxes,", () => {
  it("seals the value for the repository, by one write, and says when", async () => {
    const { github, store } = await begin();
    await store.probe();
    expect(github.values(repository)).toEqual({});
    github.takeRequests();
    const receipt = await store.write(content, undefined);
    expect(github.received.map(({ body, url }) => body + url).join()).not.toContain("canary");
    expect(github.takeRequests()).toEqual([
      `GET ${repository}/public-key`,
      `GET ${repository}/XENTREE_API_KEY`,
      `PUT ${repository}/XENTREE_API_KEY`,
      `GET ${repository}/XENTREE_API_KEY`,
    ]);
    expect(github.values(repository)).toEqual(content);
    expect(receipt).toEqual({ XENTREE_API_KEY: "2026-01-01T00:00:01Z" });
    expect(store.read).toBeUndefined();
    expect(store.label).toBe("GitHub Actions of acme/app");
  });

  it("writes the secrets of an environment, whose name may have any characters", async () => {
    const { github, store } = await begin({ environment: "production/eu" });
    await store.probe();
    await store.write(content, undefined);
    expect(github.values(environment)).toEqual(content);
    expect(store.label).toBe("GitHub Actions of acme/app, environment production/eu");
  });

  it.each([
    ["the private repositories", {}, { visibility: "private" }],
    ["all repositories", { visibility: "all" }, { visibility: "all" }],
    [
      "named repositories",
      { repositories: ["app", "web"] },
      { visibility: "selected", selected: [1296269, 1296270] },
    ],
  ])("shares the secrets of an organization with %s", async (_, more, shared) => {
    const { github, store } = await begin({ repository: undefined, organization: "acme", ...more });
    await store.probe();
    await store.write(content, undefined);
    expect(github.secret(organization, "XENTREE_API_KEY")).toMatchObject({
      value: content.XENTREE_API_KEY,
      ...shared,
    });
  });

  it("keeps the previous value as a secret of its own, and takes it away when it has ended", async () => {
    const { github, store } = await begin({ previous: "XENTREE_PREVIOUS" });
    const first = await store.write({ XENTREE_API_KEY: "canary-1" }, undefined);
    const both = { XENTREE_API_KEY: "canary-2", XENTREE_PREVIOUS: "canary-1" };
    const second = await store.write(both, written({ XENTREE_API_KEY: "canary-1" }, first));
    expect(github.values(repository)).toEqual(both);
    github.takeRequests();
    const third = await store.write({ XENTREE_API_KEY: null }, written(both, second));
    expect(github.values(repository)).toEqual({ XENTREE_API_KEY: "canary-2" });
    expect(github.takeRequests().filter((line) => line.startsWith("PUT"))).toEqual([]);
    expect(third).toEqual({ XENTREE_API_KEY: second.XENTREE_API_KEY });
  });

  it("writes the value after all else, for it cannot be put back", async () => {
    const fields = { XENTREE_API_KEY: "value", XENTREE_ID: "keyId" };
    const { github, store } = await begin({ field: undefined, fields });
    github.faults.push({ method: "PUT", status: 422, times: 1 });
    await failure(store.write({ ...content, XENTREE_ID: "7" }, undefined));
    expect(github.values(repository)).toEqual({});
    github.takeRequests();
    await store.write({ ...content, XENTREE_ID: "7" }, undefined);
    expect(github.values(repository)).toEqual({ ...content, XENTREE_ID: "7" });
    expect(github.takeRequests().filter((line) => line.startsWith("PUT"))).toEqual([
      `PUT ${repository}/XENTREE_ID`,
      `PUT ${repository}/XENTREE_API_KEY`,
    ]);
  });

  it("has written also where no answer says so, as its time tells", async () => {
    const { github, store } = await begin();
    const ours = written(content, await store.write(content, undefined));
    github.faults.push({ method: "PUT", status: 0, after: true, times: 99 });
    const receipt = await store.write({ XENTREE_API_KEY: "canary-2" }, ours);
    expect(github.values(repository)).toEqual({ XENTREE_API_KEY: "canary-2" });
    expect(await store.look(written({ XENTREE_API_KEY: "canary-2" }, receipt))).toBe("unchanged");
  });

  it("has written also where a secret that is no longer named cannot be removed", async () => {
    const { github, store, open } = await begin();
    const ours = written(content, await store.write(content, undefined));
    github.faults.push({ method: "DELETE", status: 403, times: 1 });
    await (await open({ field: "OTHER_NAME" })).write({ OTHER_NAME: "canary-2" }, ours);
    expect(github.values(repository)).toEqual({ ...content, OTHER_NAME: "canary-2" });
  });

  it("tells what somebody changed or removed, and removes neither", async () => {
    const { github, store } = await begin();
    const ours = written(content, await store.write(content, undefined));
    expect(await store.look(ours)).toBe("unchanged");
    github.write(repository, "XENTREE_API_KEY", "theirs");
    expect(await store.look(ours)).toBe("changed");
    expect(await store.remove(ours)).toBe("changed");
    expect(github.values(repository)).toEqual({ XENTREE_API_KEY: "theirs" });
    github.remove(repository, "XENTREE_API_KEY");
    expect(await store.look(ours)).toBe("missing");
    expect(await store.remove(ours)).toBe("missing");
  });

  it("removes what it wrote, and no other secret", async () => {
    const { github, store } = await begin();
    github.write(repository, "THEIRS", "theirs");
    const ours = written(content, await store.write(content, undefined));
    expect(await store.remove(ours)).toBe("unchanged");
    expect(github.values(repository)).toEqual({ THEIRS: "theirs" });
  });

  it("does not take a place that it may no longer see for one without the secret", async () => {
    const { open } = await begin();
    const elsewhere = await open({ repository: "acme/secret" });
    const error = await failure(
      elsewhere.look(written(content, { XENTREE_API_KEY: "2026-01-01T00:00:01Z" })),
    );
    expect(error.message).toMatch(/did not show the public key of acme\/secret: HTTP 404: Not Found\./);
  });

  it.each([
    ["a wrong token", "canary-wrong", {}, /HTTP 401: Bad credentials\. Check GITHUB_TOKEN/],
    ["a token of too few scopes", "canary-gist", {}, /has the scopes gist, read:user, and needs repo/],
    [
      "a repository that is not there",
      "canary-token",
      { repository: "acme/none" },
      /of acme\/none: HTTP 404: Not Found/,
    ],
    [
      "an environment that is not there",
      "canary-token",
      { environment: "none" },
      /environment none: HTTP 404/,
    ],
    [
      "a repository that cannot be named to the organization",
      "canary-classic",
      { repository: undefined, organization: "acme", repositories: ["none"] },
      /did not show repository acme\/none/,
    ],
  ])("refuses the probe with %s, which costs no key", async (_, token, more, reason) => {
    const { github, store } = await begin(more, token);
    const error = await failure(store.probe());
    expect([error.code, error.message]).toEqual(["DELIVERY_FAILED", expect.stringMatching(reason)]);
    expect(error.message).not.toContain("canary");
    expect(github.takeRequests().filter((line) => !line.startsWith("GET"))).toEqual([]);
  });

  it("says why a write was refused, without the value", async () => {
    const { github, store } = await begin({}, "canary-reader");
    await store.probe();
    const error = await failure(store.write(content, undefined));
    expect([error.code, error.message]).toEqual([
      "DELIVERY_FAILED",
      expect.stringMatching(
        /^GitHub did not write secret XENTREE_API_KEY of acme\/app: HTTP 403: Resource not accessible/,
      ),
    ]);
    expect(error.message).not.toContain("canary");
    expect(github.values(repository)).toEqual({});
  });

  it("writes again after an answer that was lost", async () => {
    const { github, store } = await begin();
    github.faults.push({ method: "PUT", status: 0, after: true, times: 1 });
    await store.write(content, undefined);
    expect(github.values(repository)).toEqual(content);
    expect(github.takeRequests().filter((line) => line.startsWith("PUT"))).toHaveLength(2);
  });

  it("gives up on a store that is down, with a sentence", async () => {
    const { github, store } = await begin();
    await store.probe();
    github.faults.push({ method: "PUT", status: 503, times: 99 });
    const error = await failure(store.write(content, undefined));
    expect([error.code, error.message]).toEqual([
      "DELIVERY_FAILED",
      expect.stringMatching(/did not write secret XENTREE_API_KEY of acme\/app: HTTP 503: Server Error/),
    ]);
    expect(error.message).not.toContain("canary");
  });

  it("takes address and token from stack config", async () => {
    const github = await startGitHub();
    const config = JSON.stringify({ ghe: { url: github.url, token: "canary-token" } });
    const store = await new ConfiguredStores(config, {}).open({ ...place, connection: "ghe" });
    await store.write(content, undefined);
    expect(github.values(repository)).toEqual(content);
    expect((await failure(new ConfiguredStores(undefined, {}).open(place))).message).toMatch(
      /set GITHUB_TOKEN in the environment, or apikeys:stores\.github\.token/,
    );
  });

  it.each([
    [{ organization: "acme" }, /needs either repository or organization/],
    [{ repository: undefined }, /needs either repository or organization/],
    [{ repository: undefined, organization: "acme", environment: "x" }, /has an environment, which belongs/],
    [{ visibility: "all" }, /has visibility or repositories, which only/],
    [{ repository: "app" }, /must be an owner and a name/],
    [{ field: "GITHUB_KEY" }, /GitHub allows no secret to be called/],
    [{ previous: "1ST" }, /GitHub allows no secret to be called/],
  ])("refuses %j at the check", async (more, problem) => {
    const problems = await new ConfiguredStores(undefined, {}).problems([{ ...place, ...more }], {
      valueInState: true,
    });
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});
