import { instantText } from "../../provider/base/time";
import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { created, failure } from "../support/lifecycle/modelEngine";
import { renewed, weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { acme, parse } from "../support/vendor/definitions";

function vendor(list: object | null, get: object | null, more: Partial<ServiceDefinitionInput> = {}) {
  const { operations, fields, ...rest } = acme();
  return parse({
    ...rest,
    path: "/v1/keys",
    fields: { ...fields, createdAt: {} },
    operations: { ...operations, list: list && { ...operations.list, ...list }, get },
    ...more,
  });
}

describe("a key that is missing from an inconclusive list", () => {
  const capped = () => vendor({ provesAbsence: false }, {});

  it("is found by its id", async () => {
    const { engine, server } = await created(capped());
    server.list = async () => [];
    expect(await engine.refresh()).toBe("same");
    expect(server.calls).toEqual(["get key-1"]);
  });

  it("is gone when the vendor says so for its id", async () => {
    const { engine, server } = await created(capped());
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
  });

  it("is not taken for revoked when its revocation returns a 404: it is read by its id", async () => {
    const { engine, server } = await created(capped());
    server.list = async () => [];
    server.answersRevokeWith = "absent";
    expect((await failure(engine.destroy())).message).toMatch(/does not prove that it was/);
    expect(engine.known().outputs.value).toBe("canary-value-1");
  });

  it("and may come from a create with a lost response stops the create: no second POST is sent", async () => {
    const { engine, server } = await created(capped());
    await engine.destroy();
    server.calls.length = 0;
    server.list = async () => [];
    server.createFaults = ["lost after commit"];
    const error = await failure(engine.up());
    expect(error.code).toBe("ORPHAN_SUSPECTED");
    expect(error.message).toContain(
      "may lack keys that exist, so it does not show whether a key was left for the",
    );
    expect(server.calls).toEqual(["create"]);
  });
});

describe("a key of which the vendor says, key by key, that there is none, and says so of live ones too,", () => {
  const blind = () => vendor({}, { provesAbsence: false });

  it("exists if the list has it", async () => {
    const { engine, server } = await created(blind());
    server.get = async () => undefined;
    expect(await engine.refresh()).toBe("same");
    expect(server.calls).toEqual(["list"]);
  });

  it("is gone when the whole list lacks it", async () => {
    const { engine, server } = await created(blind());
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
    expect(server.calls).not.toContain("get key-1");
  });

  it("stays in state when no other response proves more", async () => {
    const definition = vendor(
      null,
      { provesAbsence: false },
      { kind: "singleton", operations: { get: { completeness: "partial" } } },
    );
    const { engine, server } = await created(definition);
    server.key("key-1").live = false;
    expect((await failure(engine.refresh())).message).toMatch(
      /^Nothing that Acme answers proves that the Acme key .* is gone/,
    );
  });

  it("is gone only when a consistent paginated list lacks it", async () => {
    const { engine, server } = await created(blind());
    const whole = await server.list?.({}, "shared");
    server.list = async () => [];
    server.completeList = async () => whole ?? [];
    expect(await engine.refresh()).toBe("same");
  });
});

describe("an id that the vendor reuses for a later key", () => {
  const reusing = () => vendor({}, null, { reusesIds: true });

  it("is not revoked once it belongs to somebody else's newer key", async () => {
    const { engine, server } = await created(reusing());
    server.key("key-1").fields.createdAt = "2026-06-09T00:00:00Z";
    expect(await engine.destroy()).toBe(
      'The Acme key "ci-0000001" is gone and another key (key-1) has taken its place, which was left alone.',
    );
    expect(server.live).toEqual(["key-1"]);
  });

  it("proves our key gone once it belongs to somebody else's", async () => {
    const { engine, server } = await created(reusing());
    server.key("key-1").fields.createdAt = "2026-06-09T00:00:00Z";
    expect(await engine.refresh()).toBe("gone");
  });

  it("is revoked while it belongs to our key", async () => {
    const { engine, server } = await created(reusing());
    await engine.destroy();
    expect(server.live).toEqual([]);
  });

  it("is revoked of a previous key, which is older than the current one", async () => {
    const { engine, server, world } = await renewed(reusing());
    world.time += 7 * day;
    await engine.up({ rotation: { overlap: "7d", triggers: { version: 2 } } });
    expect(server.live).toEqual(["key-2"]);
  });

  it.each([
    ["after the overlap", {}],
    ["at once, with revokeNow", { revokeNow: true }],
  ])("is left alone when a stranger's key got it before the rotation: %s", async (_, more) => {
    const { engine, server, world } = await created(reusing(), weekly(1));
    // Our key was deleted behind our back, and a colleague's new one got its id, before our next one is made.
    Object.assign(server.key("key-1").fields, { name: "theirs", createdAt: instantText(world.time) });
    world.time += day;
    await engine.up(weekly(2, more));
    world.time += 7 * day;
    await engine.up(weekly(2, more));
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(engine.outputs).not.toHaveProperty("previousKeyId");
  });

  it("is reported, and not revoked, where state of an earlier version does not tell the previous key", async () => {
    const { engine, server, world } = await renewed(reusing());
    const { previousCreatedAt, previousPrefix, ...outputs } = engine.outputs;
    expect(previousCreatedAt).toBeDefined();
    expect(previousPrefix).toBeUndefined();
    engine.state = { ...engine.known(), outputs };
    server.key("key-1").fields.name = "renamed";
    world.time += 7 * day;
    await engine.up(weekly(2));
    expect(engine.warnings).toEqual([
      'The previous Acme key "ci-0000001" (key-1) was not revoked: Acme uses ids again, and nothing tells this key from a newer one of the same id. ' +
        "Look at it at the vendor, and revoke it if nobody uses it.",
    ]);
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  it("proves a previous key gone by the age of what stands there, also for state of an earlier version", async () => {
    const { engine, server } = await renewed(reusing());
    const { previousCreatedAt, ...outputs } = engine.outputs;
    engine.state = { ...engine.known(), outputs };
    server.key("key-1").fields.createdAt = "2026-06-09T00:00:00Z";
    await engine.refresh();
    expect(previousCreatedAt).toBeDefined();
    expect(engine.outputs).not.toHaveProperty("previousKeyId");
  });

  it("is reported, and not revoked, where nothing tells an inactive key from a newer one in its place", async () => {
    const { engine, server } = await created(reusing(), weekly(1));
    const { createdAt, ...outputs } = engine.outputs;
    expect(createdAt).toBeDefined();
    engine.state = { ...engine.known(), outputs: { ...outputs, status: "revoked" } };
    server.key("key-1").fields.name = "renamed";
    await engine.up(weekly(2));
    expect(engine.warnings).toContainEqual(
      expect.stringContaining("(key-1) was not revoked: Acme uses ids again"),
    );
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  describe.each([
    ["prefix", { prefix: {}, createdAt: null }, { prefix: "sk_live_" }],
    [
      "day",
      { createdAt: { as: { request: "rfc3339", response: "date" } } },
      { createdAt: "2026-06-01T00:00:00Z" },
    ],
    ["minute", { createdAt: {} }, { createdAt: "2026-06-01T12:00:00Z" }],
  ] as const)("tells nothing where all keys have the same %s:", (_, fields, same) => {
    const definition = () => vendor({}, null, { reusesIds: true, fields: { ...acme().fields, ...fields } });
    /** A key of ours, and then a stranger's in its place. */
    async function supplanted(args = {}) {
      const bench = await created(definition(), args);
      const { engine, server } = bench;
      engine.state = { ...engine.known(), outputs: { ...engine.outputs, ...same } };
      server.key("key-1").live = false;
      Object.assign(server.issue({}, { name: "theirs" }).fields, same);
      return bench;
    }

    it("destroy leaves the stranger's key alone, and says so", async () => {
      const { engine, server } = await supplanted();
      expect(await engine.destroy()).toContain("nothing tells this key from a newer one of the same id");
      expect(server.live).toEqual(["key-1"]);
    });

    it("a renewal does, too", async () => {
      const { engine, server } = await supplanted({ rotation: { triggers: { version: 1 } } });
      await engine.up({ rotation: { triggers: { version: 2 } } });
      expect(server.live).toEqual(["key-1", engine.outputs.keyId]);
    });

    it("our own is known by its name", async () => {
      const { engine, server } = await created(definition());
      Object.assign(server.key("key-1").fields, same);
      engine.state = { ...engine.known(), outputs: { ...engine.outputs, ...same } };
      await engine.destroy();
      expect(server.live).toEqual([]);
    });
  });

  it("is revoked at once, without a contradiction, where only the list tells when a key was made", async () => {
    const { engine, server } = await created(reusing(), weekly(1));
    const { createdAt, ...outputs } = engine.outputs;
    expect(createdAt).toBeDefined();
    engine.state = { ...engine.known(), outputs };
    await engine.up(weekly(2, { revokeNow: true }));
    expect(engine.warnings.join()).not.toContain("was not revoked");
    expect(server.live).toEqual(["key-2"]);
  });

  it.each([
    ["changed in place", { scopes: ["write"] }],
    ["given another value", { scopes: ["read"], rotation: { triggers: { version: 2 } } }],
  ])("is not %s once a stranger's key has it", async (_, args) => {
    const { operations } = acme();
    const { engine, server, world } = await created(
      vendor({}, null, {
        reusesIds: true,
        fields: { ...acme().fields, createdAt: {}, scopes: { type: "strings", input: "optional" } },
        operations: { ...operations, update: { fields: ["scopes"] }, rotate: {} },
      }),
      { scopes: ["read"], rotation: { triggers: { version: 1 } } },
    );
    server.key("key-1").live = false;
    world.time += day;
    const theirs = server.issue({}, { name: "theirs", scopes: ["admin"] });
    const before = structuredClone(theirs);
    const { message } = await failure(engine.up({ rotation: { triggers: { version: 1 } }, ...args }));
    expect(message).toContain("is gone and another key (key-1) has taken its place, so nothing was changed");
    expect(theirs).toEqual(before);
  });

  it("is left alone, of a previous key, once it belongs to a newer one", async () => {
    const { engine, server, world } = await renewed(reusing());
    world.time += 7 * day;
    server.key("key-1").fields.createdAt = "2026-06-09T00:00:00Z";
    await engine.up({ rotation: { overlap: "7d", triggers: { version: 2 } } });
    expect(engine.outputs).not.toHaveProperty("previousKeyId");
    expect(server.live).toEqual(["key-1", "key-2"]);
  });
});

describe("a list that is asked for by what the login tells, where nothing tells whose login it is,", () => {
  const auth = {
    scheme: "login",
    login: { path: "/login", body: { token: "{token}" } },
    accessToken: "/token",
    captures: { accountId: "/account" },
  } as const;
  const ofLogin = (get: object | null) => vendor({ path: "/v1/{accountId}/keys" }, get, { auth });

  it("proves no key's absence, and shows those that it has", async () => {
    const { engine, server } = await created(ofLogin(null));
    expect(await engine.refresh()).toBe("same");
    server.list = async () => [];
    const error = await failure(engine.refresh());
    expect(error.code).toBe("RESPONSE_INVALID");
    expect(error.message).toMatch(/proves nothing: .* Declare `tenant` with `whoami`, or `get`\./);
    expect(engine.known().outputs.value).toBe("canary-value-1");
  });

  it("proves it where the key itself can be asked for", async () => {
    const { engine, server } = await created(ofLogin({}));
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
  });
});
