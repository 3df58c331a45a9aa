import { StackKey } from "../../../cli/stackKeys";
import { keyStatus, unfinishedReplacements } from "../../../cli/status/keys";
import { neededMs } from "../../../cli/status/outlook";
import { nextSentence, statusJson, statusTable } from "../../../cli/status/report";
import { resourceType } from "../../../provider/base/resourceType";
import { instantMs, instantText } from "../../../provider/base/time";
import { created, type ModelEngine } from "../../support/lifecycle/modelEngine";
import { day, type ModelWorld } from "../../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../../support/vendor/definitions";

const urn = `urn:pulumi:dev::project::${resourceType}::ci`;

/** What `status` says of the key that the engine has. */
async function statusIn(world: ModelWorld, engine: ModelEngine, looks = false, changed: object = {}) {
  const { inputs, outputs } = engine.known();
  return keyStatus(world, new StackKey(urn, inputs, { ...outputs, ...changed }), looks);
}

async function outlookIn(world: ModelWorld, engine: ModelEngine, looks = false) {
  const { outlook } = await statusIn(world, engine, looks);
  if (outlook === undefined) throw new Error("The key is not known.");
  return outlook;
}

const lives: readonly [string, typeof xentree, Record<string, unknown>][] = [
  ["a period", xentree, { rotation: { every: "30d" } }],
  ["a period with overlap", xentree, { rotation: { every: "30d", overlap: "7d" } }],
  ["a lifetime", xentree, { expiresIn: "90d" }],
  ["a lifetime with a margin", applications, { expiresIn: "90d", rotation: { beforeExpiry: "14d" } }],
  [
    "both, with overlap",
    applications,
    { expiresIn: "60d", rotation: { every: "45d", beforeExpiry: "10d", overlap: "5d" } },
  ],
  ["a period where there is room for one key", sendkit, { rotation: { every: "30d" } }],
  ["a vendor of one's own", parse(acme()), { rotation: { every: "2w", overlap: "1d" } }],
];

describe("the outlook of a key", () => {
  it.each(lives)("is what each up of its life then does, with %s", async (_, definition, args) => {
    const { world, engine, server } = await created(definition, args);
    for (let turn = 0; turn < 6; turn++) {
      server.calls.length = 0;
      const { now, next } = await outlookIn(world, engine);
      expect(server.calls).toEqual([]);
      expect(now).toEqual([]);
      if (next === undefined) throw new Error("Nothing is foreseen.");
      world.time = next.atMs - 1_000;
      expect(await engine.up(args)).toBe("same");
      world.time = next.atMs;
      const then = await outlookIn(world, engine);
      expect(then.now).toEqual(next.actions);
      expect(await engine.up(args)).toBe(
        next.actions.some(({ does }) => does === "replace") ? "replace" : "update",
      );
    }
  });

  it("has nothing in it for a key that nothing renews and that has no end", async () => {
    const { world, engine } = await created(xentree);
    const outlook = await outlookIn(world, engine);
    expect(outlook).toEqual({ now: [] });
    expect(neededMs(outlook, world.time)).toBeUndefined();
  });

  it("tells the end of a key that nothing renews: no up will see to it", async () => {
    const expiresAt = "2026-06-20T00:00:00Z";
    const { world, engine } = await created(xentree, { expiresAt });
    const outlook = await outlookIn(world, engine);
    expect(outlook).toEqual({ now: [], endsMs: instantMs(expiresAt) });
    expect(neededMs(outlook, world.time)).toBe(instantMs(expiresAt));
  });

  it("ends the overlap where the state says, and looks no further ahead than to the first step", async () => {
    const args = { rotation: { every: "30d", overlap: "7d" } };
    const { world, engine } = await created(xentree, args);
    world.time += 30 * day;
    expect((await outlookIn(world, engine)).now).toEqual([{ does: "renew", why: "it is due" }]);
    await engine.up(args);
    expect(await outlookIn(world, engine)).toEqual({
      now: [],
      next: {
        atMs: instantMs(engine.outputs.previousRevokeAt),
        actions: [{ does: "revoke-previous", why: "its overlap has ended" }],
      },
    });
  });

  it("sees with --refresh alone that a key was revoked, and that another is made", async () => {
    const { world, engine, server } = await created(xentree);
    Object.assign(server.key("key-1").fields, { active: false });
    expect((await outlookIn(world, engine)).now).toEqual([]);
    const seen = await statusIn(world, engine, true);
    expect(seen.known?.state.status).toBe("revoked");
    expect(seen.outlook?.now).toEqual([{ does: "replace", why: "it is revoked" }]);
    server.key("key-1").live = false;
    expect((await outlookIn(world, engine, true)).now).toEqual([
      { does: "create", why: "it is gone at the vendor" },
    ]);
  });

  it("says that the up fails where the vendor granted too short a life for the schedule", async () => {
    const args = { expiresIn: "90d", rotation: { beforeExpiry: "30d" } };
    const { world, engine } = await created(xentree, args);
    const granted = { expiresAt: instantText(world.time + 20 * day) };
    const { outlook } = await statusIn(world, engine, false, granted);
    expect(outlook?.now).toEqual([
      { does: "fail", why: expect.stringMatching(/^rotation\.beforeExpiry \(30d\) cannot be kept/) },
    ]);
  });

  it("is not told where the state cannot be read, and the reason is", async () => {
    const { world, engine } = await created(xentree);
    const { outlook, problem } = await statusIn(world, engine, false, { keyId: 7 });
    expect(outlook).toBeUndefined();
    expect(problem).toMatch(/keyId/);
  });
});

