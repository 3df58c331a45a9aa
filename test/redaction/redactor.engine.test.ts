import { preloading } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import { interrupt, recover } from "../support/engine/interruption";
import { programWith, requests, vendorCaseOf } from "../support/engine/vendors";
import { secretsIn } from "../support/secrets";

const xentree = vendorCaseOf("xentree");
const base64 = (text: string) => Buffer.from(`user:${text}`).toString("base64");

/** With it off, the same mistakes are seen to get out: else a test of the redactor would prove nothing. */
const modes = [
  { redactor: "on", hides: true, preloads: [] },
  { redactor: "off", hides: false, preloads: ["withoutRedactor.js"] },
];

describe.each(modes)("with the redactor $redactor, a secret", ({ hides, preloads }) => {
  const at = useStack("suite", (sandbox) => programWith(xentree, sandbox, ""));
  const preload = (...files: string[]) => at.stack.setEnv({ NODE_OPTIONS: preloading(...files) });
  const token = () => at.sandbox.credentials.xentree.token;
  /** Without the stack's outputs, where the engine itself says [secret]. */
  const run = async (command: string) => {
    const args = [command, "--yes", "--skip-preview", "--suppress-outputs"];
    return (await at.stack.pulumi(args, { allowFailure: true })).output;
  };
  /** Whether the text has the secret or, at each place where it would be, a sign of it. */
  const expectHidden = (text: string, secret: string) => {
    expect(secretsIn(text, [secret])).toEqual(hides ? [] : [secret]);
    expect(text.includes("[secret]")).toBe(hides);
  };

  beforeAll(() => preload(...preloads));

  it("that the vendor repeats when it refuses to create a key", async () => {
    const detail = `Bad Authorization: Bearer ${token()}, Basic ${base64(token())}`;
    at.sandbox.inject({ method: "POST", action: { kind: "respond", status: 400, body: { detail } } });
    const output = await run("up");
    expect(output).toContain("HTTP 400: Bad Authorization");
    expectHidden(output, token());
  });

  it("that recover would print: in an error, in an id, in a time", async () => {
    at.sandbox.journal.clear();
    at.sandbox.inject({ method: "POST", action: { kind: "hang" } });
    await interrupt(at, "SIGKILL to the CLI", "up", () => requests(at.sandbox, "POST").length > 0);
    await at.stack.pulumi(["cancel", "--yes"]);

    at.sandbox.inject({ method: "GET", action: { kind: "respond", status: 403, body: { detail: token() } } });
    const refusal = await recover(at, "--yes");
    expect(refusal).toContain("HTTP 403");
    expectHidden(refusal, token());

    const { pending_operations: pending } = (await at.stack.exportState()).deployment;
    const [operation] = pending ?? [];
    const created_at = base64(token());
    const body = [{ id: token(), name: operation?.resource.inputs.name, created_at }];
    at.sandbox.inject({ method: "GET", action: { kind: "respond", status: 200, body } });
    const output = await recover(at, "--yes");
    expect(output).toMatch(/the vendor has .*, created .*\.\n.* is revoked\./);
    expectHidden(output, token());
  });

  it("that the vendor repeats when it refuses to revoke a key: the key's own", async () => {
    await at.stack.up("--skip-preview");
    const { value } = await at.stack.outputs({ showSecrets: true });
    const body = { detail: `No ${encodeURIComponent(`${value}/`)}, no ${base64(String(value))}` };
    at.sandbox.inject({ method: "DELETE", action: { kind: "respond", status: 403, body } });
    const output = await run("destroy");
    expect(output).toContain("HTTP 403: No ");
    expectHidden(output, String(value));
  });

  it("that our own code prints, forgets in a rejection, or throws where nobody expects it", async () => {
    at.stack.setEnv({ CANARY: token() });
    preload(...preloads, "leakyClient.js");
    const output = await run("refresh");
    for (const way of ["logged", "reported", "written", "forgotten", "thrown"]) expect(output).toContain(way);
    // An unexpected error shows its place.
    expect(output).toMatch(/RangeError: thrown .*\n\s+at .*leakyClient\.js/);
    expectHidden(output, token());
    preload(...preloads);
  });

  it("that a warning would hold, for the vendor calls the key by it", async () => {
    const { keyId } = await at.stack.outputs();
    at.sandbox.changeOutOfBand("xentree", String(keyId), { name: base64(token()) });
    await run("refresh");
    at.sandbox.deactivateOutOfBand("xentree", String(keyId));
    const output = await run("refresh");
    expect(output).toMatch(/warning: The Xentree key .* no longer works/);
    expectHidden(output, token());
  });
});
