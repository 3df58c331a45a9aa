import { instantText } from "../../provider/base/time";
import { created, failure } from "../support/lifecycle/modelEngine";
import { refused, renewed, weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { acme, applications, parse, xentree } from "../support/vendor/definitions";

describe("a renewal with overlap", () => {
  it.each([xentree, applications])(
    "at $title makes a key beside the old one, which stays valid",
    async (definition) => {
      const { engine, server, world } = await created(definition, weekly(1));
      const before = engine.known();
      expect(await engine.up(weekly(2))).toBe("update");
      expect(server.live).toEqual(["key-1", "key-2"]);
      expect(engine.known().id).toBe(before.id);
      expect(engine.outputs).toMatchObject({
        keyId: "key-2",
        value: "canary-value-2",
        prefix: "canary-2",
        name: before.outputs.name,
        generation: 2,
        rotatedAt: instantText(world.time),
        previousKeyId: "key-1",
        previousValue: "canary-value-1",
        previousRevokeAt: instantText(world.time + 7 * day),
      });
      expect(engine.outputs.fingerprint).not.toBe(before.outputs.fingerprint);
    },
  );

  it("changes nothing, and sends nothing, until the old key's time has come", async () => {
    const { engine, server, world } = await renewed();
    world.time += 7 * day - 1_000;
    expect(await engine.up(weekly(2))).toBe("same");
    expect(server.calls).toEqual([]);
  });

  it("ends with the old key's revocation at the first up after, which removes it from the outputs", async () => {
    const { engine, server, world } = await renewed();
    world.time += 7 * day;
    expect(await engine.up(weekly(2))).toBe("update");
    expect(server.calls).toEqual(["revoke key-1"]);
    expect(engine.warnings).toEqual([]);
    expect(JSON.stringify(engine.known())).not.toMatch(/previous|canary-value-1/);
    expect(engine.outputs).toMatchObject({ keyId: "key-2", generation: 2 });
    expect(await engine.up(weekly(2))).toBe("same");
  });

  it("ends with both keys' revocation when the resource is destroyed", async () => {
    const { engine, server } = await renewed();
    await engine.destroy();
    expect(server.live).toEqual([]);
    expect(server.calls).toEqual(["revoke key-2", "revoke key-1"]);
  });

  it("also follows from a changed argument, which would otherwise replace the resource", async () => {
    const { engine, server } = await created(xentree, { permissions: ["read"], ...weekly(1) });
    expect(await engine.up({ permissions: ["write"], ...weekly(1) })).toBe("update");
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(engine.outputs).toMatchObject({ permissions: ["write"], generation: 2 });
    expect(await engine.up({ permissions: ["write"], ...weekly(1) })).toBe("same");
  });

  it.each([
    ["by itself", 2],
    ["beside a new trigger", 3],
  ])(
    "does not move the key to another place, %s: the resource is replaced, and both keys go",
    async (_, version) => {
      const { engine, server } = await renewed(applications);
      const elsewhere = { ...weekly(version), applicationId: "123e4567-e89b-12d3-a456-426614174001" };
      expect(await engine.up(elsewhere)).toBe("replace");
      expect(server.live).toEqual(["key-3"]);
      expect(engine.outputs).toMatchObject({ generation: 1, keyId: "key-3" });
      expect(engine.outputs).not.toHaveProperty("previousKeyId");
    },
  );

  it("revokes the previous key and makes another in one up where both are due", async () => {
    const { engine, server, world } = await renewed();
    world.time += 8 * day;
    await engine.up(weekly(3));
    expect(server.calls).toEqual(["revoke key-1", "list", "create"]);
    expect(engine.warnings).toEqual([]);
    expect(server.live).toEqual(["key-2", "key-3"]);
  });

  it("while a previous key is alive revokes the oldest first, and says so", async () => {
    const { engine, server } = await renewed();
    const { previousRevokeAt } = engine.outputs;
    await engine.up(weekly(3));
    expect(server.calls).toEqual(["revoke key-1", "list", "create"]);
    expect(server.live).toEqual(["key-2", "key-3"]);
    expect(engine.warnings).toEqual([
      `The previous key of the Xentree key "ci-0000001", key-1, was to stay valid until ${previousRevokeAt} and was revoked now: the key is renewed again, and never more than two are live.`,
    ]);
    expect(engine.outputs).toMatchObject({ previousKeyId: "key-2", generation: 3 });
  });

  it("still happens after trigger A failed and was removed, and trigger B was added", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    server.createFaults = [refused];
    await failure(engine.up(weekly(2)));
    expect(await engine.up(weekly(1))).toBe("same");
    expect(await engine.up(weekly(3))).toBe("update");
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  it("of an adopted key has no previous value, and does not adopt the key again", async () => {
    const { engine, server } = await created(parse(acme()));
    server.issue({}, { name: "theirs" });
    await engine.destroy();
    const adopting = (version: number) => ({ adopt: "key-2", ...weekly(version) });
    await engine.up(adopting(1));
    expect(await engine.up(adopting(2))).toBe("update");
    expect(engine.outputs).toMatchObject({ keyId: "key-3", value: "canary-value-3", previousKeyId: "key-2" });
    for (const name of ["previousValue", "valueAvailable"]) expect(engine.outputs).not.toHaveProperty(name);
    expect(await engine.up(adopting(2))).toBe("same");
  });

  it("keeps the value of an adopted key that the program gave", async () => {
    const { engine, server } = await created(parse(acme()));
    server.issue({}, { name: "theirs" });
    await engine.destroy();
    const adopting = (version: number) => ({ adopt: "key-2", adoptValue: "theirs", ...weekly(version) });
    await engine.up(adopting(1));
    await engine.up(adopting(2));
    expect(engine.outputs).toMatchObject({ previousKeyId: "key-2", previousValue: "theirs" });
    expect(await engine.up(adopting(2))).toBe("same");
  });
});

describe("rotation.revokeNow", () => {
  it("with new triggers revokes the old key as soon as there is a new one, and says so", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    await engine.up(weekly(2, { revokeNow: true }));
    expect(server.calls).toEqual(["list", "create", "revoke key-1"]);
    expect(server.live).toEqual(["key-2"]);
    expect(engine.warnings).toEqual([
      'xentree.ApiKey "ci": rotation.revokeNow is set, so the old key stops working as soon as there is a new one, before anything that uses it is updated.',
      'The previous key of the Xentree key "ci-0000001", key-1, was revoked at once, before anything that uses it was updated, as rotation.revokeNow asks.',
    ]);
    expect(engine.outputs).not.toHaveProperty("previousKeyId");
    expect(await engine.up(weekly(2, { revokeNow: true }))).toBe("same");
  });

  it("with fewer permissions revokes the key that had more", async () => {
    const { engine, server } = await created(xentree, { permissions: ["read", "write"], ...weekly(1) });
    await engine.up({ permissions: ["read"], ...weekly(1, { revokeNow: true }) });
    expect(server.live).toEqual(["key-2"]);
    expect(server.key("key-2").fields.permissions).toEqual(["read"]);
  });

  it("while a previous key works revokes it as well, and says so for both", async () => {
    const { engine, server } = await renewed();
    await engine.up(weekly(3, { revokeNow: true }));
    expect(server.calls).toEqual(["revoke key-1", "list", "create", "revoke key-2"]);
    const atOnce = (id: string) => expect.stringContaining(`${id}, was revoked at once`);
    expect(engine.warnings.slice(1)).toEqual([atOnce("key-1"), atOnce("key-2")]);
  });

  it("by itself renews nothing, and revokes a previous key that still works", async () => {
    const { engine, server } = await renewed();
    expect(await engine.up(weekly(2, { revokeNow: true }))).toBe("update");
    expect(server.calls).toEqual(["revoke key-1"]);
    expect(engine.warnings).toEqual([expect.stringContaining("key-1, was revoked at once")]);
  });

  it("set when there is nothing to revoke changes the state only, without a message", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    expect(await engine.up(weekly(1, { revokeNow: true }))).toBe("update");
    expect([server.calls, engine.warnings]).toEqual([[], []]);
  });

  it("set together with the overlap still says that the old key is revoked at once", async () => {
    const { engine, server } = await created(xentree, { rotation: { triggers: { version: 1 } } });
    await engine.up(weekly(2, { revokeNow: true }));
    expect(server.live).toEqual(["key-2"]);
    expect(engine.warnings[0]).toContain("rotation.revokeNow is set");
  });

  it.each([
    ["the overlap is given up", 1, "update"],
    ["there is no overlap: the old key goes at the end of the same up", 2, "replace"],
  ])("says nothing where %s", async (_, version, step) => {
    const { engine } = await created(xentree, weekly(1, { revokeNow: true }));
    expect(await engine.up({ rotation: { triggers: { version }, revokeNow: true } })).toBe(step);
    expect(engine.warnings).toEqual([]);
  });
});

