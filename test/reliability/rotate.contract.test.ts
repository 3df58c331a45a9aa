import type { FaultAction } from "../../sandbox";
import { weekly } from "../support/lifecycle/overlap";
import { contractCases } from "../support/vendor/contractCases";
import { NOW, useSandbox } from "../support/vendor/sandbox";
import { Bench, keyApi } from "./bench";
import { losses } from "./losses";
import { sees, title } from "./matrix";

const { sandbox, send, passSeconds } = useSandbox();
const eightDays = 8 * 86_400;

const collections = contractCases.filter(({ definition }) => definition.kind === "collection");

describe.each(collections)("a rotation with overlap at $title:", (row) => {
  async function made() {
    const clock = { now: NOW };
    const bench = new Bench(row, sandbox(), send, { now: () => clock.now });
    await bench.up(weekly(1));
    return { bench, clock };
  }
  /** A key that was renewed once, beside the one before. */
  async function renewed() {
    const { bench, clock } = await made();
    const first = String(bench.engine.outputs.keyId);
    await bench.up(weekly(2));
    const pass = (seconds: number) => {
      clock.now += seconds * 1_000;
      passSeconds(seconds);
    };
    return { bench, first, second: String(bench.engine.outputs.keyId), pass };
  }
  const on = (method: "POST" | "DELETE", action: FaultAction, times = 1) =>
    sandbox().inject({ method, path: keyApi, action, times });

  /** Both of the resource's keys are at the vendor, no other is, and the values in state open it. */
  async function expectBoth(bench: Bench): Promise<void> {
    const { keyId, previousKeyId, value, previousValue } = bench.engine.outputs;
    expect(bench.live().toSorted()).toEqual([keyId, previousKeyId].toSorted());
    const { path, as } = row.ping;
    const statuses = [value, previousValue].map(
      async (key) => (await send("GET", path, as(String(key)))).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200]);
  }

  it("leaves two keys that work, and after the time of the old one the new one alone", async () => {
    const { bench, second, pass } = await renewed();
    await expectBoth(bench);
    sandbox().journal.clear();
    expect(await bench.up(weekly(2))).toBe("same");
    expect(sandbox().journal.count({ path: keyApi })).toBe(0);
    pass(eightDays);
    expect(await bench.up(weekly(2))).toBe("update");
    expect([bench.live(), bench.count("DELETE")]).toEqual([[second], 1]);
  });

  it.each([409, 422])(`${title("rotate.refused")}: %d`, async (status) => {
    const { bench } = await made();
    on("POST", { kind: "respond", status });
    await bench.expectUnchanged(() => bench.up(weekly(2)), sees("rotate.refused"));
    await bench.up(weekly(2));
    await expectBoth(bench);
  });

  it.each(losses)(`${title("rotate.lost")}: %s`, async (_, action) => {
    const { bench } = await made();
    on("POST", action);
    expect(await bench.seen(() => bench.up(weekly(2)))).toMatch(sees("rotate.lost"));
    await expectBoth(bench);
    expect(await bench.up(weekly(2))).toBe("same");
  });

  it(title("rotate.down"), async () => {
    const { bench, second, pass } = await renewed();
    pass(eightDays);
    on("DELETE", { kind: "respond", status: 403 });
    await bench.expectUnchanged(() => bench.up(weekly(2)), sees("rotate.down"));
    await bench.up(weekly(2));
    expect(bench.live()).toEqual([second]);
  });

  const guard = { revokeWhenIdleFor: "24h", overlapAtMost: "30d" };
  const telling = row.definition.fields.lastUsedAt ? it : it.skip;

  telling(title("rotate.used"), async () => {
    const { bench, first, second, pass } = await renewed();
    pass(eightDays);
    const { path, as } = row.ping;
    await send("GET", path, as(String(bench.engine.outputs.previousValue)));
    const up = () => bench.up(weekly(2, guard));
    expect(await bench.seen(up)).toMatch(sees("rotate.used"));
    expect(bench.engine.outputs.previousKeyId).toBe(first);
    await expectBoth(bench);
    pass(31 * 86_400);
    await up();
    expect(bench.live()).toEqual([second]);
  });

  telling(title("rotate.look"), async () => {
    const { bench, second, pass } = await renewed();
    pass(eightDays);
    const up = () => bench.up(weekly(2, guard));
    sandbox().inject({ method: "GET", path: keyApi, action: { kind: "respond", status: 403 } });
    await bench.expectUnchanged(up, sees("rotate.look"));
    await up();
    expect(bench.live()).toEqual([second]);
  });

  it(title("rotate.forced"), async () => {
    const { bench, second } = await renewed();
    on("POST", { kind: "respond", status: 422 });
    expect(await bench.seen(() => bench.up(weekly(3)))).toMatch(sees("rotate.forced"));
    await bench.expectOne();
    expect(bench.engine.outputs).not.toHaveProperty("previousKeyId");
    await bench.up(weekly(3));
    expect(bench.engine.outputs.previousKeyId).toBe(second);
    await expectBoth(bench);
  });

  it(title("rotate.revoke-now"), async () => {
    const { bench } = await made();
    on("DELETE", { kind: "respond", status: 403 });
    const leaked = weekly(2, { revokeNow: true });
    expect(await bench.seen(() => bench.up(leaked))).toMatch(sees("rotate.revoke-now"));
    await expectBoth(bench);
    await bench.up(leaked);
    await bench.expectOne();
    expect(await bench.up(leaked)).toBe("same");
  });

  it(title("rotate.killed"), async () => {
    const { bench } = await made();
    const before = bench.engine.state;
    await bench.up(weekly(2));
    // As the state is when the CLI has died before the answer came.
    bench.engine.state = before;
    expect(await bench.seen(() => bench.up(weekly(2)))).toMatch(sees("rotate.killed"));
    await expectBoth(bench);
  });

  it(title("rotate.gone"), async () => {
    const { bench, first, second } = await renewed();
    sandbox().revokeOutOfBand(bench.vendor, second);
    expect(await bench.seen(() => bench.engine.refresh())).toMatch(sees("rotate.gone"));
    expect(bench.live()).toEqual([first]);
    await bench.up(weekly(2));
    expect(bench.engine.outputs.previousKeyId).toBe(first);
    await expectBoth(bench);
  });

  it("ends with both keys' revocation when the resource is destroyed", async () => {
    const { bench } = await renewed();
    await bench.engine.destroy();
    expect(bench.live()).toEqual([]);
  });
});

