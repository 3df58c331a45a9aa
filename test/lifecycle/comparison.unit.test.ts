import { instantText } from "../../provider/base/time";
import { readInputs } from "../../provider/lifecycle";
import { check, diff, type Properties } from "../support/lifecycle/lifecycle";
import { created, program } from "../support/lifecycle/modelEngine";
import { day, ModelWorld, start } from "../support/lifecycle/world";
import { xentree } from "../support/vendor/definitions";

/** What a preview of these arguments would leave to the engine's own comparison. */
function plan({ world, engine }: Awaited<ReturnType<typeof created>>, args: Properties) {
  const { inputs } = check(world, engine.known().inputs, program(world.definition, args));
  return { inputs, ...diff(world, engine.outputs, inputs) };
}

describe("a renewal that the inputs alone do not show", () => {
  const margin = { rotation: { beforeExpiry: "14d" } };

  /** A key whose expiry is the vendor's own choice. */
  async function expiringAfter(days: number) {
    const bench = await created(xentree, margin);
    bench.server.accept = (fields) => ({ expiresAt: instantText(start + days * day), ...fields });
    await bench.engine.destroy();
    await bench.engine.up(margin);
    return bench;
  }

  it.each([
    ["as it was created", margin],
    ["once its records were written anew", { ...margin, connection: "second" }],
  ])("happens ahead of the expiry that the vendor chose, %s", async (_, args) => {
    const bench = await expiringAfter(60);
    await bench.engine.up(args);
    bench.world.time = start + 46 * day;
    const { changes, visible, replaces } = plan(bench, args);
    expect({ changes, visible, replaces }).toEqual({ changes: true, visible: false, replaces: ["dueAt"] });
    expect(await bench.engine.up(args)).toBe("replace");
  });

  it("does not happen a moment before", async () => {
    const bench = await expiringAfter(60);
    bench.world.time = start + 46 * day - 1_000;
    expect(await bench.engine.up(margin)).toBe("same");
  });

  it("happens when the outputs are ahead of the inputs, though the program has not changed", async () => {
    const bench = await created(xentree, { permissions: ["read"] });
    // As after an update that failed half way and was then refreshed.
    const { inputs, outputs, ...resource } = bench.engine.known();
    bench.engine.state = { ...resource, inputs, outputs: { ...outputs, permissions: ["write"] } };
    expect(await bench.engine.up({ permissions: ["read"] })).toBe("replace");
    expect(bench.engine.outputs.permissions).toEqual(["read"]);
  });
});

describe("what the engine's own comparison shows", () => {
  const keyInputs = (properties: Properties) => readInputs({ service: "xentree", ...properties });
  const overlapping = (version: number) => ({ rotation: { overlap: "7d", triggers: { version } } });

  it("is left to it when the inputs differ, whatever the order of their names", async () => {
    const bench = await created(xentree, overlapping(1));
    const { inputs } = check(bench.world, bench.engine.known().inputs, program(xentree, overlapping(2)));
    const reversed = Object.fromEntries(Object.entries(inputs).toReversed());
    expect(diff(bench.world, bench.engine.outputs, reversed)).toMatchObject({ changes: true, visible: true });
  });

  it.each([
    ["only other inputs were compared", ["none of these"]],
    ["they are as they were", ["same"]],
    ["another resource of the same inputs had them before", ["other", "same"]],
    ["this one had them before, and another did not", ["same", "other"]],
  ])("is not left to it when %s", (_, compared) => {
    const world = new ModelWorld();
    const inputs = { name: "billing", rotation: { overlap: "7d" } };
    const olds: Record<string, Properties> = { same: inputs, other: {} };
    for (const which of compared) {
      world.memory.noteComparison("ci", keyInputs(olds[which] ?? {}), keyInputs(olds[which] ? inputs : {}));
    }
    expect(world.memory.engineSeesDifference(keyInputs(inputs))).toBe(false);
  });

  it("is left to it within refresh, which compares nothing before and does nothing after", () => {
    expect(new ModelWorld().memory.engineSeesDifference(keyInputs({ name: "billing" }))).toBe(true);
  });
});
