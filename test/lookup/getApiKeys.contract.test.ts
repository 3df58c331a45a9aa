import * as pulumi from "@pulumi/pulumi";
import { applications, defineService, sendkit, xentree } from "../../sdk";
import { closeAll, failure, json, serve } from "../support/http/loopback";
import { acme } from "../support/vendor/definitions";
import { useSandbox } from "../support/vendor/sandbox";

const day = 86_400_000;
const { sandbox } = useSandbox({ now: () => Date.now() });
const ago = (days: number) => new Date(Date.now() - days * day).toISOString();
const configure = (connections: object) =>
  pulumi.runtime.setConfig("apikeys:connections", JSON.stringify(connections));

afterEach(closeAll);
beforeEach(() => {
  const { credentials, url: baseUrl } = sandbox();
  const { username, password } = credentials.xentree;
  configure({
    xentree: { baseUrl, token: credentials.xentree.token },
    people: { baseUrl, username, password },
    applications: { baseUrl, token: credentials.applications.token },
    sendkit: { baseUrl, apiKey: credentials.sendkit.apiKey },
    wrong: { baseUrl, token: "canary-token" },
  });
});

describe("getApiKeys", () => {
  it("tells of every key at the vendor, with what state leaves out, and without the values", async () => {
    const { id, value, prefix } = sandbox().createOutOfBand("xentree", {
      name: "ci",
      last_used_at: "2026-01-02T03:04:05Z",
    });
    const keys = await xentree.getApiKeys();
    expect(keys).toMatchObject([
      { keyId: id, name: "ci", prefix, status: "active", lastUsedAt: "2026-01-02T03:04:05Z" },
    ]);
    expect(JSON.stringify(keys)).not.toContain(value);
  });

  it("tells nothing of the values that a vendor's list shows whole, under whatever name", async () => {
    const secret = "canary-value-0123456789";
    const server = await serve((response) =>
      json(response, 200, [{ id: "1", name: "ci", value: secret, prefix: secret, region: secret }]),
    );
    const fields = { ...acme().fields, prefix: { type: "string" }, region: { type: "string" } } as const;
    const service = defineService({ ...acme(), fields });
    configure({ acme: { baseUrl: server.url, token: "t" } });
    expect(await service.getApiKeys({})).toEqual([{ keyId: "1", name: "ci", status: "active" }]);
  });

  it("finds a key by its id on a list that is one page of several, and concludes nothing of another", async () => {
    const server = await serve((response) =>
      json(response, 200, [{ id: "1", name: "ci" }], { "x-total": "21" }),
    );
    const service = defineService(acme());
    configure({ acme: { baseUrl: server.url, token: "t" } });
    expect(await service.getApiKey({ keyId: "1" })).toMatchObject({ keyId: "1", name: "ci" });
    const refused = await failure(service.getApiKey({ keyId: "2" }));
    expect(refused.message).toContain("came as one page of several (the header x-total)");
  });

  it("takes all filters together", async () => {
    const used = { created_at: ago(200), last_used_at: ago(1) };
    const create = (name: string, fields: object) =>
      sandbox().createOutOfBand("xentree", { name, ...fields });
    create("used", used);
    create("new", {});
    const { id: never } = create("never", { created_at: ago(200) });
    const { id: old } = create("old", { ...used, last_used_at: ago(100), expires_at: ago(50) });
    const ids = async (args: xentree.GetApiKeysArgs) =>
      (await xentree.getApiKeys(args)).map(({ keyId }) => keyId).sort();
    expect(await ids({ unusedSince: "90d" })).toEqual([never, old].sort());
    expect(await ids({ unusedSince: ago(90), active: true })).toEqual([never]);
    expect(await ids({ expiringBefore: "1d" })).toEqual([old]);
    expect(await ids({ name: "never", active: false })).toEqual([]);
  });

  it("looks where the path parameters say", async () => {
    const { applicationId, otherApplicationId } = sandbox().credentials.applications;
    const { id } = sandbox().createOutOfBand("applications", { name: "ci" });
    expect(await applications.getApiKeys({ applicationId })).toMatchObject([{ keyId: id, applicationId }]);
    expect(await applications.getApiKeys({ applicationId: otherApplicationId })).toEqual([]);
  });

  it("tells of a singleton's key, and of none where there is none", async () => {
    const { workspaceId } = sandbox().credentials.sendkit;
    expect(await sendkit.getApiKeys({ workspaceId })).toEqual([]);
    const { id } = sandbox().createOutOfBand("sendkit", { name: "mail" });
    expect(await sendkit.getApiKeys({ workspaceId })).toMatchObject([
      { keyId: id, name: "mail", workspaceId },
    ]);
  });

  it("reads a list anew each time, and logs in once for all", async () => {
    const ask = () => xentree.getApiKeys({ connection: "people" });
    expect(await ask()).toEqual([]);
    sandbox().createOutOfBand("xentree", { name: "ci" });
    expect(await ask()).toHaveLength(1);
    const sent = sandbox().journal.entries();
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /api/auth/login",
      "GET /api/admin/api-keys",
      "GET /api/admin/api-keys",
    ]);
  });

  it("follows a connection that leads elsewhere by now, for one process may run several programs", async () => {
    expect(await xentree.getApiKeys()).toEqual([]);
    const server = await serve((response) => json(response, 200, [{ id: "elsewhere" }]));
    configure({ xentree: { baseUrl: server.url, token: "other" } });
    expect(await xentree.getApiKeys()).toMatchObject([{ keyId: "elsewhere" }]);
  });

  it("fails in sentences, of whose kind the SDK prints no stack, and which hold no credential", async () => {
    for (const [attempt, message] of [
      [
        () => xentree.getApiKeys({ connection: "wrong" }),
        /^xentree\.getApiKeys: Xentree did not list API keys .*HTTP 401/,
      ],
      [
        () => xentree.getApiKeys({ connection: "none" }),
        /^xentree\.getApiKeys: Connection "none" has no base|credentials/,
      ],
      [
        () => applications.getApiKeys({ applicationId: "no uuid" }),
        /^applications\.getApiKeys: applicationId must be a uuid/,
      ],
    ] as const) {
      const error = await failure(attempt);
      expect(pulumi.RunError.isInstance(error)).toBe(true);
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain("canary");
    }
  });

  it("sends nothing when its arguments make no sense", async () => {
    await failure(xentree.getApiKeys({ unusedSince: "yesterday" }));
    await failure(xentree.getApiKeys({ nmae: "ci" } as object));
    expect(sandbox().journal.entries()).toEqual([]);
  });
});