describe("an interrupted replacement", () => {
  it("leaves something to be done, which the next up does", () => {
    const at = (flags: object) => ({ urn, type: resourceType, inputs: {}, outputs: {}, ...flags });
    const resources = [
      at({}),
      at({ delete: true }),
      at({ pendingReplacement: true }),
      { urn, type: "x:y:Z", delete: true },
    ];
    expect(unfinishedReplacements({ resources, pending: [] }).map(({ outlook }) => outlook)).toEqual([
      { now: [{ does: "revoke-replaced" }] },
      { now: [{ does: "create", why: "it was deleted to be replaced" }] },
    ]);
  });
});

describe("the report of status", () => {
  it("has first what is needed first, in a table without values", async () => {
    const args = { expiresIn: "90d" };
    const { world, engine } = await created(xentree, args);
    const calm = await created(xentree);
    world.time += 80 * day;
    const [one, two] = [await statusIn(calm.world, calm.engine), await statusIn(world, engine)];
    const text = statusTable([one, two], world.time);
    expect(text.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["KEY", "SERVICE", "STATUS", "NEXT UP", "NEXT NEEDED", "EXPIRES"],
      [
        "ci",
        "xentree",
        "active",
        "nothing",
        expect.stringMatching(/^2026-08-30T\S+Z \(in \d+ days\): replaces it$/),
        expect.stringMatching(/^2026-08-30T\S+Z \(in \d+ days\)$/),
      ],
      ["ci", "xentree", "active", "nothing", "never", "-"],
      [""],
    ]);
    const parsed = JSON.parse(statusJson([one, two], world.time, false));
    expect(parsed.keys[0]).toMatchObject({
      name: "ci",
      service: "xentree",
      keyId: "key-1",
      now: [],
      next: { actions: [{ does: "replace" }] },
    });
    expect(text + statusJson([one, two], world.time, false)).not.toContain("canary");
    expect(nextSentence([one, two], world.time)).toMatch(
      /^The next `pulumi up` does nothing\. The first key needs something at 2026-08-30T/,
    );
    expect(nextSentence([one], world.time)).toBe("The next `pulumi up` does nothing, and no key needs one.");
    world.time += 30 * day;
    expect(nextSentence([await statusIn(world, engine)], world.time)).toBe(
      "The next `pulumi up` does something for 1 key. It is needed now.",
    );
  });
});
