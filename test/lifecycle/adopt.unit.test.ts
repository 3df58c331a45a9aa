import { check, create, type Properties, remove } from "../support/lifecycle/lifecycle";
import { failure, ModelEngine, program } from "../support/lifecycle/modelEngine";
import { ModelWorld } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

const theirs = { name: "handmade", permissions: ["read"], rateLimitPerMinute: 60 };

/** A world in which somebody has made `key-1` by hand. */
function occupied(
  definition = parse({
    ...acme(),
    fields: { ...acme().fields, permissions: { type: "strings", input: "optional", set: true } },
  }),
) {
  const world = new ModelWorld(definition);
  const { server } = world;
  const place = definition === sendkit ? { workspaceId: "ws_production" } : {};
  server.issue(
    definition === applications ? { applicationId: "123e4567-e89b-12d3-a456-426614174000" } : place,
    theirs,
  );
  return { world, server, engine: new ModelEngine(world) };
}

const adopt = { adopt: "key-1" };
const renew = (version: number) => ({ ...adopt, rotation: { triggers: { version } } });

describe("an adopted key", () => {
  it("is looked up and kept as it is; no key is created", async () => {
    const { server, engine } = occupied();
    await engine.up({ ...adopt, adoptValue: "canary-value-1" });
    expect(server.calls).toEqual(["list"]);
    expect(engine.known().id).toBe("key-1");
    expect(engine.outputs).toMatchObject({
      keyId: "key-1",
      name: "handmade",
      permissions: ["read"],
      status: "active",
      origin: "https://vendor.example",
      value: "canary-value-1",
      valueAvailable: true,
    });
    expect(engine.outputs.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(engine.outputs).not.toHaveProperty("adoptValue");
    expect(engine.warnings).toEqual([]);
  });

  it("has no value when the program gives none, and a warning says so", async () => {
    const { engine } = occupied();
    await engine.up(adopt);
    expect(engine.outputs.valueAvailable).toBe(false);
    expect(engine.outputs).not.toHaveProperty("value");
    expect(engine.outputs).not.toHaveProperty("fingerprint");
  });

  it("stores its value when the program adds it later, and no other value after that", async () => {
    const { server, engine } = occupied();
    await engine.up(adopt);
    server.calls.length = 0;
    expect(await engine.up({ ...adopt, adoptValue: "handed in" })).toBe("update");
    expect(engine.outputs).toMatchObject({ value: "handed in", valueAvailable: true });
    expect(await engine.up({ ...adopt, adoptValue: "another" })).toBe("same");
    expect(engine.outputs.value).toBe("handed in");
    expect(server.calls).toEqual([]);
  });

  it("needs nothing afterwards, with or without `adopt` in the program, and no request is sent", async () => {
    const { server, engine } = occupied();
    await engine.up(adopt);
    server.calls.length = 0;
    expect(await engine.up(adopt)).toBe("same");
    expect(await engine.up({})).toBe("update");
    expect(await engine.up({})).toBe("same");
    expect(server.calls).toEqual([]);
    expect(server.live).toEqual(["key-1"]);
  });

  it("that differs from the program stays as it is, and a warning lists the differences", async () => {
    const { engine } = occupied();
    const asked = { ...adopt, name: "billing", permissions: ["write"] };
    await engine.up(asked);
    expect(engine.outputs).toMatchObject({ name: "handmade", permissions: ["read"] });
    expect(engine.warnings).toEqual([
      'The Acme key "billing" was taken over as it is, but the program asks for something else in: name, permissions. To apply the program, change rotation.triggers.',
    ]);
    expect(await engine.up(asked)).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up(asked)).toBe("same");
  });

  it("that differs from the program matches it after a rotation", async () => {
    const { server, engine } = occupied();
    await engine.up({ ...renew(1), permissions: ["write"] });
    expect(await engine.up({ ...renew(2), permissions: ["write"] })).toBe("replace");
    expect(server.key("key-2").fields).toMatchObject({ name: "ci-0000002", permissions: ["write"] });
    expect(engine.outputs).not.toHaveProperty("asked");
  });

  it("is found at its own address where the list does not hold it", async () => {
    const { server, engine } = occupied(applications);
    server.list = async () => [];
    const adoptable = { adopt: "123e4567-e89b-12d3-a456-426614174009" };
    expect((await failure(engine.up(adoptable))).code).toBe("KEY_CONFLICT");
    expect(server.calls).toEqual([`get ${adoptable.adopt}`]);
  });

  it("is the one at a singleton's place", async () => {
    const { server, engine } = occupied(sendkit);
    await engine.up({ ...adopt, adoptValue: "canary-value-1" });
    expect(server.calls).toEqual(["get"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-1", value: "canary-value-1" });
  });

  it("is revoked by destroy like any other", async () => {
    const { server, engine } = occupied();
    await engine.up(adopt);
    await engine.destroy();
    expect(server.live).toEqual([]);
  });
});

describe("a key that cannot be adopted", () => {
  it("because it is revoked is an error, and no key is created", async () => {
    const { server, engine } = occupied(
      parse({ ...acme(), fields: { ...acme().fields, active: { type: "boolean" } } }),
    );
    Object.assign(server.key("key-1").fields, { active: false });
    expect((await failure(engine.up(adopt))).message).toBe(
      'The Acme key "ci-0000001" cannot be taken over: key key-1 is revoked. Name a key that works, or remove `adopt` to create one.',
    );
    expect(server.calls).toEqual(["list"]);
  });

  it("because no key has that id is an error, and no key is created", async () => {
    const { server, engine } = occupied();
    expect(await failure(engine.up({ adopt: "key-9" }))).toMatchObject({
      code: "KEY_CONFLICT",
      message:
        'The Acme key "ci-0000001" cannot be taken over: there is no key key-9. It may have been rotated or revoked since. Correct `adopt`, or remove it to create a key.',
    });
    expect(server.calls).toEqual(["list"]);
  });

  it("because another one is at a singleton's place is an error that names it", async () => {
    const { engine } = occupied(sendkit);
    expect((await failure(engine.up({ adopt: "key-9" }))).message).toBe(
      'The SendKit key "ci-0000001" cannot be taken over: there is no key key-9; the one that exists is key-1. ' +
        "It may have been rotated or revoked since. Correct `adopt`, or remove it to create a key.",
    );
  });
});

describe("the rotation of an adopted key", () => {
  it("creates a new key before it revokes the old one, although the program still says `adopt`", async () => {
    const { server, engine } = occupied();
    await engine.up(renew(1));
    server.calls.length = 0;
    expect(await engine.up(renew(2))).toBe("replace");
    expect(server.calls).toEqual(["create", "revoke key-1"]);
    expect(server.live).toEqual(["key-2"]);
    expect(engine.outputs.value).toBe("canary-value-2");
    expect(await engine.up(renew(2))).toBe("same");
    expect(await engine.up(renew(3))).toBe("replace");
    expect(server.live).toEqual(["key-3"]);
  });

  it("creates a new key where `adopt` came into the program later, for the key that it has", async () => {
    const { server, engine } = occupied();
    await engine.up({ rotation: { triggers: { version: 1 } } });
    expect(await engine.up({ adopt: "key-2", rotation: { triggers: { version: 2 } } })).toBe("replace");
    expect(server.live).toEqual(["key-1", "key-3"]);
  });

  it("creates a new key in place of a revoked one", async () => {
    const { server, engine, world } = occupied(
      parse({ ...acme(), fields: { ...acme().fields, active: { type: "boolean" } } }),
    );
    await engine.up(adopt);
    server.key("key-1").fields.active = false;
    await engine.refresh();
    expect(await engine.up(adopt)).toBe("replace");
    expect(server.key("key-2").live).toBe(true);
    expect(world.memory.takenOver.size).toBe(0);
  });

  it("at a singleton's place revokes the old key first", async () => {
    const { server, engine } = occupied(sendkit);
    await engine.up(renew(1));
    server.calls.length = 0;
    await engine.up(renew(2));
    expect(server.calls).toEqual(["get", "revoke key-1", "get", "create"]);
    expect(server.live).toEqual(["key-2"]);
  });
});

describe("another key to adopt", () => {
  it("replaces the one before, which is revoked", async () => {
    const { server, engine } = occupied();
    server.issue({}, { name: "second" });
    await engine.up(adopt);
    expect(await engine.up({ adopt: "key-2" })).toBe("replace");
    expect(engine.outputs.keyId).toBe("key-2");
    expect(server.live).toEqual(["key-2"]);
  });
});

it("a replacement without a diff before it, as with --replace, adopts the key again and does not revoke it", async () => {
  const { world, server, engine } = occupied();
  await engine.up(adopt);
  const { outputs } = engine;
  const inputs: Properties = check(world, {}, program(world.definition, adopt)).inputs;
  await create(world, inputs);
  expect(await remove(world, outputs)).toEqual([
    'The Acme key "handmade" (key-1) was taken over by another resource or a replacement, so it was not revoked. ' +
      "To make a new key, change rotation.triggers.",
  ]);
  expect(server.live).toEqual(["key-1"]);
});

it("an adopted key that differs only in the name that we generated causes no warning", async () => {
  const { engine, server } = occupied(xentree);
  const key = server.issue({}, theirs);
  Object.assign(key, { id: "497f6eca-6276-4993-bfeb-53cbbbba6f08" });
  await engine.up({ adopt: key.id });
  expect(engine.warnings).toEqual([]);
  expect(engine.outputs).toMatchObject({ name: "handmade", autonamed: true, asked: { name: "ci-0000001" } });
});
