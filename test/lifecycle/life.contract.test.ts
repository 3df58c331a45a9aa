import { Bench, keyApi } from "../reliability/bench";
import { contractCases } from "../support/vendor/contractCases";
import { useSandbox } from "../support/vendor/sandbox";

const { sandbox, send } = useSandbox();
const withTrigger = (version: number) => ({ rotation: { triggers: { version } } });

/** Without faults, which are in test/reliability. */
describe.each(contractCases)("a key of $title", (row) => {
  const ping = async (value: unknown) =>
    (await send("GET", row.ping.path, row.ping.as(String(value)))).status;
  const requests = () =>
    sandbox()
      .journal.entries()
      .flatMap(({ method, path }) => (keyApi.test(path) ? [method] : []));

  it("is created, used, left alone, rotated and revoked", async () => {
    const bench = new Bench(row, sandbox(), send);
    const { engine } = bench;
    await bench.up(withTrigger(1));
    await bench.expectOne();
    const { value } = engine.outputs;

    sandbox().journal.clear();
    expect(await bench.up(withTrigger(1))).toBe("same");
    expect(sandbox().journal.entries()).toEqual([]);
    expect(await engine.refresh()).toBe("same");
    expect(requests()).toEqual(["GET"]);

    sandbox().journal.clear();
    expect(await bench.up(withTrigger(2))).toBe("replace");
    expect(requests()).toEqual(bench.singleton ? ["GET", "DELETE", "GET", "POST"] : ["POST", "DELETE"]);
    await bench.expectOne();
    expect(await ping(value)).toBe(401);

    await engine.destroy();
    expect(bench.live()).toEqual([]);
  });

  it("that exists already is adopted by its id, and rotated into one whose value we know", async () => {
    const bench = new Bench(row, sandbox(), send);
    const theirs = sandbox().createOutOfBand(bench.vendor, {});
    const adopt = { adopt: theirs.id, adoptValue: theirs.value };
    await bench.up({ ...adopt, ...withTrigger(1) });
    const { keyId, value, name } = bench.engine.outputs;
    expect([keyId, value, name]).toEqual([theirs.id, theirs.value, theirs.name]);
    expect(await bench.up({ ...adopt, ...withTrigger(1) })).toBe("same");
    expect(await bench.up({ ...adopt, ...withTrigger(2) })).toBe("replace");
    expect(await ping(theirs.value)).toBe(401);
    await bench.expectOne();
  });
});
