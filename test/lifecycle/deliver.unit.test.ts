import { ApiKeysError } from "../../provider/base/errors";
import { fingerprint } from "../../provider/base/fingerprint";
import { hostedProvider } from "../support/lifecycle/hostedProvider";
import type { Properties } from "../support/lifecycle/lifecycle";
import { created, failure, ModelEngine, program } from "../support/lifecycle/modelEngine";
import { refused } from "../support/lifecycle/overlap";
import { day, ModelWorld } from "../support/lifecycle/world";
import { Engine } from "../support/modelledEngine";
import { lifeline } from "../support/modelledEngine/provider";
import { acme, parse, xentree } from "../support/vendor/definitions";

const vault = { store: "vault", path: "kv/ci", field: "token" };
const files = { store: "file", path: ".env", field: "KEY" };
const blind = { store: "blind", path: "secrets/KEY", field: "KEY" };

const stateless = (more: Properties = {}) => ({ deliver: [vault], valueInState: false, ...more });
const weekly = (version: number) => ({ rotation: { overlap: "7d", triggers: { version } } });
const once = (version: number) => ({ rotation: { triggers: { version } } });

const textOf = (engine: ModelEngine) => JSON.stringify(engine.state);
const statuses = (engine: ModelEngine) =>
  (engine.outputs.delivered as Properties[]).map(({ status }) => status);

/** A service that gives a key another value. */
const rotating = parse({
  ...acme(),
  operations: { ...acme().operations, rotate: { path: "/v1/keys/{keyId}/rotate" } },
});

async function begin(args: Properties, definition = xentree) {
  const bench = await created(definition, args);
  bench.world.stores.log.length = 0;
  return { ...bench, stores: bench.world.stores };
}

function fresh(definition = xentree) {
  const world = new ModelWorld(definition);
  return { world, stores: world.stores, server: world.server, engine: new ModelEngine(world) };
}

