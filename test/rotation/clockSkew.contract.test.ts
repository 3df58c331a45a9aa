import { connect } from "../../provider/api/connect";
import { instantText } from "../../provider/base/time";
import { Connections } from "../../provider/connection/connections";
import { type Sandbox, startSandbox, type VendorName } from "../../sandbox";
import { VirtualClock } from "../support/http/loopback";
import { HttpWorld } from "../support/lifecycle/httpWorld";
import { ModelEngine } from "../support/lifecycle/modelEngine";
import { contractCases } from "../support/vendor/contractCases";
import { xentree } from "../support/vendor/definitions";
import { NOW, useSandbox } from "../support/vendor/sandbox";

const minute = 60_000;
const day = 24 * 60 * minute;

describe.each([-5, 5])("a machine whose clock is %d minutes off the vendor's", (minutesOff) => {
  const { sandbox, passSeconds } = useSandbox();

  /** A stack whose operations run on machines with clocks of their own; the time is the vendor's. */
  function begin(row: (typeof contractCases)[number]) {
    let time = NOW;
    let skew = minutesOff * minute;
    const engine = new ModelEngine(new HttpWorld(row, sandbox().url, () => time + skew));
    const live = () => sandbox().keys(row.definition.name as VendorName);
    return {
      engine,
      up: (args: Record<string, unknown>) => engine.up({ ...row.parents, ...args }),
      created: () => live().length,
      pass: (ms: number) => {
        passSeconds(ms / 1_000);
        time += ms;
      },
      setClock: (to: "right" | "off") => {
        skew = to === "off" ? minutesOff * minute : 0;
      },
    };
  }

  describe.each(contractCases.filter(({ inputs }) => "expiresAt" in inputs))("and keys of $title", (row) => {
    it("renews one with a lifetime once, and not before it is due", async () => {
      const args = { expiresIn: "1d" };
      const { engine, up, created, pass } = begin(row);
      expect(await up(args)).toBe("create");
      expect(await engine.refresh()).toBe("same");
      expect(await up(args)).toBe("same");
      pass(day - 6 * minute);
      expect(await engine.refresh()).toBe("same");
      expect(await up(args)).toBe("same");
      pass(12 * minute);
      await engine.refresh();
      expect(await up(args)).toBe("replace");
      expect(await engine.refresh()).toBe("same");
      expect(await up(args)).toBe("same");
      expect(created()).toBe(2);
    });

    it("renews none early because a machine whose clock is off has looked at it", async () => {
      const args = { expiresIn: "1d" };
      const { engine, up, created, pass, setClock } = begin(row);
      setClock("right");
      await up(args);
      pass(day - 4 * minute);
      setClock("off");
      await engine.refresh();
      setClock("right");
      expect(await up(args)).toBe("same");
      pass(5 * minute);
      expect(await up(args)).toBe("replace");
      expect(await up(args)).toBe("same");
      expect(created()).toBe(2);
    });

    it("rotates one once, and not before it is due", async () => {
      const args = { rotation: { every: "30d" } };
      const { up, created, pass, setClock } = begin(row);
      await up(args);
      setClock("right");
      pass(30 * day - 6 * minute);
      expect(await up(args)).toBe("same");
      pass(12 * minute);
      expect(await up(args)).toBe("replace");
      expect(await up(args)).toBe("same");
      expect(created()).toBe(2);
    });

    it("makes no other key for one that the program itself lets end, whoever looks at it when", async () => {
      const args = { expiresAt: instantText(NOW + day) };
      const { engine, up, created, pass, setClock } = begin(row);
      await up(args);
      pass(day - 4 * minute);
      await engine.refresh();
      expect(await up(args)).toBe("same");
      setClock("right");
      expect(await up(args)).toBe("same");
      pass(8 * minute);
      await engine.refresh();
      expect(engine.outputs.status).toBe("expired");
      expect(await up(args)).toBe("same");
      expect(created()).toBe(1);
    });
  });
});

describe.each([-5, 5])("a login at a vendor whose clock is %d minutes off ours", (minutesOff) => {
  let vendor: Sandbox | undefined;
  afterEach(() => vendor?.close());

  it("is renewed by its refresh token in time: no request is refused, and nobody logs in again", async () => {
    const clock = new VirtualClock();
    const sandbox = await startSandbox({ now: () => clock.now() + minutesOff * minute });
    vendor = sandbox;
    const { username, password } = sandbox.credentials.xentree;
    const config = { prod: { baseUrl: sandbox.url, username, password } };
    const connection = new Connections(JSON.stringify(config), {}).resolve("prod", xentree);
    const { list } = connect(xentree, connection, clock);
    for (let count = 0; count < 5; count++) {
      await list?.({}, "fresh");
      // An access token lives for fifteen minutes.
      clock.time += 10 * minute;
    }
    const requests = sandbox.journal.entries().map(({ path, status }) => `${path} ${status}`);
    const listed = "/api/admin/api-keys 200";
    const refreshed = "/api/auth/refresh 200";
    expect(requests).toEqual([
      "/api/auth/login 200", listed, listed, refreshed, listed, listed, refreshed, listed,
    ]); // biome-ignore format: one list
  });
});
