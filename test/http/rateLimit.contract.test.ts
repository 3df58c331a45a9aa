import { type Sandbox, startSandbox } from "../../sandbox";
import { closeAll, connect, VirtualClock } from "../support/http/loopback";

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await closeAll();
  await sandbox?.close();
});

/** Creates so many keys at once at a vendor that takes so many requests a second, both on one virtual clock. */
async function createMany(keys: number, rateLimitPerSecond: number, concurrency: number) {
  const clock = new VirtualClock();
  const startedAt = clock.now();
  const vendor = await startSandbox({ rateLimitPerSecond, now: () => clock.now() });
  sandbox = vendor;
  let begun = 0;
  const auth = {
    headers: async () => {
      begun++;
      return { authorization: `Bearer ${vendor.credentials.xentree.token}` };
    },
  };
  // The second passes when all requests that are under way have been answered, not in their midst.
  clock.onSleep = async () => {
    while (vendor.journal.entries().filter(({ status }) => status !== null).length < begun) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const { client } = connect(vendor.url, { clock, auth, policy: { concurrency } });
  const names = Array.from({ length: keys }, (_, index) => `key-${index}`);
  const answers = await Promise.all(
    names.map((name) =>
      client.send({ method: "POST", path: "/api/admin/api-keys", body: { name }, what: "create" }),
    ),
  );
  return {
    created: vendor.keys("xentree").map(({ name }) => name),
    names,
    statuses: new Set(answers.map(({ status }) => status)),
    tookMs: clock.now() - startedAt,
    refused: vendor.journal.entries().filter(({ status }) => status === 429).length,
  };
}

/** Those that are under way when the first is refused are refused as well; few come after, for a pace is kept. */
describe("a vendor that limits requests", () => {
  it.each([
    { keys: 100, rateLimit: 20, concurrency: 8, mostRefused: 12, mostMs: 9_000 },
    { keys: 400, rateLimit: 50, concurrency: 8, mostRefused: 12, mostMs: 10_000 },
    { keys: 24, rateLimit: 1, concurrency: 8, mostRefused: 30, mostMs: 55_000 },
    { keys: 200, rateLimit: 20, concurrency: 100, mostRefused: 110, mostMs: 13_000 },
  ])(
    "to $rateLimit a second gets each of $keys concurrent POSTs just once, $concurrency under way at a time",
    async ({ keys, rateLimit, concurrency, mostRefused, mostMs }) => {
      const { created, names, statuses, refused, tookMs } = await createMany(keys, rateLimit, concurrency);
      expect([...statuses]).toEqual([201]);
      expect(created.sort()).toEqual(names.sort());
      expect(refused).toBeLessThanOrEqual(mostRefused);
      expect(tookMs).toBeLessThanOrEqual(mostMs);
    },
  );
});
