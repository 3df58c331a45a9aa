import type { FaultAction } from "../../sandbox";
import { useStack } from "../support/engine/fixture";
import { type Interruption, interrupt, recover } from "../support/engine/interruption";
import { hasTerminal, recoverAtTerminal } from "../support/engine/terminal";
import { liveKeys, programWith, requests, type VendorCase, vendorCases } from "../support/engine/vendors";

const onLinux = process.platform === "linux" ? describe : describe.skip;
const xentree = vendorCases.find(({ vendor }) => vendor === "xentree") as VendorCase;

/** A resource of another kind, whose create never ends. */
const endless = `
  const pulumi = require("@pulumi/pulumi");
  class Endless extends pulumi.dynamic.Resource {
    constructor(name) { super({ create: () => new Promise(() => {}) }, name, {}); }
  }
  new Endless("bucket");`;

onLinux("recover, after an up that was killed while it created a key,", () => {
  const at = useStack("test", (sandbox) => programWith(xentree, sandbox, ""));
  const killed = async (how: Interruption, action: FaultAction) => {
    at.sandbox.inject({ method: "POST", action });
    await interrupt(at, how, "up", () => requests(at.sandbox, "POST").length > 0);
  };
  const live = () => liveKeys(at.sandbox, "xentree");
  const pending = async () => (await at.stack.exportState()).deployment.pending_operations ?? [];

  it("does nothing while the stack is held; then asks, does nothing upon a no, and revokes the key upon a yes", async () => {
    await killed("SIGKILL to the CLI", { kind: "hangAfterCommit" });
    const [id] = live();
    // The key may be on its way into the state.
    expect(await recover(at, "--yes")).toContain("if it was killed, run `pulumi cancel`");
    await at.stack.pulumi(["cancel", "--yes"]);
    // Without an answer there is no consent.
    expect(await recover(at)).toContain("There is no terminal to ask on; add --yes");
    expect(live()).toEqual([id]);
    expect(await pending()).toHaveLength(1);
    if (!hasTerminal) return;

    // Neither is Ctrl-C an answer.
    expect(await recoverAtTerminal(at, ["\u0003"])).toMatch(/There was no answer, so nothing was done\.\n$/);
    const refused = await recoverAtTerminal(at, ["n"]);
    // The key can be nobody else's.
    expect(refused).toContain(`Revoke ${id}? [y/N] n`);
    expect(refused).toContain("Nothing was revoked or cleared");
    expect(live()).toEqual([id]);
    expect(await pending()).toHaveLength(1);

    const agreed = await recoverAtTerminal(at, ["y"]);
    expect(agreed).toContain(`${id} is revoked.`);
    expect(agreed).toContain("1 interrupted operation is cleared.");
    expect(live()).toEqual([]);
    expect(await pending()).toEqual([]);
  });

  it("finds the key that the next preview warns of where the engine knows of nothing, in a list that lags behind", async () => {
    await killed("SIGKILL to the provider", { kind: "hangAfterCommit" });
    expect(await pending()).toEqual([]);
    const { output } = await at.stack.preview();
    expect(output).toMatch(
      /cut short while it created API key "ci-[0-9a-f]{7}".*Run `npx pulumi-apikeys recover`/,
    );
    await at.stack.destroy("--skip-preview");
    at.stack.setEnv({ APIKEYS_XENTREE_LIST_LAG_SECONDS: "2" });
    at.sandbox.inject({ method: "GET", action: { kind: "respond", status: 200, body: [] }, times: 3 });
    expect(await recover(at, "--yes")).toContain("is revoked");
    expect(live()).toEqual([]);
  });

  it("revokes nothing with --yes where the program chose the name, and says which key to look at", async () => {
    at.stack.setProgram(programWith(xentree, at.sandbox, `name: "shared"`));
    const theirs = at.sandbox.createOutOfBand("xentree", { name: "shared" });
    await killed("SIGKILL to the CLI", { kind: "hang" });
    await at.stack.pulumi(["cancel", "--yes"]);
    expect(await recover(at, "--yes")).toContain(`${theirs.id} may be someone else's`);
    expect(live()).toEqual([theirs.id]);
    expect(await pending()).toHaveLength(1);
    if (!hasTerminal) return;

    // Whoever just presses Enter has answered nothing.
    const undecided = await recoverAtTerminal(at, ["", ""]);
    expect(undecided).toContain("Its name is fixed by the program, so it may be someone else's. [y/N] ");
    expect(undecided).toContain("Nothing was revoked or cleared");
    expect(await pending()).toHaveLength(1);
    const screen = await recoverAtTerminal(at, ["n", "y"]);
    expect(screen).toContain(`Is ${theirs.id} someone else's, to be left alone for good? [y/N] y`);
    expect(live()).toEqual([theirs.id]);
    expect(await pending()).toEqual([]);
    expect(await recover(at, "--yes")).toContain("Nothing to recover");
  });

  it("clears another resource's operation only when told so by a person, and works on the stack that is named", async () => {
    at.stack.setProgram(`${programWith(xentree, at.sandbox, "")}${endless}`);
    await killed("SIGKILL to the CLI", { kind: "hangAfterCommit" });
    await at.stack.pulumi(["cancel", "--yes"]);
    expect(await pending()).toHaveLength(2);
    await at.stack.pulumi(["stack", "init", "other"]);
    expect(await recover(at, "--yes")).toContain("Nothing to recover");

    const refused = await recover(at, "--yes", "--stack", "dev");
    expect(refused).toMatch(/ {2}creating urn:pulumi:dev::project::.*::bucket\n/);
    expect(refused).toContain("Nothing was revoked or cleared");
    expect(live()).toHaveLength(1);
    if (!hasTerminal) return;

    const screen = await recoverAtTerminal(at, ["y", "yes"], "--stack", "dev");
    expect(screen).toContain("1 interrupted operation is cleared.");
    expect(live()).toEqual([]);
    expect(await pending()).toEqual([]);
  });
});
