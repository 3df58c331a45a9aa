import { ApiKeysError } from "../../provider/base/errors";
import { created, failure } from "../support/lifecycle/modelEngine";
import { day } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

const place = { workspaceId: "ws_production" };
const stillThere =
  "was to be revoked, but the answer does not prove that it was, and the key is still there. Check the connection's base " +
  "URL, then run the same command again.";

/** Keys of accounts, and a request that returns the credentials' account. */
function withTenants(type: "string" | "integer", operations: object = {}) {
  const { fields, operations: usual, ...rest } = acme();
  return parse({
    ...rest,
    fields: { ...fields, accountId: { type } },
    tenant: { field: "accountId", whoami: { path: "/v1/me", tenant: "/account" } },
    operations: { ...usual, ...operations },
  });
}

describe("delete", () => {
  it.each([
    ["xentree", xentree],
    ["applications", applications],
    ["a user's own service, whose program is gone,", parse(acme())],
  ])("of a key of %s revokes it, in one request", async (_, definition) => {
    const { engine, server } = await created(definition);
    expect(await engine.destroy()).toBeUndefined();
    expect(server.calls).toEqual(["revoke key-1"]);
    expect(server.live).toEqual([]);
  });

  it("revokes the current key where the resource's id is an earlier one's", async () => {
    const { engine, server } = await created(xentree, { rotation: { triggers: { v: 1 } } });
    await engine.up({ rotation: { triggers: { v: 2 } } });
    await engine.destroy();
    expect(server.live).toEqual([]);
    expect(server.calls.at(-1)).toBe("revoke key-2");
  });

  it("is content when the vendor says that the key is gone already", async () => {
    const { engine, server } = await created(applications);
    server.key("key-1").live = false;
    expect(await engine.destroy()).toBeUndefined();
    // The list shows that the credentials may see the application, whose key it was.
    expect(server.calls).toEqual(["revoke key-1", "list anew", "get key-1"]);
  });

  it("is content with a key that the vendor keeps in its list as inactive", async () => {
    const { engine, server } = await created(xentree);
    Object.assign(server.key("key-1").fields, { active: false });
    server.answersRevokeWith = "absent";
    expect(await engine.destroy()).toBeUndefined();
  });

  it("looks whose 404 it was where keys belong to tenants", async () => {
    const { engine, server } = await created(xentree);
    server.key("key-1").live = false;
    expect(await engine.destroy()).toBeUndefined();
    expect(server.calls).toEqual(["revoke key-1", "list anew", "whoami"]);
  });

  it("asks whose 404 it was at a vendor without a list: another tenant's proves nothing", async () => {
    const operations = { list: null, get: { path: "/v1/keys/{keyId}" } };
    const { engine, server, world } = await created(withTenants("string", operations));
    world.behind.acme = server.as("tenant-b");
    expect((await failure(engine.destroy())).code).toBe("IDENTITY_MISMATCH");
    expect(server.live).toEqual(["key-1"]);
    delete world.behind.acme;
    server.key("key-1").live = false;
    expect(await engine.destroy()).toBeUndefined();
  });

  it("knows the tenant again that the vendor numbers", async () => {
    const { engine, server } = await created(withTenants("integer"));
    server.tell = (fields) => ({ ...fields, accountId: 42 });
    server.tenant = async () => "42";
    await engine.refresh();
    server.key("key-1").live = false;
    expect(await engine.destroy()).toBeUndefined();
  });

  it("takes a neighbour's number in the list for the tenant's, and asks for it no more", async () => {
    const { engine, server } = await created(withTenants("integer"));
    server.tell = (fields) => ({ ...fields, accountId: 42 });
    await engine.refresh();
    server.issue({}, { name: "neighbour" });
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
    expect(server.calls).not.toContain("whoami");
  });

  it("fails with another tenant's credentials, for which the key is not there", async () => {
    const { engine, server, world } = await created(xentree);
    world.behind.xentree = server.as("tenant-b");
    expect((await failure(engine.destroy())).code).toBe("IDENTITY_MISMATCH");
    expect(engine.outputs.keyId).toBe("key-1");
    expect(server.live).toEqual(["key-1"]);
  });

  it("fails when its connection leads to another server, which is not even asked", async () => {
    const { engine, server } = await created(xentree);
    server.origin = "https://elsewhere.example";
    expect((await failure(engine.destroy())).code).toBe("IDENTITY_MISMATCH");
    expect(server.calls).toEqual([]);
  });

  it.each([
    ["xentree", xentree, "Xentree"],
    ["applications", applications, "Applications API"],
  ])(
    "of a key of %s fails when somebody else answers and the key is still there",
    async (_, definition, title) => {
      const { engine, server } = await created(definition);
      server.answersRevokeWith = "unproven";
      expect(await failure(engine.destroy())).toMatchObject({
        code: "HTTP_PROBLEM",
        message: `The ${title} key "ci-0000001" ${stillThere}`,
      });
    },
  );

  it("is content when somebody else answers and a complete list proves the key gone", async () => {
    const { engine, server } = await created(applications);
    server.key("key-1").live = false;
    server.answersRevokeWith = "unproven";
    expect(await engine.destroy()).toBeUndefined();
    expect(server.calls).toEqual(["revoke key-1", "list anew", "get key-1"]);
  });

  it("never takes a list that was read before the revocation for a proof", async () => {
    const { engine, server } = await created(xentree);
    server.answersRevokeWith = "unproven";
    await failure(engine.destroy());
    expect(server.calls).toEqual(["revoke key-1", "list anew"]);
  });

  it.each([401, 403, 429, 500])(
    "fails with the vendor's own HTTP %d, and the key stays in state",
    async (status) => {
      const { engine, server } = await created(xentree);
      server.failing.revoke = new ApiKeysError("HTTP_PROBLEM", `HTTP ${status}.`);
      expect(await failure(engine.destroy())).toBe(server.failing.revoke);
      expect(engine.outputs.keyId).toBe("key-1");
    },
  );
});

