import { useStack } from "../support/engine/fixture";
import { providersOf, recover, until } from "../support/engine/interruption";
import { RunningStores, storeCases } from "../support/stores/running";
import { declared } from "../support/stores/running/standIns";
import { sees, title } from "./matrix";

/** The moments of a kill. Each store has a key for each of them, so that one kill is at all moments of all stores. */
const moments = {
  arrived: "between the vendor's answer and the delivery",
  between: "between two deliveries",
  written: "when all is delivered and no state has it",
} as const;
type Moment = keyof typeof moments;

/** A key that is delivered to one store, and at which of its moments the kill comes. */
interface Case {
  readonly store: string;
  readonly moment: Moment;
  readonly when: string;
}

const casesOf = (stores: typeof storeCases): Case[] =>
  stores.flatMap(({ name }) =>
    Object.entries(moments).map(([moment, when]) => ({ store: name, moment: moment as Moment, when })),
  );
const here = storeCases.filter(({ canRun }) => canRun);
const cases = casesOf(here);
const missing = casesOf(storeCases.filter(({ canRun }) => !canRun));
const nameOf = ({ store, moment }: Case) => `${store}-${moment}`;

describe(`${title("deliver.killed")}:`, () => {
  const at = useStack("suite");
  let stores: RunningStores;
  /** Where a key goes besides, by its store. They show what they hold, so that they are written before what does not. */
  let seconds: RunningStores;
  /** What the kill has left alive, and what is alive after `recover`. */
  let left: readonly string[];
  let recovered: readonly string[];
  let seen = "";

  const live = () => at.sandbox.keys("xentree").filter((key) => key.live);
  const of = (one: Case) => live().filter(({ name }) => name.startsWith(`${nameOf(one)}-`));
  const held = ({ store, moment }: Case) => stores.held(stores.at(store).target(moment));
  const up = (version: number) => {
    const deliveries = cases.map((one) => {
      const target = stores.at(one.store).target(one.moment);
      return [
        nameOf(one),
        one.moment === "between" ? [target, seconds.at(`second-${one.store}`).target("key")] : [target],
      ];
    });
    at.stack.setProgram(`
      const { xentree } = require("pulumi-apikeys");
      const rotation = { overlap: "7d", triggers: { version: ${version} } };
      for (const [name, deliver] of ${JSON.stringify(deliveries)}) {
        new xentree.ApiKey(name, { permissions: ["chat:read"], valueInState: false, deliver, rotation });
      }`);
    const all = ["--skip-preview", "--parallel", String(cases.length)];
    return at.stack.pulumi(["up", "--yes", ...all], { allowFailure: true });
  };
  const hold = ({ store, moment }: Case) => {
    const { gate, writes, showsValues } = stores.at(store);
    const name = `${store}-${moment}`;
    const second = seconds.at(`second-${store}`);
    if (moment === "between" && showsValues) {
      second.gate.hold(name, "before", (line) => second.writes.first.test(line));
    } else {
      const [when, request] =
        moment === "written" ? (["after", writes.last] as const) : (["before", writes.first] as const);
      gate.hold(name, when, (line) => request.test(line) && line.toLowerCase().includes(moment));
    }
  };
  const gates = () => [...stores.all, ...seconds.all].map(({ gate }) => gate);
  const waiting = () => gates().flatMap((gate) => [...gate.waiting]);
  /** Kills the provider once each key is at its moment. */
  const killed = async (version: number) => {
    for (const one of cases) hold(one);
    let output = "";
    const running = up(version).then((run) => {
      output = run.output;
    });
    await until(
      () => waiting().length === cases.length || output !== "",
      () => output,
    );
    expect(waiting().toSorted()).toEqual(cases.map(nameOf).toSorted());
    for (const pid of providersOf(at)) process.kill(pid, "SIGKILL");
    await running;
    for (const gate of gates()) gate.open();
    left = live().map(({ id }) => id);
    seen = `${output} ${await recover(at, "--yes")}`;
    recovered = live().map(({ id }) => id);
  };

  beforeAll(async () => {
    [stores, seconds] = await Promise.all([
      RunningStores.start(here),
      RunningStores.start(here.map(({ name }) => declared(`second-${name}`))),
    ]);
    at.stack.setEnv({ ...seconds.environment, ...stores.environment });
    await at.stack.setConfig(stores.config, "plaintext");
  });
  afterAll(async () => {
    await seconds?.stop();
    await stores?.stop();
  });

  describe("a create", () => {
    beforeAll(async () => {
      await killed(1);
      expect(seen).toMatch(sees("deliver.killed"));
      expect([left.length, recovered]).toEqual([cases.length, []]);
      expect(await up(1)).toMatchObject({ exitCode: 0 });
    });

    it.each(cases)("at $store $when: one key is live, and the store holds it", async (one) => {
      const [key] = of(one);
      expect([of(one).length, await held(one)]).toEqual([1, key?.value]);
      expect(left).not.toContain(key?.id);
    });
  });

  describe("a renewal", () => {
    let before: readonly string[];

    beforeAll(async () => {
      before = live().map(({ id }) => id);
      await killed(2);
      expect([left.length, recovered]).toEqual([2 * cases.length, before]);
      expect(await up(2)).toMatchObject({ exitCode: 0 });
    });

    it.each(cases)(
      "at $store $when: beside the key before one is live, and the store holds it",
      async (one) => {
        const renewed = of(one).filter(({ id }) => !before.includes(id));
        expect([of(one).length, renewed.length]).toEqual([2, 1]);
        expect(await held(one)).toBe(renewed[0]?.value);
      },
    );
  });

  it("never has a value in state", async () => {
    const { stdout } = await at.stack.pulumi(["stack", "export", "--show-secrets"]);
    expect(live().filter(({ value }) => stdout.includes(value))).toEqual([]);
  });

  if (missing.length > 0) it.skip.each(missing)("at $store $when (no such store on this machine)", () => {});
});
