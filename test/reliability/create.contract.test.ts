import type { FaultAction } from "../../sandbox";
import { failure } from "../support/lifecycle/modelEngine";
import { contractCases } from "../support/vendor/contractCases";
import { useSandbox } from "../support/vendor/sandbox";
import { Bench, keyApi } from "./bench";
import { losses } from "./losses";
import { sees, title } from "./matrix";

const { sandbox, send, passSeconds } = useSandbox();
const fixed = { name: "billing" };

describe.each(contractCases)("create at $title:", (row) => {
  const begin = (settings: Readonly<Record<string, unknown>> = {}) =>
    new Bench(row, sandbox(), send, settings);
  const onPost = (action: FaultAction, times = 1) =>
    sandbox().inject({ method: "POST", path: keyApi, action, times });
  const onLook = (action: FaultAction, { skip = 0, times = Number.POSITIVE_INFINITY } = {}) =>
    // A singleton's place is looked at before the POST as well.
    sandbox().inject({
      method: "GET",
      path: keyApi,
      skip: skip + (row.definition.kind === "singleton" ? 1 : 0),
      action,
      times,
    });
  /** What the vendor shows of keys while the one that was created is not there yet. */
  const none: FaultAction =
    row.definition.kind === "singleton"
      ? { kind: "respond", status: 404 }
      : { kind: "respond", status: 200, body: [] };

  it(title("create.refused"), async () => {
    const bench = begin();
    onPost({ kind: "respond", status: 422 });
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.refused"));
    expect(bench.engine.state).toBeUndefined();
    expect([bench.live(), bench.count("POST")]).toEqual([[], 1]);
  });

  it.each(losses)(`${title("create.lost")}: %s`, async (_, action) => {
    const bench = begin();
    onPost(action);
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.lost"));
    await bench.expectOne();
    expect(bench.count("POST")).toBe(2);
  });

  it.each(losses)(`${title("create.lost-twice")}: %s`, async (_, action) => {
    const bench = begin();
    onPost(action, 2);
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.lost-twice"));
    expect(bench.engine.state).toBeUndefined();
    expect([bench.live(), bench.count("POST")]).toEqual([[], 2]);
    await bench.up();
    await bench.expectOne();
  });

  it(title("create.reset"), async () => {
    const bench = begin();
    onPost({ kind: "reset" });
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.reset"));
    await bench.expectOne();
    expect(await bench.up()).toBe("update");
    expect(bench.engine.warnings).toEqual([]);
    expect(await bench.up()).toBe("same");
    await bench.expectOne();
  });

  it(title("create.reset-twice"), async () => {
    const bench = begin();
    onPost({ kind: "reset" }, 2);
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.reset-twice"));
    expect([bench.live(), bench.count("POST")]).toEqual([[], 2]);
  });

  it(title("create.lag"), async () => {
    const bench = begin({ listLagSeconds: 10 });
    onPost({ kind: "resetAfterCommit" });
    onLook(none, { times: 3 });
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.lag"));
    await bench.expectOne();
    expect(bench.count("GET")).toBe(bench.singleton ? 5 : 4);
  });

  it(title("create.lag-longer"), async () => {
    const bench = begin({ listLagSeconds: 10 });
    onPost({ kind: "resetAfterCommit" });
    onLook(none, { times: 5 });
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.lag-longer"));
    if (bench.singleton) {
      // The second POST was refused, for the first key was there after all.
      expect(bench.live()).toEqual([]);
    } else {
      expect(bench.live()).toHaveLength(2);
      expect(bench.live()).toContain(bench.engine.outputs.keyId);
    }
    await bench.up();
    await bench.expectOne();
    expect(await bench.up()).toBe("same");
  });

  it(title("create.blind"), async () => {
    const bench = begin();
    onPost({ kind: "resetAfterCommit" });
    onLook({ kind: "respond", status: 403 });
    const { code, message } = await failure(bench.up());
    expect(code).toBe("ORPHAN_SUSPECTED");
    expect(message).toMatch(sees("create.blind"));
    expect(message).toContain(`Look for a key named "${sandbox().keys(bench.vendor)[0]?.name}"`);
    expect([bench.live().length, bench.count("POST")]).toEqual([1, 1]);
  });

  it(title("create.fixed"), async () => {
    const bench = begin();
    onPost({ kind: "resetAfterCommit" });
    const seen = await bench.seen(() => bench.up(fixed));
    expect(seen).toMatch(sees("create.fixed"));
    expect(seen).toContain(`Look at key ${bench.live()[0]}:`);
    expect([bench.live().length, bench.count("POST")]).toEqual([1, 1]);
  });

  it(title("create.fixed-older"), async () => {
    const bench = begin({ now: () => Date.parse("2026-06-01T13:00:00Z") });
    if (bench.singleton) {
      const theirs = sandbox().createOutOfBand(bench.vendor, fixed);
      expect(await bench.seen(() => bench.up(fixed))).toMatch(sees("create.occupied"));
      expect(bench.live()).toEqual([theirs.id]);
      return;
    }
    const theirs = sandbox().createOutOfBand(bench.vendor, fixed);
    passSeconds(3_600);
    onPost({ kind: "reset" });
    expect(await bench.seen(() => bench.up(fixed))).toMatch(sees("create.fixed-older"));
    expect(bench.live()).toEqual([theirs.id, bench.engine.outputs.keyId]);
    expect(await bench.up(fixed)).toBe("update");
    expect(bench.engine.warnings).toEqual([]);
  });

  it(title("create.timeout"), async () => {
    const bench = begin({ attemptTimeoutSeconds: 1 });
    onPost({ kind: "hangAfterCommit" });
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.timeout"));
    await bench.expectOne();
  });

  it(title("create.mistake"), async () => {
    const bench = begin();
    const vendor = bench.world.vendor;
    bench.world.vendor = (...args) => {
      const spoilt = vendor(...args);
      const create = spoilt.create.bind(spoilt);
      spoilt.create = async (...call) => ({
        ...(await create(...call)),
        get fields(): never {
          throw new TypeError("a mistake");
        },
      });
      return spoilt;
    };
    expect(await bench.seen(() => bench.up())).toMatch(sees("create.mistake"));
    bench.world.vendor = vendor;
    await bench.engine.refresh();
    await bench.expectOne();
    // What the vendor chose is no difference, so that no key is replaced because of our error.
    expect(["same", "update"]).toContain(await bench.up());
    expect(await bench.up()).toBe("same");
    await bench.expectOne();
  });
});

describe("create at a place for one key only:", () => {
  const row = contractCases.find(({ definition }) => definition.kind === "singleton");
  if (!row) throw new Error("No service has one key only.");

  it(title("create.occupied"), async () => {
    const bench = new Bench(row, sandbox(), send);
    const theirs = sandbox().createOutOfBand(bench.vendor, {});
    const seen = await bench.seen(() => bench.up());
    expect(seen).toMatch(sees("create.occupied"));
    expect(seen).toContain(`set adopt: "${theirs.id}"`);
    expect([bench.live(), bench.count("POST")]).toEqual([[theirs.id], 0]);
  });
});