describe("delete, where the path names no key,", () => {
  it("looks at the key first, then revokes it", async () => {
    const { engine, server } = await created(sendkit);
    await engine.destroy();
    expect(server.calls).toEqual(["get", "revoke key-1"]);
    expect(server.live).toEqual([]);
  });

  it("sends no DELETE when nothing is there", async () => {
    const { engine, server } = await created(sendkit);
    server.key("key-1").live = false;
    expect(await engine.destroy()).toBeUndefined();
    expect(server.calls).toEqual(["get"]);
  });

  it("never revokes a colleague's newer key, and says so", async () => {
    const { engine, server } = await created(sendkit);
    server.key("key-1").live = false;
    server.issue(place, { name: "a colleague's" });
    expect(await engine.destroy()).toBe(
      'The SendKit key "ci-0000001" is gone and another key (key-2) has taken its place, which was left alone.',
    );
    expect(server.live).toEqual(["key-2"]);
    expect(server.calls).toEqual(["get"]);
  });

  it("never revokes a key that was made anew under the same id", async () => {
    const { engine, server, world } = await created(sendkit);
    Object.assign(server.key("key-1").fields, { createdAt: new Date(world.time + day).toISOString() });
    expect(await engine.destroy()).toContain("another key (key-1) has taken its place");
    expect(server.live).toEqual(["key-1"]);
  });

  it("revokes its key where its times are only told in another spelling", async () => {
    const { engine, server } = await created(sendkit);
    server.key("key-1").fields.createdAt = "2026-06-01T14:00:00.000+02:00";
    expect(await engine.destroy()).toBeUndefined();
    expect(server.live).toEqual([]);
  });

  it("sends no DELETE when it cannot look", async () => {
    const { engine, server } = await created(sendkit);
    server.failing.get = new ApiKeysError("HTTP_PROBLEM", "HTTP 403.");
    await failure(engine.destroy());
    expect(server.calls).toEqual(["get"]);
  });

  it("fails when somebody else answers and the key is still there", async () => {
    const { engine, server } = await created(sendkit);
    server.answersRevokeWith = "unproven";
    expect((await failure(engine.destroy())).message).toBe(`The SendKit key "ci-0000001" ${stillThere}`);
  });
});
