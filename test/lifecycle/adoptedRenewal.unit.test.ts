import { instantText } from "../../provider/base/time";
import { ModelEngine } from "../support/lifecycle/modelEngine";
import { day, ModelWorld, start } from "../support/lifecycle/world";
import { withFields } from "../support/vendor/deviating";

const fields = {
  roles: { type: "strings", input: "optional", set: true },
  expiresAt: { input: "optional" },
} as const;

const rotating = { operations: { create: {}, list: {}, revoke: {}, rotate: {} }, path: "/v1/keys" } as const;

/** A narrow key that exists, taken over by a program. */
async function adopted(args: object, more = {}) {
  const world = new ModelWorld(withFields(fields, more));
  const engine = new ModelEngine(world);
  world.server.issue({}, { name: "theirs", roles: ["reader"], expiresAt: instantText(start + day) });
  await engine.up({ adopt: "key-1", ...args });
  return { engine, server: world.server, world };
}

describe("a renewal of an adopted key", () => {
  it.each([
    ["by a replacement", {}],
    ["with an overlap", { overlap: "1d" }],
  ])("%s keeps what the program does not say: its roles, and how long it lives", async (_, rotation) => {
    const { engine, server, world } = await adopted({ rotation });
    world.time += day / 2;
    await engine.up({ adopt: "key-1", rotation: { ...rotation, triggers: { leak: 1 } } });
    expect(engine.warnings).toContainEqual(
      expect.stringMatching(
        /^The new Acme key .* keeps (roles, expiresAt|expiresAt, roles) of the key that was adopted/,
      ),
    );
    expect(server.key("key-2").fields).toMatchObject({
      roles: ["reader"],
      expiresAt: instantText(start + 1.5 * day),
    });
    expect(await engine.up({ adopt: "key-1", rotation: { ...rotation, triggers: { leak: 1 } } })).toBe(
      "same",
    );
    await engine.up({ adopt: "key-1", rotation: { ...rotation, triggers: { leak: 2 } } });
    expect(server.key("key-3").fields).toMatchObject({ roles: ["reader"] });
  });

  it.each([
    ["by a replacement, dropped before", {}, true],
    ["by a replacement, dropped with it", {}, false],
    ["with an overlap, dropped before", { overlap: "1d" }, true],
    ["with an overlap, dropped with it", { overlap: "1d" }, false],
  ])("%s, keeps it though the program no longer adopts it", async (_, rotation, isDroppedBefore) => {
    const { engine, server } = await adopted({ rotation });
    if (isDroppedBefore) {
      await engine.up({ rotation });
      expect(server.live).toEqual(["key-1"]);
      expect(await engine.up({ rotation })).toBe("same");
    }
    for (const leak of [1, 2]) {
      await engine.up({ rotation: { ...rotation, triggers: { leak } } });
      expect(server.key(String(engine.outputs.keyId)).fields).toMatchObject({
        roles: ["reader"],
        expiresAt: expect.any(String),
      });
    }
    expect(await engine.up({ rotation: { ...rotation, triggers: { leak: 2 } } })).toBe("same");
  });

  it("applies the program where it no longer adopts the key, and the vendor gives it another value", async () => {
    const { engine, server } = await adopted({ roles: ["writer"] }, rotating);
    await engine.up({ roles: ["writer"] });
    await engine.up({ roles: ["writer"], rotation: { triggers: { leak: 1 } } });
    expect(server.key(String(engine.outputs.keyId)).fields.roles).toEqual(["writer"]);
  });

  it("is warned of before where it loses its end, for nobody knows how long the key lived", async () => {
    const { engine, server } = await adopted({});
    const { createdAt: _, ...outputs } = engine.outputs;
    engine.state = { ...engine.known(), outputs };
    await engine.up({ adopt: "key-1", rotation: { triggers: { leak: 1 } } });
    expect(engine.warnings).toContainEqual(
      expect.stringMatching(/ends at .*, and the new one will not: expiresAt is not carried over/),
    );
    expect(server.key("key-2").fields.expiresAt).toBeUndefined();
  });

  it("takes what the program says, also where it is wider", async () => {
    const { engine, server } = await adopted({ roles: ["reader"] });
    await engine.up({ adopt: "key-1", roles: ["admin"] });
    expect(server.key("key-2").fields.roles).toEqual(["admin"]);
  });

  it("applies the program where the vendor gives it another value and cannot change the rest", async () => {
    const { engine, server } = await adopted({ roles: ["writer"] }, rotating);
    expect(engine.warnings).toContainEqual(
      expect.stringMatching(/To apply the program, change rotation\.triggers/),
    );
    await engine.up({ adopt: "key-1", roles: ["writer"], rotation: { triggers: { leak: 1 } } });
    expect(server.live).toEqual(["key-2"]);
    expect(server.key("key-2").fields.roles).toEqual(["writer"]);
  });

  it("applies the program in place where the vendor can", async () => {
    const updating = { ...rotating, operations: { ...rotating.operations, update: {} } };
    const { engine, server } = await adopted({ roles: ["writer"] }, updating);
    await engine.up({ adopt: "key-1", roles: ["writer"], rotation: { triggers: { leak: 1 } } });
    expect(server.calls.filter((call) => /^(update|rotate)/.test(call))).toHaveLength(2);
    expect(server.key("key-1").fields.roles).toEqual(["writer"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-1", roles: ["writer"] });
  });
});

describe("a field that the vendor never shows, asked of an adopted key,", () => {
  const hidden = {
    hidden: { input: "optional", writeOnly: true },
    pin: { input: "optional", secret: true },
  } as const;
  const args = { hidden: "h", pin: "p" };

  it.each([
    ["sent in place, where the vendor can", ["hidden", "pin"], "update"],
    ["asked for by another key, where it cannot", ["hidden"], "replace"],
  ])("is named at the adoption, and %s, at the renewal", async (_, updatable, step) => {
    const operations = { ...rotating.operations, update: { fields: updatable } };
    const world = new ModelWorld(withFields(hidden, { ...rotating, operations }));
    const { server } = world;
    const engine = new ModelEngine(world);
    server.issue({}, { name: "theirs" });
    await engine.up({ adopt: "key-1", ...args });
    expect(engine.warnings.join()).toMatch(/the program asks for something else in: hidden, pin\./);
    expect(await engine.up({ adopt: "key-1", ...args })).toBe("same");
    const renewed = { adopt: "key-1", ...args, rotation: { triggers: { leak: 1 } } };
    expect(await engine.up(renewed)).toBe(step);
    expect(server.key(String(engine.outputs.keyId)).fields).toMatchObject(args);
    expect(engine.outputs).toMatchObject(args);
    expect(await engine.up(renewed)).toBe("same");
  });
});

it("a renewal of an adopted key keeps what only a look at the key itself tells", async () => {
  const { create, list, revoke } = rotating.operations;
  const world = new ModelWorld(
    withFields(fields, { path: "/v1/keys", operations: { create, list, revoke, get: {} } }),
  );
  const { server } = world;
  const listed = server.list;
  server.list = async (...args) => {
    const keys = (await listed?.(...args)) ?? [];
    return keys.map(({ id, fields: { roles: _, ...known } }) => ({ id, fields: known }));
  };
  const engine = new ModelEngine(world);
  server.issue({}, { name: "theirs", roles: ["reader"] });
  await engine.up({ adopt: "key-1" });
  await engine.up({ adopt: "key-1", rotation: { triggers: { leak: 1 } } });
  expect(server.key("key-2").fields).toMatchObject({ roles: ["reader"] });
});
