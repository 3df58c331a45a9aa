import { vacantPort } from "../support/http/loopback";
import { contractCases } from "../support/vendor/contractCases";
import { NOW, useSandbox } from "../support/vendor/sandbox";
import { Bench, keyApi } from "./bench";
import { sees, title } from "./matrix";

const { sandbox, send, passSeconds } = useSandbox({ accessTokenLifetimeSeconds: 900 });
const minute = 60_000;
const always = Number.POSITIVE_INFINITY;

describe.each(contractCases)("a connection to $title:", (row) => {
  async function made(settings: Readonly<Record<string, unknown>> = {}) {
    const bench = new Bench(row, sandbox(), send, settings);
    await bench.up();
    return bench;
  }
  it(title("auth.refused"), async () => {
    const bench = await made();
    sandbox().inject({ path: keyApi, action: { kind: "respond", status: 401 }, times: always });
    for (const operation of ["refresh", "destroy"] as const) {
      await bench.expectUnchanged(() => bench.engine[operation](), sees("auth.refused"));
    }
  });

  it(title("auth.forbidden"), async () => {
    const bench = await made();
    const other = bench.as(row.forbidden);
    for (const operation of ["refresh", "destroy"] as const) {
      await other.expectUnchanged(() => other.engine[operation](), sees("auth.forbidden"));
    }
  });

  it.each([-5, 5])(`${title("auth.skew")}: %d minutes`, async (minutes) => {
    const schedule = row.definition.fields.expiresAt ? { expiresIn: "90d" } : {};
    const args = { ...schedule, rotation: { every: "30d" } };
    const skewed = new Bench(row, sandbox(), send, { now: () => NOW + minutes * minute, listLagSeconds: 10 });
    expect(await skewed.seen(() => skewed.up(args))).toMatch(sees("auth.skew"));
    expect(await skewed.up(args)).toBe("same");
    expect(await skewed.engine.refresh()).toBe("same");
    expect(await skewed.up(args)).toBe("same");
    await skewed.expectOne();
    // Another machine, whose clock is right, goes on.
    const right = new Bench(row, sandbox(), send);
    right.engine.state = skewed.engine.state;
    expect(await right.up(args)).toBe("same");
  });

  it.each([undefined, "7", new Date(NOW + 7_000).toUTCString()])(
    `${title("load.limited")}: %s`,
    async (retryAfter) => {
      const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
      const action = { kind: "respond", status: 429, headers } as const;
      sandbox().inject({ path: keyApi, action, times: 3 });
      const bench = new Bench(row, sandbox(), send);
      expect(await bench.seen(() => bench.up())).toMatch(sees("load.limited"));
      await bench.expectOne();
    },
  );

  it(title("load.long"), async () => {
    const bench = await made({ maxRetryAfterSeconds: 60 });
    const action = { kind: "respond", status: 429, headers: { "retry-after": "300" } } as const;
    sandbox().inject({ path: keyApi, action, times: always });
    await bench.expectUnchanged(() => bench.engine.refresh(), sees("load.long"));
    await bench.expectUnchanged(() => bench.engine.destroy(), sees("load.long"));
  });

  it(title("load.down"), async () => {
    const bench = await made();
    const down = { ...sandbox(), url: `http://127.0.0.1:${await vacantPort()}` };
    const there = new Bench(row, down, send);
    expect(await there.seen(() => there.up())).toMatch(sees("load.down"));
    expect(there.engine.state).toBeUndefined();
    await bench.expectOne();
  });
});

describe("a connection with a login:", () => {
  const row = contractCases.find(({ credentials }) => "password" in credentials);
  if (!row) throw new Error("No service has a login.");
  const path = (part: string) => new RegExp(`/auth/${part}`);
  const logins = () => sandbox().journal.count({ method: "POST", path: path("login") });
  const refreshes = () => sandbox().journal.count({ method: "POST", path: path("refresh") });

  it(title("auth.login-refused"), async () => {
    const bench = new Bench({ ...row, credentials: row.wrong }, sandbox(), send);
    expect(await bench.seen(() => bench.up())).toMatch(sees("auth.login-refused"));
    expect([bench.engine.state, bench.live(), logins()]).toEqual([undefined, [], 1]);
  });

  /** Eight creates at once through one connection that has logged in so many seconds ago, by the vendor's clock. */
  async function loggedIn(bench: Bench, seconds: number) {
    const connection = bench.world.connections.resolve(row?.definition.name ?? "", bench.world.definition);
    const vendor = bench.world.vendor(bench.world.definition, connection);
    await vendor.list?.({}, "fresh");
    passSeconds(seconds);
    const names = [1, 2, 3, 4, 5, 6, 7, 8].map((count) => ({ name: `ci-${count}` }));
    return () => Promise.all(names.map((inputs) => vendor.create({}, inputs)));
  }

  it(title("auth.expired"), async () => {
    const bench = new Bench(row, sandbox(), send);
    const createAll = await loggedIn(bench, 901);
    expect(new Set((await createAll()).map(({ value }) => value)).size).toBe(8);
    expect([logins(), refreshes(), bench.live().length]).toEqual([1, 1, 8]);
    expect(sees("auth.expired").test("")).toBe(true);
  });

  it(title("auth.refresh-refused"), async () => {
    const bench = new Bench(row, sandbox(), send);
    const createAll = await loggedIn(bench, 8 * 86_400);
    await createAll();
    expect([logins(), refreshes(), bench.live().length]).toEqual([2, 1, 8]);
    expect(sees("auth.refresh-refused").test("")).toBe(true);
  });
});
