import { instantText } from "../../provider/base/time";
import { check } from "../support/lifecycle/lifecycle";
import { checked, created, ModelEngine, program } from "../support/lifecycle/modelEngine";
import { day, ModelWorld, start } from "../support/lifecycle/world";
import { xentree } from "../support/vendor/definitions";

const dateAfter = (days: number) => instantText(start + days * day);

describe("a renewal that comes late", () => {
  it.each([
    ["in place", { rotation: { every: "30d", overlap: "7d" } }, "update"],
    ["by replacement", { rotation: { every: "30d" } }, "replace"],
  ])("%s keeps to the old dates, however often", async (_, args, step) => {
    const { engine, world, server } = await created(xentree, args);
    for (const [late, next] of [
      [31, 60],
      [65, 90],
      [305, 330],
    ] as const) {
      world.time = start + late * day;
      expect(await engine.up(args)).toBe(step);
      expect(engine.outputs).toMatchObject({ rotatedAt: dateAfter(late), dueAt: dateAfter(next) });
      expect(await engine.up(args)).toBe("same");
      world.time = start + next * day - 1_000;
      expect(["same", "update"]).toContain(await engine.up(args));
      expect(engine.outputs.rotatedAt).toBe(dateAfter(late));
    }
    expect(server.keys).toHaveLength(4);
  });

  it("near the next date waits for the previous key's time, which was promised, and then keeps to the old dates", async () => {
    const args = { rotation: { every: "30d", overlap: "7d" } };
    const { engine, world, server } = await created(xentree, args);
    world.time = start + 59 * day;
    await engine.up(args);
    expect(engine.outputs.dueAt).toBe(dateAfter(66));
    expect(engine.known().inputs.dueAt).toBe(dateAfter(66));
    world.time = start + 66 * day - 1_000;
    expect(await engine.up(args)).toBe("same");
    expect(server.live).toEqual(["key-1", "key-2"]);
    world.time = start + 66 * day;
    expect(await engine.up(args)).toBe("update");
    expect(engine.warnings).toEqual([]);
    expect(server.live).toEqual(["key-2", "key-3"]);
    expect(engine.outputs).toMatchObject({ generation: 3, dueAt: dateAfter(90) });
    expect(engine.known().inputs.dueAt).toBe(dateAfter(90));
  });

  it("counts anew from a renewal that came of a trigger, early", async () => {
    const args = (version: number) => ({ rotation: { every: "30d", overlap: "7d", triggers: { version } } });
    const { engine, world } = await created(xentree, args(1));
    world.time = start + 10 * day;
    await engine.up(args(2));
    expect(engine.outputs).toMatchObject({ dueAt: dateAfter(40) });
    expect(engine.outputs).not.toHaveProperty("anchorAt");
  });

  it.each([
    ["in place", { overlap: "7d" }],
    ["by replacement", {}],
  ])("%s counts from the key's own beginning once the period is another", async (_, more) => {
    const { engine, world, server } = await created(xentree, { rotation: { every: "30d", ...more } });
    world.time = start + 40 * day;
    await engine.up({ rotation: { every: "30d", ...more } });
    expect(engine.outputs.dueAt).toBe(dateAfter(60));
    const longer = { rotation: { every: "31d", ...more } };
    await engine.up(longer);
    expect(engine.outputs.dueAt).toBe(dateAfter(71));
    expect(engine.outputs).not.toHaveProperty("anchorAt");
    world.time = start + 70 * day;
    await engine.up(longer);
    expect(server.keys).toHaveLength(2);
    world.time = start + 71 * day;
    await engine.up(longer);
    expect(server.keys).toHaveLength(3);
  });

  it("keeps to its dates when the same period is said in another unit", async () => {
    const { engine, world } = await created(xentree, { rotation: { every: "30d" } });
    world.time = start + 40 * day;
    await engine.up({ rotation: { every: "30d" } });
    const reworded = { rotation: { every: "720h" } };
    expect(await engine.up(reworded)).toBe("update");
    const { anchorAt, dueAt } = engine.outputs;
    expect([anchorAt, dueAt]).toEqual([dateAfter(30), dateAfter(60)]);
    expect(engine.known().inputs).toMatchObject({ anchorAt, dueAt });
    expect(await engine.up(reworded)).toBe("same");
  });

  it("hands its dates to its own successor alone, and to no other key of the same arguments", async () => {
    const monthly = { rotation: { every: "30d" } };
    const bench = await created(xentree, monthly);
    bench.world.time = start + 40 * day;
    checked(bench, monthly);
    const another = { ...program(xentree, monthly), logicalName: "deploy" };
    expect(check(bench.world, {}, another).inputs).toMatchObject({ dueAt: dateAfter(70) });
    expect(check(bench.world, {}, program(xentree, monthly)).inputs).toMatchObject({ dueAt: dateAfter(60) });
  });

  it("owes nothing because of a clock that stepped back, in place as well", async () => {
    const args = { rotation: { every: "30d", overlap: "7d" } };
    const { engine, world, server } = await created(xentree, args);
    world.time = start + 40 * day;
    await engine.up(args);
    server.calls.length = 0;
    world.time = start - 300 * day;
    expect(await engine.up(args)).toBe("same");
    expect(server.calls).toEqual([]);
  });
});
it("a key that is gone at the end of its lifetime leaves the state, and up makes another", async () => {
  const { engine, world, server } = await created(xentree, { expiresIn: "30d" });
  world.time = start + 31 * day;
  server.key("key-1").live = false;
  expect(await engine.refresh()).toBe("gone");
  expect(await engine.up({ expiresIn: "30d" })).toBe("create");
});

describe("beforeExpiry", () => {
  it.each([
    ["in place", { overlap: "7d" }, "update"],
    ["by replacement", {}, "replace"],
  ])("renews a lifetime ahead of its end, %s", async (_, more, step) => {
    const args = { expiresIn: "90d", rotation: { beforeExpiry: "14d", ...more } };
    const { engine, world, server } = await created(xentree, args);
    expect(engine.outputs.dueAt).toBe(dateAfter(76));
    world.time = start + 76 * day - 1_000;
    expect(await engine.up(args)).toBe("same");
    world.time = start + 76 * day;
    expect(await engine.up(args)).toBe(step);
    expect(server.key("key-2").fields.expiresAt).toBe(dateAfter(166));
    expect(engine.outputs.dueAt).toBe(dateAfter(152));
    expect(engine.warnings).toEqual([]);
  });

  it("renews in place ahead of an expiry that is the vendor's own choice", async () => {
    const args = { rotation: { beforeExpiry: "14d", overlap: "7d" } };
    const world = new ModelWorld(xentree);
    const engine = new ModelEngine(world);
    world.server.accept = (fields) => ({ expiresAt: instantText(world.time + 60 * day), ...fields });
    await engine.up(args);
    world.time = start + 46 * day - 1_000;
    expect(await engine.up(args)).toBe("same");
    world.time = start + 46 * day;
    expect(await engine.up(args)).toBe("update");
    expect(world.server.live).toEqual(["key-1", "key-2"]);
    expect(await engine.up(args)).toBe("same");
  });
});
