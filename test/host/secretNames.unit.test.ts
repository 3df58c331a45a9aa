import { created, failure } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { withFields } from "../support/vendor/deviating";

const seed = "seed-that-nobody-may-read";

describe("a secret that a program sends", () => {
  const definition = () =>
    withFields({ seed: { input: "optional", secret: true }, note: { input: "optional" } });

  it("stays as the program sets it, however the vendor masks it, and is no drift", async () => {
    const { engine, server } = await created(definition(), { seed });
    for (const masked of ["****", "", null]) {
      server.tell = (fields) => ({ ...fields, seed: masked });
      expect(await engine.refresh()).toBe("same");
    }
    expect(engine.outputs.seed).toBe(seed);
    expect(await engine.up({ seed })).toBe("same");
  });

  it("and that the response to create masks is not reported as changed", async () => {
    const { engine, server } = await created(definition());
    server.accept = (fields) => ({ ...fields, seed: "****" });
    await engine.up({ seed });
    expect(engine.warnings).toEqual([]);
    expect(engine.outputs.seed).toBe(seed);
    expect(engine.outputs).not.toHaveProperty("asked");
  });

  it("leads to a replacement when it changes", async () => {
    const { engine } = await created(definition(), { seed });
    expect(await engine.up({ seed: `${seed}-2` })).toBe("replace");
  });

  it("is not in the note of a create in progress", async () => {
    const { world, engine, server } = await created(definition());
    server.createFaults = ["lost before commit", "lost before commit"];
    await failure(engine.up({ seed }));
    const [noted] = world.noted;
    expect(noted).toMatchObject({ service: "acme" });
    expect(JSON.stringify(noted)).not.toContain(seed);
  });

  it("is not in the clear in `asked` when something else is not as asked", async () => {
    const { engine, server } = await created(definition());
    server.accept = (fields) => ({ ...fields, note: "NOTE" });
    await engine.up({ seed, note: "note" });
    expect(engine.outputs.asked).toEqual({ note: "note" });
  });
});

describe("a second secret, which the vendor shows once with the value,", () => {
  const definition = () => withFields({ pin: { secret: true } });

  /** A key of a vendor that answers a create with a pin. */
  async function pinned(args = {}) {
    const bench = await created(definition());
    const create = bench.server.create.bind(bench.server);
    bench.server.create = async (...asked) => {
      const key = await create(...asked);
      return { ...key, fields: { ...key.fields, pin: `pin-of-${key.id}` } };
    };
    await bench.engine.destroy();
    await bench.engine.up(args);
    return bench;
  }

  it("is kept through refreshes that mask it, and through updates", async () => {
    const { engine, server } = await pinned();
    for (const pin of ["****", "", null, undefined]) {
      server.tell = (fields) => ({ ...fields, pin });
      expect(await engine.refresh()).toBe("same");
    }
    await engine.up({ rotation: { every: "30d" } });
    expect(engine.outputs.pin).toBe("pin-of-key-2");
  });

  it("is the new key's after a renewal", async () => {
    const { engine } = await pinned(weekly(1));
    await engine.up(weekly(2));
    expect(engine.outputs).toMatchObject({ pin: "pin-of-key-3", previousValue: "canary-value-2" });
  });
});

describe("a write-only field", () => {
  const definition = () => withFields({ comment: { input: "optional", writeOnly: true } });

  it("stays as the program sets it, whatever the vendor returns", async () => {
    const { engine, server } = await created(definition());
    server.accept = (fields) => ({ ...fields, comment: "" });
    await engine.up({ comment: "for CI" });
    expect(engine.warnings).toEqual([]);
    expect(await engine.refresh()).toBe("same");
    expect(engine.outputs.comment).toBe("for CI");
    expect(await engine.up({ comment: "for CI" })).toBe("same");
    expect(await engine.up({ comment: "for CD" })).toBe("replace");
  });
});
