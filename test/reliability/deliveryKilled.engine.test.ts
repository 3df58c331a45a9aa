import { readFileSync } from "node:fs";
import path from "node:path";
import { useStack } from "../support/engine/fixture";
import { recover } from "../support/engine/interruption";
import { sees, title } from "./matrix";

/** A command's parent is the provider process. */
const killer = { store: "command", command: ["sh", "-c", "kill -9 $PPID"] };
const file = { store: "file", path: ".env", field: "XENTREE_API_KEY" };

const program = (deliver: readonly object[], version: number) => `
  const { xentree } = require("pulumi-apikeys");
  new xentree.ApiKey("ci", {
    permissions: ["chat:read"], valueInState: false, deliver: ${JSON.stringify(deliver)},
    rotation: { overlap: "7d", triggers: { version: ${version} } },
  });`;

describe("a provider process that is killed while it delivers", () => {
  const at = useStack("test");
  const live = () => at.sandbox.keys("xentree").filter((key) => key.live);
  const held = () => readFileSync(path.join(at.stack.dir, ".env"), "utf8").trim().split("=")[1];
  const up = (deliver: readonly object[], version: number) => {
    at.stack.setProgram(program(deliver, version));
    return at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
  };
  const isIn = async (value: string | undefined) =>
    (await at.stack.pulumi(["stack", "export", "--show-secrets"])).stdout.includes(String(value));

  // The file is written first: what can be read back goes before what cannot.
  it.each([
    ["between the vendor's answer and the delivery", [killer]],
    ["between two deliveries", [file, killer]],
  ])(`${title("deliver.killed")}: %s, of a create`, async (_, deliver) => {
    const { exitCode, output } = await up(deliver, 1);
    expect([exitCode === 0, live().length]).toEqual([false, 1]);
    const [orphan] = live();
    expect(`${output} ${await recover(at, "--yes")}`).toMatch(sees("deliver.killed"));
    expect(live()).toEqual([]);
    expect((await up([file], 1)).exitCode).toBe(0);
    const [key] = live();
    expect([live().length, held(), key?.id === orphan?.id]).toEqual([1, key?.value, false]);
    expect(await isIn(key?.value)).toBe(false);
  });

  it(`${title("deliver.killed")}, of a renewal`, async () => {
    await up([file], 1);
    const [old] = live();
    expect((await up([file, killer], 2)).exitCode).not.toBe(0);
    expect(live()).toHaveLength(2);
    await recover(at, "--yes");
    expect(live().map(({ id }) => id)).toEqual([old?.id]);
    expect((await up([file], 2)).exitCode).toBe(0);
    const successor = live().find(({ id }) => id !== old?.id);
    expect([live().length, held()]).toEqual([2, successor?.value]);
  });
});
