import { Vendors } from "../../provider/api/vendors";
import type { Connection } from "../../provider/connection/connections";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { operationContext } from "../../provider/host/operation";
import { closeAll, json, serve, VirtualClock } from "../support/http/loopback";
import { acme, parse } from "../support/vendor/definitions";

afterEach(closeAll);

const one = parse({ ...acme(), name: "one" });
const other = parse({ ...acme(), name: "other" });

function connection(baseUrl: string, name = "prod"): Connection {
  return { name, baseUrl: new URL(baseUrl), credentials: { token: "t" }, policy: {}, listLagMs: 0 };
}

/** A server that refuses its first request and asks all for nine seconds. */
async function busy(clock: VirtualClock) {
  const start = clock.now();
  const arrivals: number[] = [];
  const { url } = await serve((response, _, count) => {
    arrivals.push(clock.now() - start);
    json(response, count === 1 ? 429 : 200, [], { "retry-after": "9" });
  });
  return { url, arrivals };
}

describe("the vendors of an operation", () => {
  const list = (vendors: Vendors, definition: ServiceDefinition, at: Connection) =>
    vendors.get(definition, at).list?.({}, "fresh");

  it("are shared by all keys of a service and a connection, and so are its lists and its login", () => {
    const vendors = new Vendors();
    const at = connection("https://acme.example");
    expect(vendors.get(one, at)).toBe(vendors.get(one, { ...at }));
    expect(vendors.get(one, at)).not.toBe(vendors.get(other, at));
    expect(vendors.get(one, at)).not.toBe(vendors.get(one, { ...at, name: "second" }));
  });

  it("all wait for a pause that one service of the connection was asked for", async () => {
    const clock = new VirtualClock();
    const { url, arrivals } = await busy(clock);
    const vendors = new Vendors(clock);
    let second: Promise<unknown> | undefined;
    clock.onSleep = async () => {
      second ??= list(vendors, other, connection(url));
      // One that is not held back arrives before this one's answer is there.
      await list(new Vendors(clock), other, connection(url));
    };
    await list(vendors, one, connection(url));
    await second;
    expect(arrivals).toEqual([0, 0, 9_000, 9_000]);
    expect(clock.sleeps).toEqual([9_000]);
  });

  it.each(["another connection", "another address"])("are not held back where they have %s", async (what) => {
    const clock = new VirtualClock();
    const { url } = await busy(clock);
    const quiet = await serve((response) => json(response, 200, []));
    const elsewhere = what === "another address" ? connection(quiet.url) : connection(url, "second");
    const vendors = new Vendors(clock);
    let whileAsleep: unknown;
    clock.onSleep = async () => {
      whileAsleep = await list(vendors, other, elsewhere);
    };
    await list(vendors, one, connection(url));
    expect(whileAsleep).toEqual([]);
    expect(clock.sleeps).toEqual([9_000]);
  });

  it("together send no more requests at once than the connection allows", async () => {
    const open: (() => void)[] = [];
    let most = 0;
    const server = await serve(async (response) => {
      await new Promise<void>((resolve) => {
        most = Math.max(most, open.push(resolve));
        // A second one that was let in as well has arrived when a bystander's request has come back.
        void fetch(`${bystander.url}/`).then(() => open.shift()?.());
      });
      json(response, 200, []);
    });
    const bystander = await serve((response) => json(response, 200, []));
    const vendors = new Vendors(new VirtualClock());
    const at = { ...connection(server.url), policy: { concurrency: 1 } };
    await Promise.all([list(vendors, one, at), list(vendors, other, at)]);
    expect(server.received).toHaveLength(2);
    expect(most).toBe(1);
  });

  it("are shared in a real operation as well: they wait for each other", async () => {
    const arrivals: number[] = [];
    const server = await serve((response, _, count) => {
      arrivals.push(performance.now());
      json(response, count === 1 ? 429 : 200, [], { "retry-after": "1" });
    });
    const config = { prod: { baseUrl: server.url, token: "t", concurrency: 1 } };
    const world = operationContext(JSON.stringify(config));
    const lists = [one, other].map((definition) =>
      world.vendor(definition, world.connections.resolve("prod", definition)).list?.({}, "fresh"),
    );
    await Promise.all(lists);
    const [first = 0, second = 0] = arrivals;
    expect(arrivals).toHaveLength(3);
    // Timers have whole milliseconds.
    expect(second - first).toBeGreaterThan(999);
  });
});
