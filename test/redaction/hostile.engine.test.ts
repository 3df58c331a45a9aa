import { useStack } from "../support/engine/fixture";
import { programWith, requests, vendorCaseOf } from "../support/engine/vendors";

const xentree = vendorCaseOf("xentree");
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Clears the screen, forges a line, turns the text around, hides what follows. */
const evil = "evil\u001b[2J\u009b31m\r\nerror: forged::\u202e<{%";

describe("a vendor that speaks to the engine and to the terminal through what it calls a key", () => {
  const at = useStack("suite", (sandbox) => programWith(xentree, sandbox, ""));
  /** What was printed, without the ends of its own lines. */
  let printed = "";
  const run = async (...args: string[]) => {
    const result = await at.stack.pulumi(args, { allowFailure: true });
    printed += result.output.replaceAll("\n", " ");
    return result;
  };

  it("does not cost us the key: its value is in the state, whatever is said beside it", async () => {
    const body = {
      id: evil,
      name: unknown,
      prefix: unknown,
      permissions: [unknown, "read"],
      tenant_id: evil,
      key_value: "canary-value",
    };
    at.sandbox.inject({ method: "POST", action: { kind: "respond", status: 201, body } });
    expect((await run("up", "--yes", "--diff")).exitCode).toBe(0);
    expect(requests(at.sandbox, "POST")).toHaveLength(1);
    expect(await at.stack.outputs({ showSecrets: true })).toMatchObject({
      keyId: evil,
      value: "canary-value",
    });
  });

  it("leaves the next plan empty: what could not be kept counts as not told", async () => {
    expect((await run("preview", "--diff", "--expect-no-changes")).exitCode).toBe(0);
  });

  it("gets its message printed, and nothing done to the terminal", async () => {
    at.sandbox.inject({ method: "DELETE", action: { kind: "respond", status: 403, body: { detail: evil } } });
    const { exitCode, output } = await run("destroy", "--yes", "--diff");
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/HTTP 403: evil .*error: forged::/);
    expect(output).toContain("The connection's user needs to be an administrator");
  });

  it("has its key revoked under the very id that it gave", async () => {
    at.sandbox.journal.clear();
    at.sandbox.inject({ method: "DELETE", action: { kind: "respond", status: 200 } });
    expect((await run("destroy", "--yes", "--skip-preview")).exitCode).toBe(0);
    expect(requests(at.sandbox, "DELETE").map(decodeURIComponent)).toEqual([
      `DELETE /api/admin/api-keys/${evil}`,
    ]);
  });

  it("has sent no control character to the terminal by all that", () => {
    expect(printed).toContain("evil");
    expect(printed).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });
});
