import { instantText } from "../../provider/base/time";
import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import * as resource from "../../provider/host/resource";
import { check } from "../support/lifecycle/lifecycle";
import { checked, created, failure, program } from "../support/lifecycle/modelEngine";
import { refused, weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { acme, parse } from "../support/vendor/definitions";

/** A vendor that changes all but the region in place. */
function changing(more: Partial<ServiceDefinitionInput["operations"]> = {}) {
  const { fields, operations, ...rest } = acme();
  return parse({
    ...rest,
    fields: {
      ...fields,
      createdAt: {},
      scopes: { type: "strings", input: "optional", set: true },
      expiresAt: { input: "optional" },
      region: { input: "optional" },
    },
    operations: {
      ...operations,
      update: { path: "/v1/keys/{keyId}", fields: ["name", "scopes", "expiresAt"] },
      ...more,
    },
  });
}

describe("a changed field that the vendor changes in place", () => {
  it("is an update: the same key, with the same value", async () => {
    const { engine, server } = await created(changing(), { scopes: ["read"] });
    const before = engine.outputs;
    expect(await engine.up({ scopes: ["write"] })).toBe("update");
    expect(server.calls).toEqual(["update scopes of key-1"]);
    expect(engine.outputs).toEqual({ ...before, scopes: ["write"], unconfirmed: ["scopes"] });
    expect(engine.warnings).toEqual([]);
    expect(await engine.up({ scopes: ["write"] })).toBe("same");
  });

  it("is part of a replacement where the key is to be at another server", async () => {
    const { engine, world } = await created(changing(), { scopes: ["read"] });
    const args = { scopes: ["write"], connection: "elsewhere" };
    const { inputs } = check(world, engine.known().inputs, program(world.definition, args));
    const { changes } = resource.diff(world, engine.outputs, inputs);
    expect(changes).toContainEqual({ property: "scopes", kind: "replace", why: "immutable" });
    expect(changes.filter(({ why }) => why === "updatable")).toEqual([]);
  });

  it("asks for another key, made with all changes, where one of them is not among those", async () => {
    const { engine, server } = await created(changing(), { scopes: ["read"], region: "eu" });
    expect(await engine.up({ scopes: ["write"], region: "us" })).toBe("replace");
    expect(server.calls).toEqual(["create", "revoke key-1"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-2", scopes: ["write"], region: "us" });
  });

  it("is made with the new key, which stands beside the old one, where another change asks for one", async () => {
    const { engine, server } = await created(changing(), { scopes: ["read"], region: "eu", ...weekly(1) });
    expect(await engine.up({ scopes: ["write"], region: "us", ...weekly(1) })).toBe("update");
    expect(server.calls.filter((call) => !call.startsWith("list"))).toEqual(["create"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-2", previousKeyId: "key-1", scopes: ["write"] });
  });

  it("leaves the previous key alone, which is on its way out", async () => {
    const { engine, server } = await created(changing(), { scopes: ["read"], ...weekly(1) });
    await engine.up({ scopes: ["read"], ...weekly(2) });
    server.calls.length = 0;
    expect(await engine.up({ scopes: ["write"], ...weekly(2) })).toBe("update");
    expect(server.calls).toEqual(["update scopes of key-2"]);
    expect(server.key("key-1").fields.scopes).toEqual(["read"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-2", previousKeyId: "key-1", generation: 2 });
    expect(await engine.up({ scopes: ["write"], ...weekly(2) })).toBe("same");
  });

  it("is the name as well; an autonamed key keeps its own where the program gives none", async () => {
    const { engine, server } = await created(changing());
    const { name } = engine.outputs;
    expect(await engine.up({ scopes: ["read"] })).toBe("update");
    expect(engine.outputs.name).toBe(name);
    expect(await engine.up({ scopes: ["read"], name: "billing" })).toBe("update");
    expect(server.calls).toEqual(["update scopes of key-1", "update name of key-1"]);
    expect(engine.outputs).toMatchObject({ name: "billing", keyId: "key-1" });
    expect(engine.outputs).not.toHaveProperty("autonamed");
    expect(await engine.up({ scopes: ["read"] })).toBe("same");
  });

  it("that is taken out of the program is cleared", async () => {
    const { engine, server } = await created(changing(), { scopes: ["read"] });
    expect(await engine.up()).toBe("update");
    expect(server.key("key-1").fields.scopes).toBeNull();
    expect(engine.outputs).not.toHaveProperty("scopes");
    expect(await engine.up()).toBe("same");
  });

  it("is carried to the id under which the vendor knows the key from then on", async () => {
    const { engine, server } = await created(changing(), { scopes: ["read"] });
    server.answersUpdateWith = (key) => ({ ...key, id: "4711" });
    await engine.up({ scopes: ["write"] });
    expect(engine.outputs).toMatchObject({ keyId: "4711", value: "canary-value-1" });
  });

  it("counts as done where the answer tells nothing of the key", async () => {
    const { engine, server } = await created(changing(), { scopes: ["read"] });
    server.answersUpdateWith = () => undefined;
    await engine.up({ scopes: ["write"] });
    expect(engine.outputs).toMatchObject({ scopes: ["write"], keyId: "key-1" });
  });

  it.each([
    ["ignored", () => ({}), "ignored scopes", ["read"]],
    [
      "changed",
      () => ({ scopes: ["write", "audit"] }),
      "changed scopes from what the program asks",
      ["write", "audit"],
    ],
  ])("and that the vendor %s is told, and again by each later up", async (_, accept, said, told) => {
    const { engine, server } = await created(changing(), { scopes: ["read"] });
    server.accept = accept;
    await engine.up({ scopes: ["write"] });
    expect(engine.warnings).toEqual([`The Acme key "ci-0000001" was updated, but Acme ${said}.`]);
    expect(engine.outputs).toMatchObject({ scopes: told, asked: { scopes: ["write"] } });
    await engine.refresh();
    for (let up = 0; up < 2; up++) {
      expect(await engine.up({ scopes: ["write"] })).toBe("same");
      expect(engine.warnings.join()).toContain(
        "has not taken an update of scopes, so the key is not as the program says",
      );
    }
    await engine.up({ scopes: told });
    expect(engine.warnings).toEqual([]);
  });

  it.each([
    ["PUT", "all", true],
    ["PUT", "changed", false],
    ["PATCH", undefined, false],
  ] as const)(
    "that is no longer set and stays: the remedy of a request with the whole key is told (%s, sends: %s)",
    async (method, sends, isTold) => {
      const update = {
        path: "/v1/keys/{keyId}",
        fields: ["name", "scopes"],
        method,
        ...(sends && { sends }),
      };
      const { engine, server } = await created(changing({ update }), { scopes: ["read"] });
      server.accept = () => ({});
      await engine.up({});
      const remedy =
        " The request left out scopes. If this vendor keeps what a request leaves out, give the definition's update " +
        'sends: "changed", which then sends null.';
      expect(engine.warnings).toEqual([
        `The Acme key "ci-0000001" was updated, but Acme ignored scopes.${isTold ? remedy : ""}`,
      ]);
    },
  );

  it("whose new value is ignored has another cause than what a request leaves out", async () => {
    const update = { path: "/v1/keys/{keyId}", fields: ["name", "scopes"], method: "PUT" as const };
    const { engine, server } = await created(changing({ update }), { scopes: ["read"] });
    server.accept = () => ({});
    await engine.up({ scopes: ["write"] });
    expect(engine.warnings.join()).not.toContain("sends");
  });

  it("is still owed after a failure, and the value is where it was", async () => {
    const { engine, server } = await created(changing(), { scopes: ["read"] });
    server.failing.update = refused;
    expect((await failure(engine.up({ scopes: ["write"] }))).message).toBe("HTTP 503.");
    expect(engine.outputs).toMatchObject({ scopes: ["read"], value: "canary-value-1" });
    server.failing = {};
    expect(await engine.up({ scopes: ["write"] })).toBe("update");
    expect(engine.outputs.scopes).toEqual(["write"]);
  });

  it("stays undone where a step before it was done: that step is kept", async () => {
    const { engine, server, world } = await created(changing(), { scopes: ["read"], ...weekly(1) });
    await engine.up({ scopes: ["read"], ...weekly(2) });
    world.time += 7 * day;
    server.failing.update = refused;
    expect((await failure(engine.up({ scopes: ["write"], ...weekly(2) }))).code).toBe("PARTIAL_SUCCESS");
    expect(engine.outputs).toMatchObject({ scopes: ["read"], value: "canary-value-2" });
    expect(engine.outputs).not.toHaveProperty("previousKeyId");
    server.failing = {};
    await engine.up({ scopes: ["write"], ...weekly(2) });
    expect(engine.outputs).toMatchObject({ scopes: ["write"], keyId: "key-2" });
  });

  it("asks for another key once the old one has ended: nothing can be changed of it", async () => {
    const { engine, server, world } = await created(changing(), { expiresAt: "2026-06-02T12:00:00Z" });
    world.time += 2 * day;
    expect(await engine.up({ expiresAt: "2026-09-01T00:00:00Z" })).toBe("replace");
    expect(server.calls).not.toContain("update expiresAt of key-1");
  });
});

describe("an expiry that the vendor changes in place", () => {
  it("is moved, and the key stays", async () => {
    const { engine, server } = await created(changing(), { expiresAt: "2027-01-01T00:00:00Z" });
    expect(await engine.up({ expiresAt: "2027-06-01T00:00:00Z" })).toBe("update");
    expect(server.key("key-1").fields.expiresAt).toBe("2027-06-01T00:00:00Z");
    expect(await engine.up({ expiresAt: "2027-06-01T00:00:00Z" })).toBe("same");
  });

  it.each([
    ["longer", "90d", 100],
    ["shorter, though the key is older than that", "30d", 40],
  ])("counts from now where the lifetime is %s, and so does the renewal", async (_, expiresIn, dueIn) => {
    const { engine, server, world } = await created(changing(), { expiresIn: "80d" });
    world.time = Date.parse("2026-06-01T12:00:00Z") + 40 * day;
    const now = world.time;
    expect(await engine.up({ expiresIn })).toBe("update");
    const until = instantText(now + Number.parseInt(expiresIn, 10) * day);
    expect(server.key("key-1").fields.expiresAt).toBe(until);
    expect(engine.outputs).toMatchObject({ keyId: "key-1", expiresAt: until, dueAt: until, expiresIn });
    world.time += 20 * day;
    expect(await engine.up({ expiresIn })).toBe("same");
    world.time = now + dueIn * day;
    expect(await engine.up({ expiresIn })).toBe("replace");
    expect(engine.outputs).not.toHaveProperty("extendedAt");
  });

  it("is shown by a plan as a later date, and not as another key", async () => {
    const bench = await created(changing(), {
      expiresIn: "30d",
      rotation: { overlap: "7d", beforeExpiry: "10d" },
    });
    const { inputs } = checked(bench, { expiresIn: "60d", rotation: { overlap: "7d", beforeExpiry: "10d" } });
    expect(inputs).toMatchObject({
      generation: 1,
      rotatedAt: bench.engine.outputs.rotatedAt,
      dueAt: instantText(bench.world.time + 50 * day),
    });
  });
});
