import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { exampleProject } from "../support/engine/exampleProject";
import { useStack } from "../support/engine/fixture";
import { letPass } from "../support/engine/timeTravel";
import { use, vendorCaseOf } from "../support/engine/vendors";

const xentree = vendorCaseOf("xentree");
const dayMs = 86_400_000;

describe("examples/downstream/dotenv", () => {
  const at = useStack("suite", () => exampleProject("downstream/dotenv", "index.ts"));
  const file = () => path.join(at.stack.dir, ".env");
  const live = () => at.sandbox.keys("xentree").filter((key) => key.live);
  const lines = () => readFileSync(file(), "utf8").trimEnd().split("\n");
  const linesOf = (key: { value: string; id: string } | undefined) => [
    "PORT=8080",
    `XENTREE_API_KEY=${key?.value}`,
    `XENTREE_API_KEY_ID=${key?.id}`,
  ];

  it("writes the live key beside what the file has, for its owner alone", async () => {
    writeFileSync(file(), "PORT=8080\n");
    await at.stack.up("--skip-preview");
    const [key, ...others] = live();
    expect(others).toEqual([]);
    expect(lines()).toEqual(linesOf(key));
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it("has the value nowhere in the state", async () => {
    expect(JSON.stringify(await at.stack.exportState({ showSecrets: true }))).not.toContain(live()[0]?.value);
  });

  it("writes nothing in a second up", async () => {
    const { mtimeMs } = statSync(file());
    await at.stack.up("--expect-no-changes");
    expect(statSync(file()).mtimeMs).toBe(mtimeMs);
  });

  it("writes the next value at a rotation, while the old key still works for a day", async () => {
    const [old] = live();
    await letPass(at.stack, 30 * dayMs);
    await at.stack.up("--skip-preview");
    const key = live().find(({ id }) => id !== old?.id);
    expect(lines()).toEqual(linesOf(key));
    expect(await use(xentree, at.sandbox, old?.value)).toBe(200);
    await letPass(at.stack, dayMs);
    await at.stack.up("--skip-preview");
    expect(await use(xentree, at.sandbox, old?.value)).toBe(401);
    expect(await use(xentree, at.sandbox, key?.value)).toBe(200);
  });

  it("takes its lines away when the key is destroyed, and no others", async () => {
    await at.stack.destroy("--skip-preview");
    expect(live()).toEqual([]);
    expect(lines()).toEqual(["PORT=8080"]);
  });
});