describe("a delivery", () => {
  it("takes the value to the store within the create, and an unchanged program sends the store nothing", async () => {
    const { engine, stores } = await begin({ deliver: [vault] });
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-1" });
    expect(engine.outputs).toMatchObject({
      value: "canary-value-1",
      delivered: [{ place: "vault kv/ci", status: "delivered" }],
    });
    expect(await engine.up({ deliver: [vault] })).toBe("same");
    expect(stores.log).toEqual([]);
  });

  it("writes the named parts, and takes no notice of the other fields of the place", async () => {
    const { world, stores, engine } = fresh();
    stores.put(vault, { theirs: "1" });
    const target = { store: "vault", path: "kv/ci", fields: { token: "value", id: "keyId" } };
    await engine.up({ deliver: [target] });
    expect(stores.at("kv/ci")).toEqual({ theirs: "1", token: "canary-value-1", id: "key-1" });
    await engine.up({ deliver: [{ ...target, fields: { token: "value" } }] });
    expect(stores.at("kv/ci")).toEqual({ theirs: "1", token: "canary-value-1" });
    await engine.destroy();
    expect(stores.at("kv/ci")).toEqual({ theirs: "1" });
    expect(world.server.live).toEqual([]);
  });

  it("that is added later is made from the state, and one that is dropped is removed", async () => {
    const { engine, stores, server } = await begin({ deliver: [vault] });
    expect(await engine.up({ deliver: [vault, files] })).toBe("update");
    expect(stores.at(".env")).toEqual({ KEY: "canary-value-1" });
    expect(await engine.up({ deliver: [files] })).toBe("update");
    expect(stores.at("kv/ci")).toBeUndefined();
    expect(await engine.up({})).toBe("update");
    expect([stores.at(".env"), engine.outputs.delivered]).toEqual([undefined, undefined]);
    expect(server.calls).toEqual([]);
  });

  it("stays where the program only says its place in another way", async () => {
    const { engine, stores } = await begin({ deliver: [vault] });
    await engine.up({ deliver: [{ ...vault, connection: "vault" }] });
    expect([stores.at("kv/ci"), statuses(engine)]).toEqual([{ token: "canary-value-1" }, ["delivered"]]);
    await engine.up({ deliver: [{ ...vault, field: "other", connection: "eu" }] });
    expect(stores.at("kv/ci")).toEqual({ other: "canary-value-1" });
    await engine.destroy();
    expect(stores.at("kv/ci")).toBeUndefined();
  });

  it("is removed also where another key was delivered to the same place in the same operation", async () => {
    const { world, stores } = fresh();
    const provider = () => ({ provider: hostedProvider(world, () => {}), death: lifeline().death });
    const engine = new Engine(provider);
    const key = (field: string, version: number) =>
      program(xentree, { deliver: [{ ...vault, field }], ...once(version) });
    await engine.up({ one: key("one", 1), two: key("two", 1) });
    expect(Object.keys(stores.at("kv/ci") ?? {}).sort()).toEqual(["one", "two"]);
    await engine.up({ two: key("two", 2) });
    expect(Object.keys(stores.at("kv/ci") ?? {})).toEqual(["two"]);
  });

  it("stays where the program says leaveBehind", async () => {
    const { engine, stores } = await begin({ deliver: [{ ...vault, leaveBehind: true }] });
    await engine.destroy();
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-1" });
  });

  it("leaves alone at the end what somebody has changed since, and says so", async () => {
    const { engine, stores } = await begin({ deliver: [vault] });
    stores.put(vault, { token: "theirs" });
    expect(await engine.destroy()).toMatch(
      /vault kv\/ci was changed by somebody else since the key was delivered/,
    );
    expect(stores.at("kv/ci")).toEqual({ token: "theirs" });
  });

  it.each([
    ["renewed with an overlap", weekly],
    ["replaced", once],
  ])("of a key that is %s tells the store what was written before", async (_, turn) => {
    const target = { ...vault, field: undefined, fields: { token: "value", id: "keyId" } };
    const { engine, stores } = await begin({ deliver: [target], ...turn(1) });
    expect(stores.told.splice(0)).toEqual([
      ["probe", undefined],
      ["write", undefined],
    ]);
    const [{ written }] = engine.outputs.delivered as [Properties];
    await engine.up({ deliver: [target], ...turn(2) });
    expect(stores.told).toEqual([
      ["probe", written],
      ["write", written],
    ]);
  });

  it("of a key that is replaced leaves fields that only the one before has to the end of that one", async () => {
    const target = { ...vault, field: undefined, fields: { token: "value", id: "keyId" } };
    const { engine, stores } = await begin({ deliver: [target], ...once(1) });
    stores.told.length = 0;
    await engine.up({ deliver: [vault], ...once(2) });
    const token = fingerprint("canary-value-1");
    expect(stores.told.at(-1)).toEqual(["write", { fields: { token }, receipt: expect.anything() }]);
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-2" });
  });

  it("is not removed by the end of the key that it replaced", async () => {
    const { engine, stores, server } = await begin({ deliver: [vault], ...once(1) });
    expect(await engine.up({ deliver: [vault], ...once(2) })).toBe("replace");
    expect([stores.at("kv/ci"), server.live]).toEqual([{ token: "canary-value-2" }, ["key-2"]]);
  });

  it.each([
    ["changed", { token: "theirs" }],
    ["missing", undefined],
  ])("that a refresh finds %s is repaired from the state", async (status, there) => {
    const { engine, stores, server } = await begin({ deliver: [vault] });
    stores.put(vault, there);
    expect(await engine.refresh()).toBe("changed");
    expect(statuses(engine)).toEqual([status]);
    expect(await engine.up({ deliver: [vault] })).toBe("update");
    expect([stores.at("kv/ci"), statuses(engine)]).toEqual([{ token: "canary-value-1" }, ["delivered"]]);
    expect(server.calls).not.toContain("create");
  });

  it("that cannot be looked at stays as it was, with a warning", async () => {
    const { engine, stores } = await begin({ deliver: [vault] });
    stores.places.clear();
    stores.open = async () => {
      throw new ApiKeysError("DELIVERY_FAILED", "Vault cannot be used: set VAULT_ADDR.");
    };
    expect(await engine.refresh()).toBe("same");
    expect(engine.warnings.join()).toMatch(
      /It is not known whether vault kv\/ci still holds the key: Vault cannot be used/,
    );
  });

  it("takes an adopted key's value too", async () => {
    const { engine, stores, server } = fresh(parse(acme()));
    server.issue({}, { name: "laptop" });
    await engine.up({ deliver: [vault], adopt: "key-1", adoptValue: "canary-theirs" });
    expect(stores.at("kv/ci")).toEqual({ token: "canary-theirs" });
  });
});

