import type { Properties } from "../support/lifecycle/lifecycle";
import { day } from "../support/lifecycle/world";
import { contractCases } from "../support/vendor/contractCases";
import { NOW, useSandbox } from "../support/vendor/sandbox";
import { Bench } from "./bench";
import { sees, title } from "./matrix";

const { sandbox, send, passSeconds } = useSandbox();
const vault = { store: "vault", path: "kv/ci", field: "token" };
const second = { store: "blind", path: "secrets/ci", field: "TOKEN" };

describe.each(contractCases)("deliver at $title:", (row) => {
  let now = NOW;
  const begin = () => {
    now = NOW;
    const bench = new Bench(row, sandbox(), send, { now: () => now });
    return { bench, stores: bench.world.stores };
  };
  const values = (bench: Bench) =>
    sandbox()
      .keys(bench.vendor)
      .flatMap((key) => (key.live ? [key.value] : []));
  const kept = (more: Properties = {}) => ({ deliver: [vault], ...more });
  const turn = (version: number) => ({ rotation: { triggers: { version } } });

  it(title("deliver.refused"), async () => {
    const { bench, stores } = begin();
    stores.failing.push({ step: "probe", times: 1 });
    expect(await bench.seen(() => bench.up(kept()))).toMatch(sees("deliver.refused"));
    expect([bench.engine.state, bench.count("POST"), stores.places.size]).toEqual([undefined, 0, 0]);
  });

  it(title("deliver.failed"), async () => {
    const { bench, stores } = begin();
    stores.failing.push({ step: "write", times: 1 });
    expect(await bench.seen(() => bench.up(kept()))).toMatch(sees("deliver.failed"));
    await bench.expectOne();
    await bench.up(kept());
    await bench.expectOne();
    expect([stores.at("kv/ci")?.token, bench.count("POST")]).toEqual([bench.engine.outputs.value, 1]);
  });

  it(title("deliver.lost"), async () => {
    const { bench, stores } = begin();
    stores.failing.push({ step: "write", times: 1, after: true });
    expect(await bench.seen(() => bench.up(kept()))).toMatch(sees("deliver.lost"));
    await bench.up(kept());
    await bench.expectOne();
    expect(stores.at("kv/ci")?.token).toBe(bench.engine.outputs.value);
    expect(stores.log.filter((step) => step.startsWith("write"))).toHaveLength(1);
  });

  it.each([
    ["the only store", [vault], "vault"],
    ["the second store", [vault, second], "blind"],
  ])(`${title("deliver.stateless")}: %s`, async (_, deliver, store) => {
    const { bench, stores } = begin();
    stores.put(vault, { token: "older" });
    stores.failing.push({ step: "write", store, times: 1 });
    expect(await bench.seen(() => bench.up({ deliver, valueInState: false }))).toMatch(
      sees("deliver.stateless"),
    );
    expect([bench.engine.state, bench.live(), stores.at("kv/ci")]).toEqual([
      undefined,
      [],
      { token: "older" },
    ]);
    await bench.up({ deliver, valueInState: false });
    expect([stores.at("kv/ci")?.token]).toEqual(values(bench));
  });

  const beside = row.definition.kind === "singleton" ? it.skip : it;

  beside(title("deliver.replaced"), async () => {
    const { bench, stores } = begin();
    await bench.up(kept(turn(1)));
    stores.failing.push({ step: "write", times: 1 });
    const old = values(bench);
    expect(await bench.seen(() => bench.up(kept(turn(2))))).toMatch(sees("deliver.replaced"));
    expect([values(bench), stores.at("kv/ci")?.token]).toEqual([old, old[0]]);
    await bench.expectOne();
  });

  beside(title("deliver.rotated"), async () => {
    const { bench, stores } = begin();
    const weekly = (version: number) => kept({ rotation: { overlap: "7d", triggers: { version } } });
    await bench.up(weekly(1));
    const [old] = values(bench);
    stores.failing.push({ step: "write", times: 2 });
    expect(await bench.seen(() => bench.up(weekly(2)))).toMatch(sees("deliver.rotated"));
    now += 8 * day;
    passSeconds((8 * day) / 1_000);
    expect(await bench.seen(() => bench.up(weekly(2)))).toMatch(sees("deliver.rotated"));
    expect([values(bench).length, stores.at("kv/ci")?.token]).toEqual([2, old]);
    await bench.up(weekly(2));
    expect([values(bench), stores.at("kv/ci")?.token]).toEqual([
      [bench.engine.outputs.value],
      bench.engine.outputs.value,
    ]);
  });

  it.each([
    ["changed", { token: "theirs" }],
    ["removed", undefined],
  ])(`${title("deliver.changed")}: %s`, async (_, there) => {
    const { bench, stores } = begin();
    await bench.up(kept());
    stores.put(vault, there);
    expect(await bench.seen(() => bench.engine.refresh())).toMatch(sees("deliver.changed"));
    await bench.up(kept());
    await bench.expectOne();
    expect(stores.at("kv/ci")?.token).toBe(bench.engine.outputs.value);
  });
});
