import { useStack } from "../support/engine/fixture";
import { interrupt, recover } from "../support/engine/interruption";
import { liveKeys, requests, use, vendorCaseOf } from "../support/engine/vendors";
import { title } from "./matrix";

const xentree = vendorCaseOf("xentree");
const program = (version: number) => `
  const { xentree } = require("pulumi-apikeys");
  const rotation = { overlap: "7d", triggers: { version: ${version} } };
  const { value, previousValue } = new xentree.ApiKey("ci", { rotation });
  module.exports = { value, previousValue };`;

const onLinux = process.platform === "linux" ? describe : describe.skip;

onLinux("a rotation with overlap whose CLI is killed while it creates the new key", () => {
  const at = useStack("test", () => program(1));

  const pending = async () => (await at.stack.exportState()).deployment.pending_operations ?? [];

  async function killed(): Promise<{ old: string; orphan: string }> {
    await at.stack.up("--skip-preview");
    const [old = ""] = liveKeys(at.sandbox, "xentree");
    at.sandbox.journal.clear();
    at.stack.setProgram(program(2));
    at.sandbox.inject({ method: "POST", action: { kind: "hangAfterCommit" } });
    await interrupt(at, "SIGKILL to the CLI", "up", () => requests(at.sandbox, "POST").length > 0);
    expect((await pending()).map(({ type }) => type)).toEqual(["updating"]);
    await at.stack.pulumi(["cancel", "--yes"]);
    const [orphan = "", ...others] = liveKeys(at.sandbox, "xentree").filter((id) => id !== old);
    expect(others).toEqual([]);
    return { old, orphan };
  }

  /** The old key and its successor are live, and the state holds both, with values that work. */
  async function expectRotated(old: string): Promise<void> {
    const { outputs } = await at.stack.resource("ci");
    expect(outputs).toMatchObject({ generation: 2, previousKeyId: old });
    expect(liveKeys(at.sandbox, "xentree").toSorted()).toEqual([old, String(outputs.keyId)].toSorted());
    const { value, previousValue } = await at.stack.outputs({ showSecrets: true });
    for (const one of [value, previousValue]) expect(await use(xentree, at.sandbox, one)).toBe(200);
    expect(await pending()).toEqual([]);
  }

  it(title("killed.rotate"), async () => {
    const { old, orphan } = await killed();
    const recovered = await recover(at, "--yes");
    expect(recovered).toContain(`${orphan} is revoked.`);
    expect(recovered).not.toContain(`${old} is revoked.`);
    await at.stack.up("--skip-preview");
    await expectRotated(old);
    expect(await recover(at, "--yes")).toContain("Nothing to recover");
  });

  it("is finished by an up alone, which revokes the key that no state holds", async () => {
    const { old, orphan } = await killed();
    const { output } = await at.stack.up("--skip-preview");
    expect(output).toContain(`Key ${orphan} beside the Xentree key`);
    await expectRotated(old);
  });
});