describe("a store that fails", () => {
  it("costs no key where it refuses the probe", async () => {
    const { engine, stores, server } = fresh();
    stores.failing.push({ step: "probe", times: 1 });
    expect((await failure(engine.up({ deliver: [vault] }))).code).toBe("DELIVERY_FAILED");
    expect([engine.state, server.calls]).toEqual([undefined, []]);
  });

  it("leaves the key in state with its value, and the next up delivers it", async () => {
    const { engine, stores, server } = fresh();
    stores.failing.push({ step: "write", times: 1 });
    const error = await failure(engine.up({ deliver: [vault] }));
    expect(error.message).toMatch(
      /could not be delivered: vault kv\/ci is down\. It was created and is in state/,
    );
    expect([engine.outputs.value, statuses(engine)]).toEqual(["canary-value-1", ["failed"]]);
    await engine.up({ deliver: [vault] });
    expect([stores.at("kv/ci"), server.live, statuses(engine)]).toEqual([
      { token: "canary-value-1" },
      ["key-1"],
      ["delivered"],
    ]);
    expect(await engine.up({ deliver: [vault] })).toBe("same");
  });

  it("ends nothing in a rotation: the previous key stays, also after the overlap, until the new one is delivered", async () => {
    const args = (version: number) => ({ deliver: [vault], ...weekly(version) });
    const { engine, stores, server, world } = await begin(args(1));
    stores.failing.push({ step: "write", times: 2 });
    await failure(engine.up(args(2)));
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-1", "key-2"], { token: "canary-value-1" }]);
    world.time += 8 * day;
    await failure(engine.up(args(2)));
    expect(server.live).toEqual(["key-1", "key-2"]);
    await engine.up(args(2));
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-2"], { token: "canary-value-2" }]);
  });

  it("ends nothing where the key is renewed again", async () => {
    const args = (version: number) => ({ deliver: [vault], ...weekly(version) });
    const { engine, stores, server } = await begin(args(1));
    stores.failing.push({ step: "write", times: 2 });
    await failure(engine.up(args(2)));
    await failure(engine.up(args(3)));
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-1", "key-2"], { token: "canary-value-1" }]);
    await engine.up(args(3));
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-2", "key-3"], { token: "canary-value-3" }]);
  });

  it("revokes nothing at once where revokeNow asks for it", async () => {
    const args = (version: number) => ({
      deliver: [vault],
      rotation: { overlap: "7d", revokeNow: true, triggers: { version } },
    });
    const { engine, stores, server } = await begin(args(1));
    stores.failing.push({ step: "write", times: 1 });
    await failure(engine.up(args(2)));
    expect(server.live).toEqual(["key-1", "key-2"]);
    await engine.up(args(2));
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-2"], { token: "canary-value-2" }]);
  });

  it("leaves the key as it was that was to be replaced", async () => {
    const { engine, stores, server } = await begin({ deliver: [vault], ...once(1) });
    stores.failing.push({ step: "write", times: 1 });
    const error = await failure(engine.up({ deliver: [vault], ...once(2) }));
    expect(error.message).toMatch(/It was revoked, and the key before it stays as it was/);
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-1"], { token: "canary-value-1" }]);
    await engine.up({ deliver: [vault], ...once(2) });
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-3"], { token: "canary-value-3" }]);
  });

  it("whose answer was lost is seen to hold the key by a refresh", async () => {
    const { engine, stores } = await begin({});
    stores.failing.push({ step: "write", times: 1, after: true });
    await failure(engine.up({ deliver: [vault] }));
    expect(statuses(engine)).toEqual(["failed"]);
    await engine.refresh();
    expect(statuses(engine)).toEqual(["delivered"]);
    expect(await engine.up({ deliver: [vault] })).not.toBe("replace");
    expect(stores.log.filter((step) => step.startsWith("write"))).toHaveLength(1);
  });

  it("that fails again after it was found empty is written by the next up", async () => {
    const { engine, stores } = await begin({ deliver: [vault] });
    stores.put(vault, undefined);
    await engine.refresh();
    stores.failing.push({ step: "write", times: 1 });
    await failure(engine.up({ deliver: [vault] }));
    await engine.up({ deliver: [vault] });
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-1" });
  });

  it("whose answer was lost holds nothing once the key is destroyed", async () => {
    const { engine, stores, server } = await begin({});
    stores.failing.push({ step: "write", times: 1, after: true });
    await failure(engine.up({ deliver: [vault] }));
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-1" });
    await engine.destroy();
    expect([server.live, stores.at("kv/ci")]).toEqual([[], undefined]);
  });

  it("does not keep a destroyed key alive", async () => {
    const { engine, stores, server } = await begin({ deliver: [vault] });
    stores.failing.push({ step: "remove", times: 1 });
    await failure(engine.destroy());
    expect(server.live).toEqual([]);
    await engine.destroy();
    expect([engine.state, stores.at("kv/ci")]).toEqual([undefined, undefined]);
  });
});

