import { checked, created, failure, ModelEngine } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { ModelWorld } from "../support/lifecycle/world";
import { acme, parse, xentree } from "../support/vendor/definitions";
import { withFields } from "../support/vendor/deviating";

type Fields = Record<string, unknown>;

const renamed = (fields: Fields) => ({ ...fields, name: "client" });
const cut = (fields: Fields) => ({ ...fields, name: String(fields.name).slice(0, 5) });

/** A vendor whose keys are renewed in place, under another id. */
function rotating() {
  const { operations, fields, ...rest } = acme();
  const rotate = { path: "/v1/keys/{keyId}/rotate" };
  return parse({
    ...rest,
    fields: { ...fields, createdAt: {} },
    operations: { ...operations, rotate },
  });
}

describe("a rotation with overlap leaves alone a colleague's key that is called as", () => {
  it("the adopted one, whose name the program does not say", async () => {
    const world = new ModelWorld(withFields({}));
    const engine = new ModelEngine(world);
    for (let made = 0; made < 2; made++) world.server.issue({}, { name: "ci" });
    await engine.up({ adopt: "key-1", ...weekly(1) });
    for (const version of [2, 3]) await engine.up({ adopt: "key-1", ...weekly(version) });
    expect(world.server.live).toContain("key-2");
    expect(engine.outputs.name).toBe("ci-0000001");
  });

  it("ours since a colleague renamed it, and names the new one as we made it up", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    server.key("key-1").fields.name = "theirs";
    server.issue({}, { name: "theirs" });
    await engine.refresh();
    expect(engine.outputs).toMatchObject({ name: "theirs", asked: { name: "ci-0000001" } });
    await engine.up(weekly(2));
    expect(server.live).toEqual(["key-1", "key-2", "key-3"]);
    expect(engine.outputs.name).toBe("ci-0000001");
  });

  it.each([
    ["the vendor renames all keys", renamed],
    ["the vendor cuts names", cut],
  ])("ours where %s, and tells of it where it may be a stray", async (_, accept) => {
    const world = new ModelWorld(withFields({}));
    const { server } = world;
    server.accept = accept;
    server.issue({}, { name: "ci-0000009" });
    world.time += 3_600_000;
    const engine = new ModelEngine(world);
    await engine.up(weekly(1));
    server.issue({}, { name: "ci-0000008" });
    await engine.up(weekly(2));
    expect(server.live).toEqual(["key-1", "key-2", "key-3", "key-4"]);
    expect(engine.warnings.join("\n")).toMatch(/^Key key-3 beside .* revoke what nobody uses\./m);
  });

  it("ours by a state of an earlier version, which took its name from the vendor", async () => {
    const { engine, server } = await created(xentree, weekly(1));
    const { outputs, inputs, ...resource } = engine.known();
    engine.state = { ...resource, outputs: { ...outputs, name: "ci" }, inputs: { ...inputs, name: "ci" } };
    server.issue({}, { name: "ci" });
    await engine.up(weekly(2));
    expect(server.live).toEqual(["key-1", "key-2", "key-3"]);
  });
});

it.each([
  ["the vendor renames all keys", renamed],
  ["the vendor cuts names", cut],
])("a lost create is only told of where %s", async (_, accept) => {
  const world = new ModelWorld(withFields({}));
  const { server } = world;
  const engine = new ModelEngine(world);
  server.accept = accept;
  server.lagMs = Number.POSITIVE_INFINITY;
  server.createFaults = ["lost after commit"];
  await engine.up();
  server.catchUp();
  server.issue({}, { name: "ci-0000007" });
  server.catchUp();
  await engine.up();
  expect(engine.warnings.join("\n")).toMatch(/^Key key-1, key-3 beside .* revoke what nobody uses\./m);
  expect(server.live).toEqual(["key-1", "key-2", "key-3"]);
});

it("a lost renewal in place of an adopted key leaves alone a colleague's of the same name", async () => {
  const world = new ModelWorld(rotating());
  const { server } = world;
  const engine = new ModelEngine(world);
  for (let made = 0; made < 2; made++) server.issue({}, { name: "ci" });
  const program = (version: number) => ({ adopt: "key-1", rotation: { triggers: { version } } });
  await engine.up(program(1));
  server.rotateFaults = ["lost after commit"];
  expect((await failure(engine.up(program(2)))).message).toContain("Key key-2 is there under its name");
  expect(server.live).toEqual(["key-1", "key-2"]);
});

it("a name that state took from the vendor is not called made up", async () => {
  const bench = await created(xentree);
  const { inputs, ...resource } = bench.engine.known();
  bench.engine.state = { ...resource, inputs: { ...inputs, name: "ci" } };
  expect(checked(bench, {}).inputs).not.toHaveProperty("autonamed");
});
