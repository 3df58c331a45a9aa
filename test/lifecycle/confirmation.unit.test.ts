import { instantText } from "../../provider/base/time";
import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { pick } from "../../provider/json/members";
import type { RemoteKey } from "../../provider/vendor";
import type { Properties } from "../support/lifecycle/lifecycle";
import * as lifecycle from "../support/lifecycle/lifecycle";
import { OperationMemory } from "../support/lifecycle/lifecycle";
import { created, failure, program } from "../support/lifecycle/modelEngine";
import { day, start } from "../support/lifecycle/world";
import { acme, xentree } from "../support/vendor/definitions";
import { withFields } from "../support/vendor/deviating";

const definition = withFields({ scopes: { type: "strings", input: "optional", set: true } });

/** A vendor whose response to create says nothing of the scopes, and whose list adds one. */
async function silent() {
  const bench = await created(definition);
  const { engine, server } = bench;
  await engine.destroy();
  const create = server.create.bind(server);
  server.create = async (...args) => {
    const { fields, ...made } = await create(...args);
    const { scopes, ...told } = fields;
    expect(scopes).toEqual(["read"]);
    return { ...made, fields: told };
  };
  await engine.up({ scopes: ["read"] });
  server.tell = ({ scopes, ...fields }) => ({ ...fields, scopes: [...[scopes].flat(), "offline"] });
  bench.world.time += day;
  return bench;
}

describe("an input that no response told before the first look", () => {
  it("is taken for the vendor's way to say it, once, with a warning that names both", async () => {
    const { engine } = await silent();
    await engine.refresh();
    expect(engine.warnings).toEqual([
      expect.stringMatching(
        /^Acme tells scopes of the Acme key "ci-\d{7}" as \["read","offline"\], where the program asks for \["read"\]\./,
      ),
    ]);
    expect(await engine.up({ scopes: ["read"] })).not.toBe("replace");
    expect(await engine.up({ scopes: ["read"] })).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(engine.warnings).toEqual([]);
  });

  it("is drift when somebody changes it later", async () => {
    const { engine, server } = await silent();
    await engine.refresh();
    server.tell = (fields) => ({ ...fields, scopes: ["admin"] });
    expect(await engine.refresh()).toBe("changed");
    expect(await engine.up({ scopes: ["read"] })).toBe("replace");
  });
});

/** A vendor that answers a create with what it was asked for, or only with some of it. */
async function made(
  args: Properties,
  fields: NonNullable<ServiceDefinitionInput["fields"]>,
  untold: string[],
) {
  const bench = await created(withFields(fields));
  await bench.engine.destroy();
  const create = bench.server.create.bind(bench.server);
  bench.server.create = async (...request) => {
    const { fields: told, ...key } = await create(...request);
    return { ...key, fields: pick(told, (name) => !untold.includes(name)) };
  };
  await bench.engine.up(args);
  bench.world.time += day;
  return bench;
}

describe("an input that the list tells otherwise than the response to create", () => {
  const fields = {
    kind: { input: "optional" },
    scopes: { type: "strings", input: "optional", set: true },
  } as const;
  const asked = { kind: "backend", scopes: ["read"] };
  const normalise = (told: Properties) => ({ ...told, kind: "client", scopes: ["read", "offline"] });

  it.each([
    ["which repeats what was asked", []],
    ["which tells nothing of it", ["kind", "scopes"]],
  ])("%s, renews nothing and is drift from then on", async (_, untold) => {
    const { engine, server } = await made(asked, fields, untold);
    server.tell = normalise;
    await engine.refresh();
    expect(engine.warnings).toEqual([
      expect.stringMatching(/^Acme tells kind of .+ as "client", where the program asks for "backend"\./),
      expect.stringMatching(
        /^Acme tells scopes of .+ as \["read","offline"\], where the program asks for \["read"\]\./,
      ),
    ]);
    for (const _ of [1, 2]) {
      expect(await engine.up(asked)).toBe("same");
      expect(await engine.refresh()).toBe("same");
      expect(engine.warnings).toEqual([]);
    }
    server.tell = (told) => ({ ...told, kind: "admin" });
    expect(await engine.refresh()).toBe("changed");
    expect(await engine.up(asked)).toBe("replace");
  });

  it("may be told as it was asked now and then, which is no change, and a third value is one", async () => {
    const { engine, server } = await made(asked, fields, []);
    const sayings = [normalise, (told: Properties) => told, normalise];
    for (const saying of [...sayings, ...sayings]) {
      server.tell = saying;
      await engine.refresh();
      expect(engine.outputs.kind).toBe(saying === normalise ? "client" : "backend");
      expect(await engine.up(asked)).toBe("same");
    }
    server.tell = (told) => told;
    await engine.refresh();
    server.tell = (told) => ({ ...told, kind: "admin" });
    await engine.refresh();
    expect(await engine.up(asked)).toBe("replace");
  });

  it("leaves the previous key of an overlap in peace", async () => {
    const args = { kind: "backend", rotation: { overlap: "1h" } };
    const { engine, server } = await made(args, fields, []);
    server.tell = (told) => ({ ...told, kind: "client" });
    await engine.refresh();
    expect(await engine.up(args)).toBe("same");
    const renewed = { kind: "backend", rotation: { overlap: "1h", triggers: { run: 1 } } };
    expect(await engine.up(renewed)).toBe("update");
    await engine.refresh();
    expect(await engine.up(renewed)).toBe("same");
    expect(server.live).toHaveLength(2);
  });

  it("is the vendor's default, without a word, where the program is silent", async () => {
    const { engine, server } = await made({}, fields, []);
    server.tell = normalise;
    await engine.refresh();
    expect(engine.warnings).toEqual([]);
    expect(engine.outputs.asked).toEqual({ kind: null, scopes: null });
    expect(await engine.up()).toBe("same");
  });

  it("is no default where the first look told nothing: somebody has set it since", async () => {
    const { engine, server } = await made({}, fields, []);
    await engine.refresh();
    server.tell = normalise;
    expect(await engine.refresh()).toBe("changed");
    expect(await engine.up()).toBe("replace");
  });

  it("may have been set by somebody before: both values are named, also of what the vendor chose", async () => {
    const { engine, server } = await made({}, fields, []);
    await engine.destroy();
    server.accept = (told) => ({ ...told, kind: "plain" });
    await engine.up();
    server.tell = (told) => ({ ...told, kind: "admin" });
    await engine.refresh();
    expect(engine.warnings).toEqual([expect.stringMatching(/ as "admin", where it told "plain" before\./)]);
  });
});