describe("without the value in state", () => {
  it("the store holds the value, and the state never does", async () => {
    const { engine, stores, world, server } = await begin(stateless(weekly(1)));
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-1" });
    expect(textOf(engine)).not.toContain("canary-value");
    expect(engine.outputs.fingerprint).toEqual(expect.any(String));
    expect(await engine.up(stateless(weekly(2)))).toBe("update");
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-2" });
    expect(textOf(engine)).not.toContain("canary-value");
    expect(await engine.up(stateless(weekly(2)))).toBe("same");
    world.time += 8 * day;
    await engine.up(stateless(weekly(2)));
    expect(server.live).toEqual(["key-2"]);
    await engine.destroy();
    expect([server.live, stores.places.size]).toEqual([[], 0]);
  });

  it("the previous value is taken from the store, for consumers that try both, and goes with its key", async () => {
    const deliver = [{ ...vault, previous: "token_previous" }];
    const args = (version: number) => ({ deliver, valueInState: false, ...weekly(version) });
    const { engine, stores, world } = await begin(args(1));
    await engine.up(args(2));
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-2", token_previous: "canary-value-1" });
    expect(await engine.up(args(2))).toBe("same");
    world.time += 8 * day;
    await engine.up(args(2));
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-2" });
    expect(textOf(engine)).not.toContain("canary-value");
  });

  it("a key that cannot be delivered is revoked, and nothing is in state", async () => {
    const { engine, stores, server } = fresh();
    stores.failing.push({ step: "write", times: 1 });
    const error = await failure(engine.up(stateless()));
    expect([error.code, engine.state, server.live]).toEqual(["DELIVERY_FAILED", undefined, []]);
    expect(error.message).toMatch(/vault kv\/ci is down\. It was revoked, and nothing is in state/);
  });

  it("a key that is taken back leaves the note of an earlier attempt, whose key may still appear", async () => {
    const { engine, stores, server, world } = fresh();
    server.createFaults.push("lost before commit");
    stores.failing.push({ step: "write", times: 1 });
    const error = await failure(engine.up(stateless()));
    expect(error.message).toMatch(
      /It was revoked.*its key may still appear: run `npx pulumi-apikeys recover`/,
    );
    expect([world.noted.size, server.live]).toEqual([1, []]);
  });

  it("a second store that fails takes back what the first was given", async () => {
    const { engine, stores, server } = fresh();
    stores.put(vault, { token: "older", theirs: "1" });
    stores.failing.push({ step: "write", store: "file", times: 1 });
    await failure(engine.up(stateless({ deliver: [vault, files] })));
    expect([stores.at("kv/ci"), stores.at(".env"), server.live]).toEqual([
      { token: "older", theirs: "1" },
      undefined,
      [],
    ]);
  });

  it("a rotation that cannot be delivered leaves store, state and key as they were", async () => {
    const { engine, stores, server } = await begin(stateless({ deliver: [vault, blind], ...weekly(1) }));
    const before = textOf(engine);
    stores.failing.push({ step: "write", store: "blind", times: 1 });
    await failure(engine.up(stateless({ deliver: [vault, blind], ...weekly(2) })));
    expect([stores.at("kv/ci"), server.live, textOf(engine)]).toEqual([
      { token: "canary-value-1" },
      ["key-1"],
      before,
    ]);
    await engine.up(stateless({ deliver: [vault, blind], ...weekly(2) }));
    expect(stores.at("secrets/KEY")).toEqual(stores.at("kv/ci") && { KEY: stores.at("kv/ci")?.token });
  });

  it("a new key that can neither be delivered nor revoked is the one that goes, and not the one that the store holds", async () => {
    const { engine, stores, server } = await begin(stateless(weekly(1)));
    stores.failing.push({ step: "write", times: 1 });
    server.failing.revoke = refused;
    const error = await failure(engine.up(stateless(weekly(2))));
    expect(error.message).toMatch(/could not be revoked: HTTP 503/);
    delete server.failing.revoke;
    await engine.up(stateless(weekly(1)));
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-1"], { token: "canary-value-1" }]);
  });

  it("a first key that can neither be delivered nor revoked is in state, and the next up makes another in its place", async () => {
    const { engine, stores, server } = fresh();
    stores.failing.push({ step: "write", times: 1 });
    server.failing.revoke = refused;
    await failure(engine.up(stateless()));
    expect(engine.outputs.keyId).toBe("key-1");
    delete server.failing.revoke;
    await engine.up(stateless());
    expect([server.live, stores.at("kv/ci")]).toEqual([["key-2"], { token: "canary-value-2" }]);
  });

  it.each([
    ["replaced", {}, ["key-2"], "replace"],
    ["renewed beside the old one", weekly(1), ["key-1", "key-2"], "update"],
  ])("a delivery that somebody removed has the key %s", async (_, more, live, does) => {
    const { engine, stores, server } = await begin(stateless(more));
    stores.put(vault, undefined);
    await engine.refresh();
    expect(await engine.up(stateless(more))).toBe(does);
    expect([stores.at("kv/ci"), server.live]).toEqual([{ token: "canary-value-2" }, live]);
    expect(await engine.up(stateless(more))).toBe("same");
  });

  it("a lost delivery fails the plan where the program forbids a renewal for it", async () => {
    const args = stateless({ onLostDelivery: "fail" });
    const { engine, stores, server } = await begin(args);
    stores.put(vault, undefined);
    await engine.refresh();
    const error = await failure(engine.up(args));
    expect([error.code, server.live]).toEqual(["DELIVERY_FAILED", ["key-1"]]);
    expect(error.message).toMatch(/onLostDelivery: "fail" forbids/);
  });

  it("a delivery that is added asks for a renewal, and parts that are no secret do not", async () => {
    const { engine, stores, server } = await begin(stateless());
    const target = { store: "vault", path: "kv/ci", fields: { token: "value", id: "keyId" } };
    expect(await engine.up(stateless({ deliver: [target] }))).toBe("update");
    expect(stores.at("kv/ci")).toEqual({ token: "canary-value-1", id: "key-1" });
    expect(await engine.up(stateless({ deliver: [target, files] }))).toBe("replace");
    expect([stores.at(".env"), server.live]).toEqual([{ KEY: "canary-value-2" }, ["key-2"]]);
  });

  it("a part that could not be added is added by the next up, and costs no renewal", async () => {
    const { engine, stores, server } = await begin(stateless());
    const args = stateless({
      deliver: [{ store: "vault", path: "kv/ci", fields: { token: "value", id: "keyId" } }],
    });
    stores.failing.push({ step: "write", times: 1 });
    await failure(engine.up(args));
    expect(await engine.up(args)).toBe("update");
    expect([stores.at("kv/ci"), server.live]).toEqual([{ token: "canary-value-1", id: "key-1" }, ["key-1"]]);
    expect(statuses(engine)).toEqual(["delivered"]);
  });

  it("a program that no longer wants it there has it taken out, once it is delivered", async () => {
    const { engine, stores, server } = await begin({});
    stores.failing.push({ step: "write", times: 1 });
    await failure(engine.up(stateless()));
    expect(engine.outputs.value).toBe("canary-value-1");
    await engine.up(stateless());
    expect([stores.at("kv/ci"), server.live]).toEqual([{ token: "canary-value-1" }, ["key-1"]]);
    expect(textOf(engine)).not.toContain("canary-value");
  });

  describe("a second secret that is shown once", () => {
    const { fields, ...rest } = acme();
    const pinned = parse({ ...rest, fields: { ...fields, pin: { secret: true } } });
    const both = { store: "vault", path: "kv/ci", fields: { token: "value", pin: "pin" } };

    it("is delivered beside the value, looked at, and removed with it", async () => {
      const { world, engine, stores } = fresh(pinned);
      world.server.accept = (asked) => ({ ...asked, pin: "canary-pin" });
      await engine.up(stateless({ deliver: [both] }));
      expect(stores.at("kv/ci")).toEqual({ token: "canary-value-1", pin: "canary-pin" });
      expect(textOf(engine)).not.toContain("canary-");
      stores.put(both, { token: "canary-value-1", pin: "canary-pin", theirs: "1" });
      await engine.refresh();
      expect(statuses(engine)).toEqual(["delivered"]);
      expect(await engine.up(stateless({ deliver: [both] }))).toBe("same");
      await engine.destroy();
      expect(stores.at("kv/ci")).toEqual({ theirs: "1" });
    });

    it("costs the key where the vendor does not tell it", async () => {
      const { engine, stores, server } = fresh(pinned);
      const error = await failure(engine.up(stateless({ deliver: [both] })));
      expect([error.code, stores.places.size, server.live]).toEqual(["DELIVERY_FAILED", 0, []]);
    });
  });

  it("a value that is renewed in place is delivered", async () => {
    const { engine, stores } = await begin(stateless(once(1)), rotating);
    expect(await engine.up(stateless(once(2)))).toBe("update");
    expect(stores.at("kv/ci")).not.toEqual({ token: "canary-value-1" });
    expect(textOf(engine)).not.toContain("canary-value");
    expect(await engine.up(stateless(once(2)))).toBe("same");
  });
});

describe("encryptTo", () => {
  it("makes encryptedValue anew with each key and each change of recipients, and at no other time", async () => {
    const args = (version: number, to = "age1a") => ({ encryptTo: [to], ...weekly(version) });
    const { engine } = await begin(args(1));
    expect(engine.outputs.encryptedValue).toBe("sealed for age1a: 14");
    expect(await engine.up(args(1))).toBe("same");
    await engine.up(args(1, "age1b"));
    expect(engine.outputs.encryptedValue).toBe("sealed for age1b: 14");
    await engine.up(args(2, "age1b"));
    expect(engine.outputs).toMatchObject({ keyId: "key-2", encryptedValue: "sealed for age1b: 14" });
    await engine.up(weekly(2));
    expect(engine.outputs.encryptedValue).toBeUndefined();
  });

  it("is enough of a place for the value to go to, and changed recipients then ask for a renewal", async () => {
    const args = (to: string) => ({ encryptTo: [to], valueInState: false });
    const { engine, server } = await begin(args("age1a"));
    expect(textOf(engine)).not.toContain("canary-value");
    expect(await engine.up(args("age1b"))).toBe("replace");
    expect(server.live).toEqual(["key-2"]);
  });
});
