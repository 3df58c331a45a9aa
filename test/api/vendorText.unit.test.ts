import * as lifecycle from "../support/lifecycle/lifecycle";
import { created, failure, ModelEngine } from "../support/lifecycle/modelEngine";
import { ModelWorld } from "../support/lifecycle/world";
import { acme, parse, sendkit, xentree } from "../support/vendor/definitions";

/** What a vendor could call a thing, to clear the screen, forge a line, turn the text around or hide what follows. */
const evil = `evil\u001b[2J\u009b31m\r\nerror: forged\u202e<{%`;

/** Fails where a text could act on a terminal or on the engine, or does not tell of the thing at all. */
function expectHarmless(text: string | undefined): void {
  expect(text).toContain("evil");
  expect(text).not.toMatch(/\p{Cc}|\p{Cf}|<\{%/u);
}

function begun(definition = parse(acme())) {
  const world = new ModelWorld(definition);
  return { world, server: world.server, engine: new ModelEngine(world) };
}

describe("text from the vendor is printed without control of the terminal:", () => {
  it("the id of the key in the place of one that was to be adopted", async () => {
    const { engine, server } = begun(sendkit);
    Object.assign(server.issue({ workspaceId: "ws_production" }, {}), { id: evil });
    expectHarmless((await failure(engine.up({ adopt: "other" }))).message);
  });

  it("the id of a revoked key that was to be adopted", async () => {
    const fields = { ...acme().fields, active: { type: "boolean" } } as const;
    const { engine, server } = begun(parse({ ...acme(), fields }));
    Object.assign(server.issue({}, {}), { id: evil }).fields.active = false;
    expectHarmless((await failure(engine.up({ adopt: evil }))).message);
  });

  it("the id of a key that was to be adopted and does not exist", async () => {
    expectHarmless((await failure(begun().engine.up({ adopt: evil }))).message);
  });

  it("the id of the key in the place where one was to be created", async () => {
    const { engine, server } = begun(sendkit);
    Object.assign(server.issue({ workspaceId: "ws_production" }, {}), { id: evil });
    const { message } = await failure(engine.up());
    expectHarmless(message);
    expect(message.match(/evil/g)).toHaveLength(2);
  });

  it("the ids of keys that may be somebody else's after a lost create", async () => {
    const { engine, server } = begun();
    Object.assign(server.issue({}, { name: "ci" }), { id: evil });
    server.createFaults = ["lost before commit"];
    expectHarmless((await failure(engine.up({ name: "ci" }))).message);
  });

  it("the id of an adopted key that is not revoked", async () => {
    const { engine, world } = await created(parse(acme()));
    world.memory.takenOver.add(evil);
    const [notice] = await lifecycle.remove(world, { ...engine.outputs, keyId: evil });
    expectHarmless(notice);
  });

  it("the id of a colleague's key that is left alone", async () => {
    const { engine, server } = await created(sendkit);
    server.key("key-1").live = false;
    Object.assign(server.issue({ workspaceId: "ws_production" }, {}), { id: evil });
    expectHarmless(await engine.destroy());
  });

  it.each(["recorded", "present"])("the %s tenant", async (which) => {
    const { engine, server, world } = await created(xentree);
    if (which === "present") world.behind.xentree = server.as(evil);
    else server.key("key-1").live = false;
    const outputs = which === "recorded" ? { ...engine.outputs, tenantId: evil } : engine.outputs;
    expectHarmless((await failure(lifecycle.read(world, "1", outputs))).message);
  });

  it("the name that it gave a key, in every message about that key", async () => {
    const { engine, server } = begun();
    server.accept = (fields) => ({ ...fields, name: evil });
    await engine.up();
    server.origin = "https://elsewhere.example";
    expectHarmless((await failure(engine.destroy())).message);
  });

  it("the id under which the engine knows a key that has no state", async () => {
    expectHarmless((await failure(lifecycle.read(begun().world, evil, {}))).message);
  });
});
