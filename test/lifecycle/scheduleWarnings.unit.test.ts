import { instantText } from "../../provider/base/time";
import * as resource from "../../provider/host/resource";
import type { Properties } from "../support/lifecycle/lifecycle";
import { checked, created, failure, program } from "../support/lifecycle/modelEngine";
import { refused, renewed, weekly } from "../support/lifecycle/overlap";
import { day, start } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

const dateAfter = (days: number) => instantText(start + days * day);

describe("a singleton's renewal", () => {
  const gap = expect.stringContaining(
    "is renewed by revoking the old one first, because there is room for one only: whatever uses it fails until it has the new value",
  );
  const triggered = (version: number) => ({ rotation: { triggers: { version } } });

  it.each<[string, Properties, Properties, number]>([
    ["of a trigger", triggered(1), triggered(2), 0],
    ["of a period", { rotation: { every: "30d" } }, { rotation: { every: "30d" } }, 30],
    ["of a changed argument", { name: "one" }, { name: "two" }, 0],
    ["of a move", {}, { workspaceId: "ws_staging" }, 0],
  ])(
    "that comes %s says in preview and in up that there is a gap, once each",
    async (_, before, after, days) => {
      const bench = await created(sendkit, before);
      bench.world.time += days * day;
      expect(checked(bench, after).warnings).toEqual([gap]);
      expect(await bench.engine.up(after)).toBe("replace");
      expect(bench.engine.warnings).toEqual([gap]);
      expect(await bench.engine.up(after)).toBe("same");
      expect(bench.engine.warnings).toEqual([]);
    },
  );

  it("says nothing of a gap where the key opens nothing any more", async () => {
    const definition = parse({
      ...acme(),
      kind: "singleton",
      fields: { ...acme().fields, active: { type: "boolean" } },
      operations: {
        ...acme().operations,
        list: undefined,
        get: { method: "GET", path: "/v1/keys", evidence: "assumed" },
        revoke: { method: "DELETE", path: "/v1/keys", evidence: "assumed" },
      },
    });
    const bench = await created(definition);
    bench.server.key("key-1").fields.active = false;
    await bench.engine.refresh();
    expect(checked(bench, {}).warnings).toEqual([]);
    expect(await bench.engine.up()).toBe("replace");
  });

  it.each([xentree, applications])("is the only one that says so: $title has room", async (definition) => {
    const bench = await created(definition, triggered(1));
    expect(checked(bench, triggered(2)).warnings).toEqual([]);
  });

  it("that fails between the two leaves a state which the next up repairs", async () => {
    const { engine, server } = await created(sendkit, triggered(1));
    server.createFaults = [refused];
    await failure(engine.up(triggered(2)));
    expect(server.live).toEqual([]);
    expect(engine.known().pendingReplacement).toBe(true);
    expect(await engine.up(triggered(2))).toBe("replace");
    expect(server.live).toEqual(["key-2"]);
    expect(await engine.up(triggered(2))).toBe("same");
  });
});
describe("a key that expires soon and that nothing renews before", () => {
  const fixed = (days: number, warnBeforeExpiry?: string) => ({
    expiresAt: dateAfter(days),
    ...(warnBeforeExpiry !== undefined && { rotation: { warnBeforeExpiry } }),
  });
  const warning = (days: number) =>
    `xentree.ApiKey "ci": The key expires at ${dateAfter(days)}, and nothing renews it before. Set rotation.beforeExpiry with expiresIn, ` +
    'or a later expiresAt; rotation.warnBeforeExpiry: "off" silences this.';

  it.each<[string, Properties, number, boolean]>([
    ["fourteen days ahead by default", fixed(100), 86, true],
    ["no earlier", fixed(100), 85.9, false],
    ["as early as the program wants", fixed(100, "30d"), 70, true],
    ["no earlier than that", fixed(100, "30d"), 69.9, false],
    ["not at all where it is off", fixed(100, "off"), 99, false],
    ["not once it has expired: that is said in other words", fixed(100), 100, false],
    ["where a lifetime ends and nothing renews it before", { expiresIn: "100d" }, 90, true],
    [
      "not where beforeExpiry comes first",
      { expiresIn: "100d", rotation: { beforeExpiry: "5d" } },
      90,
      false,
    ],
    ["not where every comes first", { expiresAt: dateAfter(100), rotation: { every: "95d" } }, 90, false],
    ["where every comes too late", { expiresAt: dateAfter(100), rotation: { every: "105d" } }, 90, true],
  ])("is warned of by up and refresh %s", async (_, args, days, warns) => {
    const { engine, world } = await created(xentree, args);
    const said = () => engine.warnings.filter((text) => text.includes("nothing renews"));
    world.time = start + days * day;
    expect(await engine.up(args)).toBe("same");
    expect(said()).toEqual(warns ? [warning(100)] : []);
    await engine.refresh();
    expect(said()).toHaveLength(warns ? 1 : 0);
  });

  it("is not warned of when this very up renews it", async () => {
    const { engine, world } = await created(xentree, fixed(100));
    world.time = start + 90 * day;
    await engine.up(fixed(300));
    expect(engine.warnings).toEqual([]);
  });

  it("is warned of by refresh where the vendor chose the expiry", async () => {
    const { engine, server, world } = await created(xentree);
    server.key("key-1").fields.expiresAt = dateAfter(20);
    await engine.refresh();
    expect(engine.warnings).toEqual([]);
    world.time = start + 10 * day;
    await engine.refresh();
    expect(engine.warnings).toEqual([
      expect.stringContaining(`The Xentree key "ci-0000001" expires at ${dateAfter(20)}`),
    ]);
  });
});

describe("the end of an overlap", () => {
  it("is noted by the up that revokes the previous key, for a dependent may not have got the new one", async () => {
    const { engine, world } = await renewed();
    const notesOf = (args = weekly(2)) => {
      const { inputs, outputs } = engine.known();
      const news = resource.check(world, inputs, program(xentree, args)).inputs;
      return resource.diff(world, outputs, news).notices;
    };
    expect(notesOf()).toEqual([]);
    world.time += 7 * day;
    expect(notesOf()).toEqual([
      {
        severity: "info",
        message: expect.stringMatching(
          /^xentree\.ApiKey "ci": the overlap ended at 2026-\S+, so the previous key is revoked now\. If an update .* failed/,
        ),
      },
    ]);
    await engine.up(weekly(2));
    expect(notesOf()).toEqual([]);
  });

  it("is noted where a renewal needs its place before", async () => {
    const { engine, world } = await renewed();
    const news = resource.check(world, engine.known().inputs, program(xentree, weekly(3))).inputs;
    expect(resource.diff(world, engine.outputs, news).notices).toMatchObject([
      { message: expect.stringContaining("renewed again before the overlap ends at 2026-") },
    ]);
    await engine.up(weekly(3));
  });

  it("is noted by what was done, though the inputs in state lag behind it after a partial failure", async () => {
    const { engine, world } = await created(xentree, weekly(1));
    const before = engine.known().inputs;
    await engine.up(weekly(2));
    world.time += 8 * day;
    const news = resource.check(world, before, program(xentree, weekly(2))).inputs;
    expect(resource.diff(world, engine.outputs, news).notices).toMatchObject([
      { message: expect.stringContaining("the overlap ended at 2026-") },
    ]);
  });
});
