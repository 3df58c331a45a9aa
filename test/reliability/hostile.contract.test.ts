import type { FaultAction } from "../../sandbox";
import { closeAll, serve } from "../support/http/loopback";
import { contractCases } from "../support/vendor/contractCases";
import { useSandbox } from "../support/vendor/sandbox";
import { Bench, keyApi } from "./bench";
import { sees, title } from "./matrix";

const { sandbox, send } = useSandbox();
afterEach(closeAll);

describe.each(contractCases)("a hostile $title:", (row) => {
  /** What each operation of a key that exists makes of an answer. */
  async function expectRefused(action: FaultAction, look: RegExp): Promise<void> {
    const bench = new Bench(row, sandbox(), send);
    await bench.up();
    sandbox().inject({ path: keyApi, action, times: Number.POSITIVE_INFINITY });
    await bench.expectUnchanged(() => bench.engine.refresh(), look);
    await bench.expectUnchanged(() => bench.engine.destroy(), look);
  }

  it.each([301, 302, 307, 308])(`${title("hostile.redirect")}: %d`, async (status) => {
    const elsewhere = await serve((response) => response.end("{}"));
    await expectRefused(
      { kind: "respond", status, headers: { location: `${elsewhere.url}/api-key` } },
      sees("hostile.redirect"),
    );
    expect(elsewhere.received).toEqual([]);
  });

  it(title("hostile.huge"), async () => {
    const body = { items: ["x".repeat(17 * 1024 * 1024)] };
    await expectRefused({ kind: "respond", status: 200, body }, sees("hostile.huge"));
  });

  it(title("hostile.deep"), async () => {
    const body = JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`);
    await expectRefused({ kind: "respond", status: 200, body }, sees("hostile.deep"));
  });

  it(title("hostile.terminal"), async () => {
    const [secret = ""] = Object.entries(row.credentials).flatMap(([part, text]) =>
      part === "kind" || part === "username" ? [] : [text],
    );
    const said = `\u001b[2JPay ${secret}\u001b]8;;https://evil.example\u0007 to\u202epass`;
    const body = { message: said, detail: said, code: 403, success: false };
    const bench = new Bench(row, sandbox(), send);
    await bench.up();
    sandbox().inject({ path: keyApi, action: { kind: "respond", status: 403, body }, times: 10 });
    const seen = await bench.seen(() => bench.engine.refresh());
    expect(seen).toMatch(sees("hostile.terminal"));
    expect(seen).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(seen).not.toContain(secret);
    await bench.expectOne();
  });
});
