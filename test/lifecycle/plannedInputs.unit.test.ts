import { instantText } from "../../provider/base/time";
import { unknownValue } from "../../provider/base/unknown";
import { diff } from "../support/lifecycle/lifecycle";
import { checked, created, failure } from "../support/lifecycle/modelEngine";
import { refused, weekly } from "../support/lifecycle/overlap";
import { day, start } from "../support/lifecycle/world";
import { xentree } from "../support/vendor/definitions";

const dateAfter = (days: number) => instantText(start + days * day);

describe("what a plan shows of a renewal with overlap", () => {
  const monthly = { rotation: { every: "30d", overlap: "7d" } };

  it("that is new: the first generation, and when the next is due", async () => {
    const { engine } = await created(xentree, monthly);
    expect(engine.known().inputs).toMatchObject({
      generation: 1,
      rotatedAt: dateAfter(0),
      dueAt: dateAfter(30),
    });
    expect(engine.known().inputs).not.toHaveProperty("previousRevokeAt");
  });

  it("that is due: the next generation, until when it is good, and until when the previous one is", async () => {
    const bench = await created(xentree, monthly);
    bench.world.time = start + 31 * day;
    const { inputs, failures } = checked(bench, monthly);
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({
      generation: 2,
      rotatedAt: dateAfter(31),
      anchorAt: dateAfter(30),
      dueAt: dateAfter(60),
      previousRevokeAt: dateAfter(38),
    });
    expect(diff(bench.world, bench.engine.outputs, inputs)).toMatchObject({
      changes: true,
      visible: true,
      replaces: [],
    });
  });

  it("that comes of an argument: the same", async () => {
    const bench = await created(xentree, { permissions: ["read"], ...weekly(1) });
    expect(checked(bench, { permissions: ["write"], ...weekly(1) }).inputs).toMatchObject({ generation: 2 });
  });

  it.each([
    ["another lifetime", { expiresIn: "60d" }, { expiresIn: "90d" }],
    ["no lifetime any more", { expiresIn: "60d" }, {}],
    ["an earlier expiry", { expiresAt: dateAfter(90) }, { expiresAt: dateAfter(60) }],
  ])("that comes of %s: the same, and it is made", async (_, before, after) => {
    const bench = await created(xentree, { ...before, ...weekly(1) });
    expect(checked(bench, { ...after, ...weekly(1) }).inputs).toMatchObject({ generation: 2 });
    await bench.engine.up({ ...after, ...weekly(1) });
    expect(bench.engine.outputs.generation).toBe(2);
    expect(await bench.engine.up({ ...after, ...weekly(1) })).toBe("same");
  });

  it.each([
    ["the same lifetime in another unit", { expiresIn: "60d" }, { expiresIn: "1440h" }],
    ["the date that the lifetime came to", { expiresIn: "60d" }, { expiresAt: dateAfter(60) }],
  ])("that does not come of %s: nothing", async (_, before, after) => {
    const bench = await created(xentree, { ...before, ...weekly(1) });
    expect(checked(bench, { ...after, ...weekly(1) }).inputs).toMatchObject({ generation: 1 });
    await bench.engine.up({ ...after, ...weekly(1) });
    expect(bench.server.live).toEqual(["key-1"]);
  });

  it("that comes of triggers which are not known yet: the next generation as well", async () => {
    const bench = await created(xentree, weekly(1));
    const { inputs } = checked(bench, { rotation: { overlap: "7d", triggers: { version: unknownValue } } });
    expect(inputs).toMatchObject({
      generation: 2,
      previousRevokeAt: instantText(bench.world.time + 7 * day),
    });
    expect(diff(bench.world, bench.engine.outputs, inputs)).toMatchObject({ visible: true, replaces: [] });
  });

  it.each([
    ["overlap", { rotation: { overlap: unknownValue, triggers: { version: 1 } } }],
    ["lifetime", { expiresIn: unknownValue, ...weekly(1) }],
    ["whole rotation", { rotation: unknownValue }],
  ])("whose %s is not known yet: no date and no generation that may turn out wrong", async (_, args) => {
    const { inputs } = checked(await created(xentree, weekly(1)), args);
    for (const name of ["generation", "dueAt", "previousRevokeAt"]) expect(inputs).not.toHaveProperty(name);
  });

  it("that revokes at once: no time until which the previous key is good", async () => {
    const bench = await created(xentree, weekly(1));
    expect(checked(bench, weekly(2, { revokeNow: true })).inputs).not.toHaveProperty("previousRevokeAt");
  });

  it("that was made: the previous key's time, until it has come", async () => {
    const bench = await created(xentree, weekly(1));
    await bench.engine.up(weekly(2));
    const { previousRevokeAt } = bench.engine.outputs;
    expect(checked(bench, weekly(2)).inputs).toMatchObject({ generation: 2, previousRevokeAt });
    bench.world.time += 7 * day;
    const { inputs } = checked(bench, weekly(2));
    expect(inputs).not.toHaveProperty("previousRevokeAt");
    expect(diff(bench.world, bench.engine.outputs, inputs)).toMatchObject({ changes: true, visible: true });
  });

  it("is told to the engine though the inputs lag behind the outputs, and look as they did", async () => {
    const bench = await created(xentree, weekly(1));
    bench.server.failing.revoke = refused;
    await failure(bench.engine.up(weekly(2, { revokeNow: true })));
    bench.server.failing = {};
    await bench.engine.refresh();
    // The program goes back to what the state's inputs say, and the outputs are ahead of them.
    const { inputs } = checked(bench, weekly(1));
    expect(inputs).toEqual(bench.engine.known().inputs);
    expect(diff(bench.world, bench.engine.outputs, inputs)).toMatchObject({ changes: true, visible: false });
    await bench.engine.up(weekly(1));
    expect(bench.engine.outputs).toMatchObject({ generation: 3, rotation: weekly(1).rotation });
    expect(await bench.engine.up(weekly(1))).toBe("same");
    expect(await bench.engine.up(weekly(2))).toBe("update");
    expect(bench.engine.outputs.generation).toBe(4);
  });

  it("keeps a date that is pinned with ignoreChanges", async () => {
    const bench = await created(xentree, monthly);
    bench.world.time = start + 31 * day;
    const pinned = { ...monthly, dueAt: dateAfter(30) };
    expect(await bench.engine.up(pinned)).toBe("same");
    expect(await bench.engine.up({ permissions: ["read"], ...pinned })).toBe("update");
    expect(bench.engine.known().inputs.dueAt).toBe(dateAfter(30));
  });
});
