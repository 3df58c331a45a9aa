import { check, remove } from "../support/lifecycle/lifecycle";
import { created, program } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { acme, parse, writtenAs } from "../support/vendor/definitions";

/** The definition that a vendor was asked by. */
async function asked() {
  const typo = parse({ ...acme(), docs: "https://typo.example" });
  const corrected = parse({ ...acme(), docs: "https://corrected.example" });
  const bench = await created(typo, weekly(1));
  const used: (string | undefined)[] = [];
  const vendor = bench.world.vendor;
  bench.world.vendor = (definition, connection) => {
    used.push(definition.docs);
    return vendor(definition, connection);
  };
  return { ...bench, used, definition: writtenAs(corrected) };
}

describe("a corrected definition", () => {
  it("is used by a rotation with overlap, and by the revocation of the previous key", async () => {
    const { engine, server, world, used, definition } = await asked();
    await engine.up({ definition, ...weekly(2) });
    world.time += 8 * day;
    await engine.up({ definition, ...weekly(2) });
    expect(server.live).toEqual(["key-2"]);
    expect(new Set(used)).toEqual(new Set(["https://corrected.example"]));
  });

  it("is used by the revocation of a replaced key", async () => {
    const { engine, server, used, definition } = await asked();
    await engine.up({ definition, rotation: { triggers: { version: 2 } } });
    expect(server.live).toEqual(["key-2"]);
    expect(new Set(used)).toEqual(new Set(["https://corrected.example"]));
  });

  it("helps out of a state whose own definition has mistakes by now", async () => {
    const { engine, server, definition } = await asked();
    const { outputs, ...rest } = engine.known();
    engine.state = { ...rest, outputs: { ...outputs, definition: { ...acme(), kind: "neither" } } };
    await engine.up({ definition, ...weekly(2) });
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(engine.outputs.definition).toEqual(definition);
  });

  it("is not used for a key that leaves where the program has two under one name", async () => {
    const { engine, world, used, definition } = await asked();
    const other = writtenAs(parse({ ...acme(), docs: "https://other.example" }));
    for (const one of [definition, other]) check(world, {}, program(world.definition, { definition: one }));
    used.length = 0;
    await remove(world, engine.outputs);
    expect(new Set(used)).toEqual(new Set(["https://typo.example"]));
  });
});
