import { PartialSuccessError } from "../support/lifecycle/lifecycle";
import { created, failure } from "../support/lifecycle/modelEngine";
import { refused, renewed, weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { xentree } from "../support/vendor/definitions";

describe("refresh of a key beside its previous one", () => {
  it("changes nothing while both are there", async () => {
    const { engine, server } = await renewed();
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up(weekly(2))).toBe("same");
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  it("forgets a previous key that is gone, and sends nothing for it afterwards", async () => {
    const { engine, server, world } = await renewed();
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("changed");
    expect(JSON.stringify(engine.outputs)).not.toMatch(/previous|canary-value-1/);
    expect(engine.outputs).toMatchObject({ keyId: "key-2", status: "active", generation: 2 });
    server.calls.length = 0;
    world.time += 8 * day;
    expect(await engine.up(weekly(2))).toBe("same");
    expect(server.calls).toEqual([]);
  });

  it("keeps a previous key that a list does not show yet: it may be almost as new as the current one", async () => {
    const { engine, server, world } = await created(xentree, weekly(1));
    server.lagMs = 8_000;
    await engine.up(weekly(2));
    server.lagMs = 0;
    await engine.up(weekly(3));
    await engine.refresh();
    expect(engine.outputs).toMatchObject({ keyId: "key-3", previousKeyId: "key-2" });
    world.time += 8 * day;
    await engine.up(weekly(3));
    expect(server.live).toEqual(["key-3"]);
  });

  it("keeps the resource while only the previous key exists, and up creates the current one again", async () => {
    const { engine, server } = await renewed();
    const { previousRevokeAt } = engine.outputs;
    server.key("key-2").live = false;
    await engine.refresh();
    expect(engine.outputs).toMatchObject({ keyId: "key-2", status: "revoked", previousKeyId: "key-1" });
    expect(await engine.up(weekly(2))).toBe("update");
    expect(server.live).toEqual(["key-1", "key-3"]);
    expect(engine.outputs).toMatchObject({
      keyId: "key-3",
      generation: 3,
      status: "active",
      previousKeyId: "key-1",
      previousValue: "canary-value-1",
      previousRevokeAt,
    });
    expect(await engine.up(weekly(2))).toBe("same");
  });

  it("of a deactivated current key lets up remove it, and the previous one stays until its time", async () => {
    const { engine, server } = await renewed();
    server.key("key-2").fields.active = false;
    await engine.refresh();
    server.calls.length = 0;
    await engine.up(weekly(3));
    expect(server.calls).toEqual(["revoke key-2", "list", "create"]);
    expect(server.live).toEqual(["key-1", "key-3"]);
    expect(engine.warnings).toEqual([]);
  });

  it("drops the resource once both keys are gone", async () => {
    const { engine, server } = await renewed();
    for (const id of ["key-1", "key-2"]) server.key(id).live = false;
    expect(await engine.refresh()).toBe("gone");
  });

  it("fails while the list cannot be read, and nothing is forgotten", async () => {
    const { engine, server } = await renewed();
    const before = engine.state;
    server.failing.list = refused;
    await failure(engine.refresh());
    expect(engine.state).toEqual(before);
  });
});

describe("a completed step stays in state when the next one fails:", () => {
  it("the new key, when the old one cannot be revoked now", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    server.failing.revoke = refused;
    const error = await failure(engine.up(weekly(2, { revokeNow: true })));
    expect(error).toBeInstanceOf(PartialSuccessError);
    expect(error.message).toBe("HTTP 503.");
    expect(engine.outputs).toMatchObject({ keyId: "key-2", value: "canary-value-2", previousKeyId: "key-1" });
    expect(server.live).toEqual(["key-1", "key-2"]);

    server.failing = {};
    expect(await engine.up(weekly(2, { revokeNow: true }))).toBe("update");
    expect(server.live).toEqual(["key-2"]);
    expect(await engine.up(weekly(2, { revokeNow: true }))).toBe("same");
  });

  it("the new key, though refresh has cleared the failure and the program no longer says revokeNow", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    server.failing.revoke = refused;
    await failure(engine.up(weekly(2, { revokeNow: true })));
    server.failing = {};
    await engine.refresh();
    expect(await engine.up(weekly(2))).toBe("update");
    expect(server.live).toEqual(["key-2"]);
    expect(engine.outputs).toMatchObject({ generation: 2, rotation: weekly(2).rotation });
    expect(await engine.up(weekly(2))).toBe("same");
  });

  it("the new key, when our own code fails afterwards", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    server.revoke = () => Promise.reject(new TypeError("a mistake"));
    const error = await failure(engine.up(weekly(2, { revokeNow: true })));
    expect(error.message).toBe("a mistake");
    expect(engine.outputs).toMatchObject({ keyId: "key-2", value: "canary-value-2", previousKeyId: "key-1" });
  });

  it("the oldest key's end, when the new one cannot be made", async () => {
    const { engine, server } = await renewed();
    server.createFaults = [refused];
    const error = await failure(engine.up(weekly(3)));
    expect(error).toBeInstanceOf(PartialSuccessError);
    expect(error.message).toMatch(/key-1, was to stay valid until .* was revoked now: .* HTTP 503\.$/);
    expect(server.live).toEqual(["key-2"]);
    expect(JSON.stringify(engine.outputs)).not.toMatch(/previous/);

    expect(await engine.up(weekly(3))).toBe("update");
    expect(server.live).toEqual(["key-2", "key-3"]);
    expect(engine.outputs).toMatchObject({ generation: 3, previousKeyId: "key-2" });
  });

  it("the new key and its value, when our own code fails after the vendor's response", async () => {
    const { engine, server } = await renewed();
    const create = server.create.bind(server);
    server.create = async (...asked) => ({
      ...(await create(...asked)),
      get fields(): never {
        throw new TypeError("a mistake");
      },
    });
    expect((await failure(engine.up(weekly(3)))).message).toMatch(/was created and is in state, .*a mistake/);
    expect(engine.known().id).toBe("key-1");
    expect(engine.outputs).toMatchObject({
      keyId: "key-3",
      value: "canary-value-3",
      generation: 3,
      previousKeyId: "key-2",
      previousValue: "canary-value-2",
    });
    server.create = create;
    await engine.refresh();
    await engine.up(weekly(3));
    expect(await engine.up(weekly(3))).toBe("same");
    expect(server.live).toEqual(["key-2", "key-3"]);
  });

  it("nothing, when nothing was done: the state is as it was", async () => {
    const { engine, server } = await renewed();
    const before = engine.state;
    server.failing.revoke = refused;
    const error = await failure(engine.up(weekly(3)));
    expect(error).not.toBeInstanceOf(PartialSuccessError);
    expect(engine.state).toEqual(before);
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  it("nothing, when a previous key's time came while the vendor is down; it goes at the next up", async () => {
    const { engine, server, world } = await renewed();
    world.time += 8 * day;
    server.failing.revoke = refused;
    await failure(engine.up(weekly(2)));
    expect(engine.outputs.previousKeyId).toBe("key-1");
    server.failing = {};
    expect(await engine.up(weekly(2))).toBe("update");
    expect(server.live).toEqual(["key-2"]);
  });

  it("the removal of an inactive key, when the new one cannot be created", async () => {
    const { engine, server } = await renewed();
    server.key("key-2").live = false;
    await engine.refresh();
    server.createFaults = [refused];
    await failure(engine.up(weekly(2)));
    expect(engine.outputs).toMatchObject({ keyId: "key-2", previousKeyId: "key-1" });
    expect(await engine.up(weekly(2))).toBe("update");
    expect(server.live).toEqual(["key-1", "key-3"]);
  });
});

describe("a renewal whose response is lost", () => {
  it("revokes the key whose value is lost, and neither of the known ones", async () => {
    const { engine, server } = await renewed();
    server.createFaults = ["lost after commit"];
    await engine.up(weekly(3));
    expect(server.live).toEqual(["key-2", "key-4"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-4", previousKeyId: "key-2" });
  });

  it("searches once more at the next up when its key was not found", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    server.createFaults = ["lost before commit"];
    await engine.up(weekly(2));
    expect(engine.outputs).toHaveProperty("unsettledSince");
    expect(await engine.up(weekly(2))).toBe("update");
    expect(engine.outputs).not.toHaveProperty("unsettledSince");
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(await engine.up(weekly(2))).toBe("same");
  });

  it("under a name that the program chose revokes nothing, and does not count the known keys", async () => {
    const billing = (version: number) => ({ name: "billing", ...weekly(version) });
    const { engine, server } = await created(xentree, billing(1));
    server.createFaults = ["lost after commit"];
    const error = await failure(engine.up(billing(2)));
    expect(error.code).toBe("ORPHAN_SUSPECTED");
    expect(error.message).toContain("Look at key key-2: revoke what nobody uses");
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(engine.outputs.keyId).toBe("key-1");
  });

  it("under a name that the program chose goes on when only the known keys have it", async () => {
    const billing = (version: number) => ({ name: "billing", ...weekly(version) });
    const { engine, server } = await created(xentree, billing(1));
    server.createFaults = ["lost before commit"];
    await engine.up(billing(2));
    expect(server.live).toEqual(["key-1", "key-2"]);
  });
});

describe("a renewal with revokeNow", () => {
  it("is noted while the old key is revoked: the new one is in no state yet, were the process killed", async () => {
    const { engine, server, world } = await created(xentree, weekly(1));
    const noted: unknown[] = [];
    const revoke = server.revoke.bind(server);
    server.revoke = (...asked) => {
      noted.push(...world.noted);
      return revoke(...asked);
    };
    await engine.up(weekly(2, { revokeNow: true }));
    const { name } = engine.outputs;
    expect(noted).toEqual([
      {
        ...{ service: "xentree", connection: "xentree", name, autonamed: true },
        ...{ origin: "https://vendor.example", rotatedAt: engine.outputs.rotatedAt },
      },
    ]);
    expect(world.noted.size).toBe(0);
  });

  it("is no longer noted once the state holds the new key, though the old one could not be revoked", async () => {
    const { engine, server, world } = await created(xentree, weekly(1));
    server.failing.revoke = refused;
    await failure(engine.up(weekly(2, { revokeNow: true })));
    expect(world.noted.size).toBe(0);
  });
});

describe("a renewal that was killed after its request", () => {
  it("is repaired by the next up: it revokes the key whose value is lost, and not the known ones", async () => {
    const { engine, server, world } = await renewed();
    const { name } = engine.outputs;
    server.issue({}, { name });
    world.time += 60_000;
    await engine.up(weekly(3));
    expect(server.live).toEqual(["key-2", "key-4"]);
    expect(engine.warnings).toContainEqual(
      'Key key-3 beside the Xentree key "ci-0000001", left from a rotation that was cut short, was revoked.',
    );
  });

  it("under a name that the program chose leaves alone what may be someone else's", async () => {
    const billing = (version: number) => ({ name: "billing", ...weekly(version) });
    const { engine, server } = await created(xentree, billing(1));
    server.issue({}, { name: "billing" });
    await engine.up(billing(2));
    expect(server.live).toEqual(["key-1", "key-2", "key-3"]);
  });

  it("leaves alone keys of other names, and revoked ones", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    server.issue({}, { name: "ci-0000002" });
    server.issue({}, { name: engine.outputs.name }).fields.active = false;
    await engine.up(weekly(2));
    expect(server.calls).toEqual(["list", "create"]);
  });

  it("goes no further while that key cannot be revoked", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    server.issue({}, { name: engine.outputs.name });
    server.answersRevokeWith = "unproven";
    await failure(engine.up(weekly(2)));
    expect(server.calls).not.toContain("create");
  });
});
