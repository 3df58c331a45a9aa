import { connect } from "../../../provider/api/connect";
import { VirtualClock } from "../http/loopback";
import { identifying } from "../vendor/overHttp";
import type { ServiceCase } from "../vendor/serviceCases";
import { type StandIn, startStandIn } from "../vendor/standIns/standIn";
import { HttpWorld } from "./httpWorld";
import { ModelEngine } from "./modelEngine";

/** By the clock of the stand-ins and of the programs, which only a test moves. */
export const start = Date.parse("2026-06-01T12:00:00Z");

/** The vendor of a service, on loopback, anew for each test: one that asks for what its document does not allow fails. */
export function useStandIn(row: ServiceCase) {
  const held: { standIn?: StandIn; now: number } = { now: start };
  beforeEach(async () => {
    held.now = start;
    const api = await row.standIn(() => held.now);
    held.standIn = await startStandIn(api, () => held.now);
  });
  afterEach(async () => {
    await held.standIn?.close();
    expect(held.standIn?.api.complaints ?? []).toEqual([]);
  });

  const standIn = (): StandIn => {
    if (!held.standIn) throw new Error("The stand-in starts before each test, not earlier.");
    return held.standIn;
  };
  const world = (credentials = row.credentials) => {
    const { definition } = row;
    const made = new HttpWorld({ definition, credentials }, standIn().url, () => held.now);
    made.vendor = (_, connection) => connect(definition, connection, new ClockOf(() => held.now));
    return made;
  };
  return {
    standIn,
    /** The vendor, as one connection sees it. */
    vendorAs(credentials = row.credentials) {
      const { definition } = row;
      const one = world(credentials);
      return identifying(one.vendor(definition, one.connections.resolve(definition.name, definition)));
    },
    engine: () => new ModelEngine(world()),
    methods: () =>
      standIn()
        .requests()
        .map(({ method }) => method),
    /** Lets the test ask for what the vendor's document does not allow. */
    pardon: () => {
      standIn().api.complaints?.splice(0);
    },
    pass: (ms: number) => {
      held.now += ms;
    },
  };
}

/** Waits between attempts take no time, and lifetimes begin at the test's own time. */
class ClockOf extends VirtualClock {
  constructor(current: () => number) {
    super();
    this.time = current();
  }
}