describe("an input that an update has changed", () => {
  const definition = withFields(
    { kind: { input: "optional" }, note: { input: "optional" } },
    {
      operations: {
        ...acme().operations,
        update: { method: "PATCH", path: "/v1/keys/{keyId}", fields: ["kind", "note"] },
      },
    },
  );

  it.each<[string, (key: RemoteKey) => RemoteKey | undefined]>([
    ["repeats what was asked", (key) => ({ ...key, fields: { ...key.fields, kind: "backend" } })],
    ["leaves it out", ({ fields: { kind: _, ...fields }, ...key }) => ({ ...key, fields })],
    ["is empty", () => undefined],
  ])("is taken as the next look tells it, where the response %s", async (_, answer) => {
    const { engine, server } = await created(definition, { kind: "x" });
    server.answersUpdateWith = answer;
    server.tell = (told) => ({ ...told, kind: told.kind === "backend" ? "client" : told.kind });
    const asked = { kind: "backend" };
    expect(await engine.up(asked)).toBe("update");
    await engine.refresh();
    expect(engine.warnings).toEqual([
      expect.stringMatching(/ as "client", where the program asks for "backend"\./),
    ]);
    for (const _ of [1, 2]) {
      expect(await engine.up(asked)).toBe("same");
      expect(await engine.refresh()).toBe("same");
    }
    // Of another field, the response may repeat what was asked when the key was made.
    expect(await engine.up({ ...asked, note: "n" })).toBe("update");
    await engine.refresh();
    expect(await engine.up({ ...asked, note: "n" })).toBe("same");
    expect(await engine.up({ ...asked, note: "m" })).toBe("update");
    // Its way to say it was known before that.
    server.tell = (told) => ({ ...told, kind: "admin" });
    expect(await engine.refresh()).toBe("changed");
    expect(await engine.up({ ...asked, note: "m" })).toBe("update");
  });
});

it("an input that the response to a rotation repeats as it was asked is taken as the next look tells it", async () => {
  const rotate = { method: "POST", path: "/v1/keys/{keyId}/rotate" } as const;
  const definition = withFields(
    { kind: { input: "optional" } },
    { operations: { ...acme().operations, rotate } },
  );
  const asked = { kind: "backend" };
  const { engine, server } = await created(definition);
  await engine.destroy();
  await engine.up(asked);
  server.tell = (told) => ({ ...told, kind: "client" });
  await engine.refresh();
  const renewed = { ...asked, rotation: { triggers: { run: 1 } } };
  expect(await engine.up(renewed)).toBe("update");
  expect(engine.outputs.kind).toBe("client");
  await engine.refresh();
  expect(await engine.up(renewed)).toBe("same");
  expect(server.live).toHaveLength(1);
  // Its way to say it was known before the rotation.
  expect(await engine.up({ ...asked, rotation: { triggers: { run: 2 } } })).toBe("update");
  server.tell = (told) => ({ ...told, kind: "admin" });
  expect(await engine.refresh()).toBe("changed");
  expect(await engine.up({ ...asked, rotation: { triggers: { run: 2 } } })).toBe("replace");
});