const triggered = (version: number) => ({ rotation: { triggers: { version } } });

describe.each(collections)("a replacement at $title:", (row) => {
  it(title("rotate.quota"), async () => {
    const bench = new Bench(row, sandbox(), send);
    await bench.up(triggered(1));
    const said = "The limit of 10 API keys is reached.";
    const body = { message: said, code: 409, detail: said };
    sandbox().inject({ method: "POST", path: keyApi, action: { kind: "respond", status: 409, body } });
    await bench.expectUnchanged(() => bench.up(triggered(2)), sees("rotate.quota"));
    await bench.up(triggered(2));
    await bench.expectOne();
  });
});

it(title("rotate.gap"), async () => {
  const row = contractCases.find(({ definition }) => definition.kind === "singleton");
  if (!row) throw new Error("No service has one key only.");
  const bench = new Bench(row, sandbox(), send);
  await bench.up(triggered(1));
  sandbox().inject({ method: "POST", path: keyApi, action: { kind: "respond", status: 422 } });
  expect(await bench.seen(() => bench.up(triggered(2)))).toMatch(sees("rotate.gap"));
  expect(bench.live()).toEqual([]);
  expect(bench.engine.known().pendingReplacement).toBe(true);
  await bench.up(triggered(2));
  await bench.expectOne();
});