describe("getApiKey", () => {
  it("finds a key by its id or by filters", async () => {
    const { id, prefix } = sandbox().createOutOfBand("xentree", { name: "ci" });
    sandbox().createOutOfBand("xentree", { name: "other" });
    for (const args of [{ keyId: id }, { name: "ci" }, { prefix: prefix.slice(0, 12), name: "ci" }]) {
      expect(await xentree.getApiKey(args)).toMatchObject({ keyId: id, name: "ci" });
    }
  });

  it("asks the vendor for the one key where it can, whose list may be long", async () => {
    const { applicationId } = sandbox().credentials.applications;
    const { id } = sandbox().createOutOfBand("applications", { name: "ci" });
    expect(await applications.getApiKey({ applicationId, keyId: id })).toMatchObject({ name: "ci" });
    expect(
      sandbox()
        .journal.entries()
        .map(({ path }) => path),
    ).toEqual([`/api/v1/applications/${applicationId}/api-keys/${id}`]);
  });

  it.each([
    ["no key fits", { name: "nobody's" }, /No Xentree key fits what is asked/],
    ["several fit", { name: "ci" }, /2 Xentree keys fit what is asked/],
    ["the key of that id does not fit", { keyId: "1", name: "ci" }, /has the id 1 and fits/],
  ])("fails in a sentence when %s", async (_, args, message) => {
    for (let count = 0; count < 2; count++) sandbox().createOutOfBand("xentree", { name: "ci" });
    const error = await failure(xentree.getApiKey(args));
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error.message).toMatch(message);
  });
});