describe("an end that only the list tells", () => {
  const fields = { expiresAt: { input: "optional" } } as const;
  const midnight = ({ expiresAt, ...told }: Properties) => ({
    ...told,
    expiresAt: `${String(expiresAt).slice(0, 10)}T00:00:00Z`,
  });

  it.each<[string, Properties, RegExp]>([
    [
      "a moment",
      { expiresAt: instantText(start + 40.5 * day) },
      /was to work until .+, and Acme lets it end at .+T00:00:00Z\. It is not renewed/,
    ],
    [
      "a lifetime",
      { expiresIn: "40d" },
      /was to work for 40d, and Acme lets it end at .+T00:00:00Z, before /,
    ],
  ])("is no reason to renew a key that was asked for with %s", async (_, asked, warning) => {
    const { engine, server } = await made(asked, fields, []);
    server.tell = (told) => midnight({ ...told, expiresAt: instantText(start + 39.7 * day) });
    await engine.refresh();
    expect(engine.warnings).toEqual([expect.stringMatching(warning)]);
    expect(await engine.up(asked)).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(engine.warnings).toEqual([]);
    expect(await engine.up(asked)).toBe("same");
  });

  it("is the key's, by which it is renewed", async () => {
    const args = { expiresIn: "90d", rotation: { beforeExpiry: "2d" } };
    const { engine, server, world } = await made(args, fields, []);
    server.tell = (told) => ({
      ...told,
      expiresAt: instantText(Date.parse(String(told.createdAt)) + 7 * day),
    });
    await engine.refresh();
    expect(engine.warnings).toEqual([expect.stringMatching(/was to work for 90d, and Acme lets it end at /)]);
    expect(await engine.up(args)).toBe("same");
    world.time += 5 * day;
    expect(await engine.up(args)).toBe("replace");
    await engine.refresh();
    expect(await engine.up(args)).toBe("same");
  });
});