describe("an overlap that", () => {
  it("is added later counts the key as the first, and the next renewal leaves it valid", async () => {
    const { engine, server } = await created(xentree, { rotation: { triggers: { version: 1 } } });
    expect(engine.outputs).not.toHaveProperty("generation");
    expect(await engine.up(weekly(1))).toBe("update");
    expect(engine.outputs.generation).toBe(1);
    expect(server.calls).toEqual([]);
    expect(await engine.up(weekly(2))).toBe("update");
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(engine.outputs.generation).toBe(2);
  });

  it("is removed leaves a previous key valid until its time", async () => {
    const { engine, server, world } = await renewed();
    const bare = { rotation: { triggers: { version: 2 } } };
    expect(await engine.up(bare)).toBe("update");
    expect(engine.outputs).toMatchObject({ previousKeyId: "key-1", previousValue: "canary-value-1" });
    expect(await engine.up(bare)).toBe("same");
    world.time += 7 * day;
    expect(await engine.up(bare)).toBe("update");
    expect(server.calls).toEqual(["revoke key-1"]);
    expect(await engine.up(bare)).toBe("same");
  });

  it("is removed beside a new trigger replaces the resource, and both old keys are revoked", async () => {
    const { engine, server } = await renewed();
    expect(await engine.up({ rotation: { triggers: { version: 3 } } })).toBe("replace");
    expect(server.calls).toEqual(["create", "revoke key-2", "revoke key-1"]);
  });

  it("is made longer does not change the previous key's time", async () => {
    const { engine } = await renewed();
    const { previousRevokeAt } = engine.outputs;
    await engine.up(weekly(2, { overlap: "20d" }));
    expect(engine.outputs.previousRevokeAt).toBe(previousRevokeAt);
  });
});
