import type { FaultAction } from "../../sandbox";
import { type Fixture, useStack } from "../support/engine/fixture";
import { type Interruption, interrupt, recover } from "../support/engine/interruption";
import { hasTerminal, recoverAtTerminal } from "../support/engine/terminal";
import { liveKeys, programWith, requests, vendorCaseOf } from "../support/engine/vendors";

const onLinux = process.platform === "linux" ? describe : describe.skip;
const atTerminal = hasTerminal ? it : it.skip;
const xentree = vendorCaseOf("xentree");

/** A resource of another kind, whose create never ends. */
const endless = `
  const pulumi = require("@pulumi/pulumi");
  class Endless extends pulumi.dynamic.Resource {
    constructor(name) { super({ create: () => new Promise(() => {}) }, name, {}); }
  }
  new Endless("bucket");`;

const programOf = (sandbox: Fixture["sandbox"]) => programWith(xentree, sandbox, "");
const live = ({ sandbox }: Fixture) => liveKeys(sandbox, "xentree");
const pending = async ({ stack }: Fixture) => (await stack.exportState()).deployment.pending_operations ?? [];

/** Ends an `up` while the vendor's answer to the create is outstanding. */
async function killed(at: Fixture, how: Interruption, action: FaultAction): Promise<void> {
  at.sandbox.inject({ method: "POST", action });
  await interrupt(at, how, "up", () => requests(at.sandbox, "POST").length > 0);
}

onLinux("recover, after an up that was killed while it created a key,", () => {
  const at = useStack("suite", programOf);
  let id: string | undefined;
  beforeAll(async () => {
    await killed(at, "SIGKILL to the CLI", { kind: "hangAfterCommit" });
    [id] = live(at);
  });

  it("does nothing while the stack is locked: the key may be on its way into the state", async () => {
    expect(await recover(at, "--yes")).toContain("if it was killed, run `pulumi cancel`");
    expect(live(at)).toEqual([id]);
  });

  it("does nothing where it can ask nobody and --yes is missing", async () => {
    await at.stack.pulumi(["cancel", "--yes"]);
    expect(await recover(at)).toContain("There is no terminal to ask on; add --yes");
    expect(live(at)).toEqual([id]);
    expect(await pending(at)).toHaveLength(1);
  });

  atTerminal("does nothing when the answer is Ctrl-C or no", async () => {
    expect(await recoverAtTerminal(at, ["\u0003"])).toMatch(/There was no answer, so nothing was done\.\n$/);
    const refused = await recoverAtTerminal(at, ["n"]);
    // The key can be nobody else's.
    expect(refused).toContain(`Revoke ${id}? [y/N] n`);
    expect(refused).toContain("Nothing was revoked or cleared");
    expect(live(at)).toEqual([id]);
    expect(await pending(at)).toHaveLength(1);
  });

  atTerminal("revokes the key when the answer is yes", async () => {
    const agreed = await recoverAtTerminal(at, ["y"]);
    expect(agreed).toContain(`${id} is revoked.`);
    expect(agreed).toContain("1 interrupted operation is cleared.");
    expect(live(at)).toEqual([]);
    expect(await pending(at)).toEqual([]);
  });
});

onLinux("recover, after a provider was killed while it created a key,", () => {
  const at = useStack("suite", programOf);

  it("finds the key that the next preview warns of where the engine knows of nothing, in a list that lags behind", async () => {
    await killed(at, "SIGKILL to the provider", { kind: "hangAfterCommit" });
    expect(await pending(at)).toEqual([]);
    const { output } = await at.stack.preview();
    expect(output).toMatch(
      /cut short while it created API key "ci-[0-9a-f]{7}".*Run `npx pulumi-apikeys recover`/,
    );
    await at.stack.destroy("--skip-preview");
    at.stack.setEnv({ APIKEYS_XENTREE_LIST_LAG_SECONDS: "2" });
    at.sandbox.inject({ method: "GET", action: { kind: "respond", status: 200, body: [] }, times: 3 });
    expect(await recover(at, "--yes")).toContain("is revoked");
    expect(live(at)).toEqual([]);
  });
});

onLinux("recover, where the program chose the name of the key,", () => {
  const at = useStack("suite", (sandbox) => programWith(xentree, sandbox, `name: "shared"`));
  let theirId: string;
  beforeAll(async () => {
    theirId = at.sandbox.createOutOfBand("xentree", { name: "shared" }).id;
    await killed(at, "SIGKILL to the CLI", { kind: "hang" });
    await at.stack.pulumi(["cancel", "--yes"]);
  });

  it("revokes nothing with --yes, and says which key to look at", async () => {
    expect(await recover(at, "--yes")).toContain(`${theirId} may be someone else's`);
    expect(live(at)).toEqual([theirId]);
    expect(await pending(at)).toHaveLength(1);
  });

  atTerminal("takes Enter alone for no answer", async () => {
    const undecided = await recoverAtTerminal(at, ["", ""]);
    expect(undecided).toContain("Its name is fixed by the program, so it may be someone else's. [y/N] ");
    expect(undecided).toContain("Nothing was revoked or cleared");
    expect(await pending(at)).toHaveLength(1);
  });

  atTerminal("leaves the key alone for good when told that it is someone else's", async () => {
    const screen = await recoverAtTerminal(at, ["n", "y"]);
    expect(screen).toContain(`Is ${theirId} someone else's, to be left alone for good? [y/N] y`);
    expect(live(at)).toEqual([theirId]);
    expect(await pending(at)).toEqual([]);
    expect(await recover(at, "--yes")).toContain("Nothing to recover");
  });
});

onLinux("recover, beside an interrupted operation of another resource,", () => {
  const at = useStack("suite", (sandbox) => `${programOf(sandbox)}${endless}`);

  it("works on the stack that is named, and does not clear that operation with --yes", async () => {
    await killed(at, "SIGKILL to the CLI", { kind: "hangAfterCommit" });
    await at.stack.pulumi(["cancel", "--yes"]);
    expect(await pending(at)).toHaveLength(2);
    await at.stack.pulumi(["stack", "init", "other"]);
    expect(await recover(at, "--yes")).toContain("Nothing to recover");

    const refused = await recover(at, "--yes", "--stack", "dev");
    expect(refused).toMatch(/ {2}creating urn:pulumi:dev::project::.*::bucket\n/);
    expect(refused).toContain("Nothing was revoked or cleared");
    expect(live(at)).toHaveLength(1);
  });

  atTerminal("clears it when a person says so", async () => {
    const screen = await recoverAtTerminal(at, ["y", "yes"], "--stack", "dev");
    expect(screen).toContain("1 interrupted operation is cleared.");
    expect(live(at)).toEqual([]);
    expect(await pending(at)).toEqual([]);
  });
});