describe("a lifetime that the vendor shortens", () => {
  const args = { expiresIn: "90d", rotation: { beforeExpiry: "14d" } };

  async function capped(days: number) {
    const bench = await created(xentree);
    await bench.engine.destroy();
    bench.server.accept = (fields) => ({ ...fields, expiresAt: instantText(bench.world.time + days * day) });
    return bench;
  }

  it("is told at the create, and the key is renewed by what was granted", async () => {
    const { engine, world } = await capped(30);
    await engine.up(args);
    expect(engine.warnings).toEqual([
      expect.stringMatching(/was to work for 90d, and Xentree lets it end at/),
    ]);
    expect(await engine.up(args)).toBe("same");
    world.time += 17 * day;
    expect(await engine.up(args)).toBe("replace");
    expect(world.time).toBeGreaterThan(start);
  });

  it("to less than rotation.beforeExpiry is an error that names both, and not a renewal in each run", async () => {
    const { engine, server } = await capped(7);
    await engine.up(args);
    const { message } = await failure(engine.up(args));
    expect(message).toMatch(
      /rotation\.beforeExpiry \(14d\) cannot be kept: Xentree granted key "ci-\d+" a life of 7d/,
    );
    expect(server.live).toHaveLength(1);
  });

  it("to less than rotation.beforeExpiry stands in the way of no refresh, alone or within an up that corrects it", async () => {
    const { engine, world, server } = await capped(7);
    await engine.up(args);
    expect(await engine.refresh()).toBe("same");
    // One process serves both halves of `up --refresh`, and the engine asks for a plan in each.
    const { inputs, outputs } = engine.known();
    world.memory = new OperationMemory(world.memory.creates);
    const seen = await lifecycle.read(world, "key-2", outputs);
    expect(() => lifecycle.diff(world, seen?.outputs ?? {}, inputs)).not.toThrow();
    const asUp = (asked: Properties) => {
      const news = lifecycle.check(world, inputs, program(xentree, asked)).inputs;
      return () => lifecycle.diff(world, seen?.outputs ?? {}, news);
    };
    expect(asUp(args)).toThrow(/rotation\.beforeExpiry \(14d\) cannot be kept/);
    expect(asUp({ expiresIn: "90d", rotation: { beforeExpiry: "3d" } })).not.toThrow();
    // With `--run-program` the check comes before the look.
    await lifecycle.read(world, "key-2", outputs);
    expect(() => lifecycle.diff(world, seen?.outputs ?? {}, inputs)).not.toThrow();
    expect(server.live).toHaveLength(1);
  });

  it("is what the warning of its end and dueAt go by, in every run", async () => {
    const asked = { expiresIn: "90d" };
    const { engine, world } = await capped(7);
    await engine.up(asked);
    const end = instantText(world.time + 7 * day);
    expect(engine.outputs).toMatchObject({ expiresAt: end, dueAt: end });
    for (const _ of [1, 2]) {
      expect(await engine.up(asked)).toBe("same");
      expect(engine.warnings).toEqual([
        expect.stringContaining(`The key expires at ${end}, and nothing renews it`),
      ]);
    }
    const renewed = { expiresIn: "90d", rotation: { triggers: { run: 1 }, overlap: "1d" } };
    await engine.up(renewed);
    expect(engine.outputs).toMatchObject({ dueAt: end, previousKeyId: "key-2" });
  });

  it("is what dueAt goes by, too, where only its list tells", async () => {
    const { engine, world, server } = await capped(90);
    await engine.up({ expiresIn: "90d", rotation: { beforeExpiry: "5d" } });
    const end = world.time + 30 * day;
    server.tell = (told) => ({ ...told, expiresAt: instantText(end) });
    await engine.refresh();
    expect(engine.outputs).toMatchObject({ dueAt: instantText(end - 5 * day) });
  });

  it("to nothing is an error, and not a renewal in each run", async () => {
    const asked = { expiresIn: "90d" };
    const { engine, server } = await capped(-1);
    const noLife = /^Xentree granted key "ci-\d+" no life at all: its end, \S+, was over when it was made/;
    await engine.up(asked);
    expect(engine.warnings).toEqual([expect.stringMatching(/lets it end/), expect.stringMatching(noLife)]);
    expect((await failure(engine.up(asked))).message).toMatch(noLife);
    await engine.refresh();
    expect((await failure(engine.up(asked))).message).toMatch(noLife);
    expect(server.live).toHaveLength(1);
    server.accept = (fields) => fields;
    expect(await engine.up({ expiresIn: "30d" })).toBe("replace");
    expect(await engine.up({ expiresIn: "30d" })).toBe("same");
  });

  it("to less than overlap and rotation.beforeExpiry need is an error too, before the previous key is revoked early", async () => {
    const asked = { expiresIn: "90d", rotation: { beforeExpiry: "5d", overlap: "3d" } };
    const { engine, server, world } = await capped(7);
    await engine.up(asked);
    const unkept =
      /rotation\.overlap \(3d\) cannot be kept: Xentree granted key "ci-\d+" a life of 7d, of which rotation\.beforeExpiry \(5d\) leaves 2d, so each renewal would revoke the previous key before its time/;
    expect(engine.warnings).toEqual([
      expect.stringMatching(/was to work for 90d/),
      expect.stringMatching(unkept),
    ]);
    expect(await engine.up(asked)).toBe("same");
    world.time += 2 * day + 1_000;
    expect((await failure(engine.up(asked))).message).toMatch(unkept);
    expect(server.live).toHaveLength(1);
    const kept = { expiresIn: "90d", rotation: { beforeExpiry: "5d", overlap: "1d" } };
    expect(await engine.up(kept)).toBe("update");
    expect(engine.warnings).toEqual([expect.stringMatching(/was to work for 90d/)]);
  });

  it("in seconds is told in seconds", async () => {
    const second = 1_000;
    const asked = { expiresIn: "90d", rotation: { beforeExpiry: "20s", overlap: "15s" } };
    const { engine, world } = await capped((24 * second) / day);
    await engine.up(asked);
    world.time += 5 * second;
    expect((await failure(engine.up(asked))).message).toMatch(
      /a life of 24s, of which rotation\.beforeExpiry \(20s\) leaves 4s,/,
    );
  });

  it("may be revoked at once, for rotation.revokeNow keeps no overlap", async () => {
    const asked = { expiresIn: "90d", rotation: { beforeExpiry: "5d", overlap: "3d", revokeNow: true } };
    const { engine, world } = await capped(7);
    await engine.up(asked);
    world.time += 2 * day + 1_000;
    expect(await engine.up(asked)).toBe("update");
  });

  it("by what only its list tells is judged by that as well", async () => {
    const asked = { expiresIn: "90d", rotation: { beforeExpiry: "5d", overlap: "3d" } };
    const { engine, server, world } = await capped(90);
    await engine.up(asked);
    server.tell = (told) => ({
      ...told,
      expiresAt: instantText(Date.parse(String(told.createdAt)) + 7 * day),
    });
    await engine.refresh();
    expect(engine.warnings).toEqual([
      expect.stringMatching(/was to work for 90d, and Xentree lets it end at/),
      expect.stringMatching(/rotation\.overlap \(3d\) cannot be kept/),
    ]);
    world.time += 3 * day;
    expect((await failure(engine.up(asked))).message).toMatch(/rotation\.overlap \(3d\) cannot be kept/);
  });
});
