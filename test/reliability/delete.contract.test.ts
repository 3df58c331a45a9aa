import type { FaultAction } from "../../sandbox";
import { contractCases } from "../support/vendor/contractCases";
import { useSandbox } from "../support/vendor/sandbox";
import { Bench, keyApi, page } from "./bench";
import { sees, title } from "./matrix";

const { sandbox, send } = useSandbox();

describe.each(contractCases)("destroy at $title:", (row) => {
  async function made() {
    const bench = new Bench(row, sandbox(), send);
    await bench.up();
    return bench;
  }

  it.each<[string, FaultAction]>([
    ["with the connection", { kind: "resetAfterCommit" }],
    ["behind a gateway's 502", { kind: "respondAfterCommit", status: 502, body: page }],
  ])(`${title("delete.lost")} %s`, async (_, action) => {
    const bench = await made();
    sandbox().inject({ method: "DELETE", path: keyApi, action });
    expect(await bench.seen(() => bench.engine.destroy())).toMatch(sees("delete.lost"));
    expect(bench.engine.state).toBeUndefined();
    expect(bench.live()).toEqual([]);
  });

  it.each([200, 401, 403, 404, 500])(`${title("delete.proxy")}: %d`, async (status) => {
    const bench = await made();
    const action: FaultAction = { kind: "respond", status, body: page };
    sandbox().inject({ path: keyApi, action, times: Number.POSITIVE_INFINITY });
    await bench.expectUnchanged(() => bench.engine.destroy(), sees("delete.proxy"));
    sandbox().clearFaults();
    await bench.engine.destroy();
    expect(bench.live()).toEqual([]);
  });
});

describe.each(contractCases.filter(({ definition }) => definition.fields.lastUsedAt))(
  "destroy at $title, which tells the last use of a key:",
  (row) => {
    it(title("delete.used"), async () => {
      const bench = new Bench(row, sandbox(), send);
      await bench.up({ revokeWhenIdleFor: "24h" });
      await bench.expectOne();
      await bench.expectUnchanged(() => bench.engine.destroy(), sees("delete.used"));
    });
  },
);

it(title("delete.colleague"), async () => {
  const row = contractCases.find(({ definition }) => definition.kind === "singleton");
  if (!row) throw new Error("No service has one key only.");
  const bench = new Bench(row, sandbox(), send);
  await bench.up();
  const theirs = sandbox().createOutOfBand(bench.vendor, { replace: true });
  expect(await bench.seen(() => bench.engine.destroy())).toMatch(sees("delete.colleague"));
  expect(bench.live()).toEqual([theirs.id]);
});

it(title("delete.tenant"), async () => {
  const row = contractCases.find(({ definition }) => definition.tenant);
  if (!row) throw new Error("No service has tenants.");
  const bench = new Bench(row, sandbox(), send);
  await bench.up();
  const token = sandbox().credentials.xentree.otherTenantToken;
  const theirs = bench.as({ token });
  await theirs.expectUnchanged(() => theirs.engine.destroy(), sees("delete.tenant"));
});
