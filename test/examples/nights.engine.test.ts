import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/engine/environment";
import { exampleProject } from "../support/engine/exampleProject";
import { useStack } from "../support/engine/fixture";
import { retold } from "../support/engine/retelling";
import { letPass } from "../support/engine/timeTravel";
import { liveKeys, requests, use, vendorCaseOf } from "../support/engine/vendors";

const xentree = vendorCaseOf("xentree");
const dayMs = 86_400_000;
const storyBeganMs = Date.parse("2026-06-01T02:00:00Z");
const commands = [
  ["preview", "--diff"],
  ["up", "--yes", "--skip-preview"],
];

/** What docs/rotation.md shows of a night: the commands of examples/rotation/nightly.yml, and what they print. */
function documented(night: string): string | undefined {
  const document = readFileSync(path.join(repository, "docs", "rotation.md"), "utf8");
  const section = document.split(`\n### ${night}\n`)[1]?.split(/\n##+ /)[0];
  return /```console\n(.*?)\n```/s.exec(section ?? "")?.[1];
}

describe("examples/rotation, up every night", () => {
  const at = useStack("suite", () => exampleProject("rotation", "scheduled.ts"), { name: "prod" });
  const clock = { beganMs: 0, passedMs: 0 };
  let first: Record<string, unknown>;

  beforeAll(async () => {
    clock.beganMs = Date.now();
    await at.stack.up("--skip-preview");
    first = await at.stack.outputs({ showSecrets: true });
  });

  /** Runs what nightly.yml runs, some days after the last run, and returns its output as the document shows it. */
  async function nightAfter(days: number): Promise<string> {
    await letPass(at.stack, days * dayMs);
    clock.passedMs += days * dayMs;
    at.sandbox.journal.clear();
    const told: string[] = [];
    for (const command of commands) {
      const { output } = await at.stack.pulumi(command);
      const toStoryMs = storyBeganMs - clock.beganMs + clock.passedMs;
      told.push(`$ pulumi ${command.join(" ")}`, `${retold(output, toStoryMs)}\n`);
    }
    return told.join("\n").trim();
  }

  const methods = () => requests(at.sandbox).map((request) => request.split(" ")[0]);

  it("sends nothing on a night without a renewal, and prints what the document shows", async () => {
    expect(await nightAfter(29)).toBe(documented("A quiet night"));
    expect(methods()).toEqual([]);
  });

  it("creates a key beside the old one on the night on which it is due, and prints what the document shows", async () => {
    expect(await nightAfter(1)).toBe(documented("A night that rotates"));
    expect(methods()).toContain("POST");
    expect(methods()).not.toContain("DELETE");
    const { reportsKey } = await at.stack.outputs({ showSecrets: true });
    expect(reportsKey).not.toBe(first.reportsKey);
    expect(await use(xentree, at.sandbox, first.reportsKey)).toBe(200);
    expect(await use(xentree, at.sandbox, reportsKey)).toBe(200);
  });

  it("changes nothing until the overlap is over", async () => {
    await nightAfter(6);
    expect(methods()).toEqual([]);
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(2);
  });

  it("revokes the previous key on the night after, and prints what the document shows", async () => {
    expect(await nightAfter(1)).toBe(documented("A night that only retires the previous key"));
    expect(await use(xentree, at.sandbox, first.reportsKey)).toBe(401);
    const { reportsKey } = await at.stack.outputs({ showSecrets: true });
    expect(await use(xentree, at.sandbox, reportsKey)).toBe(200);
  });
});
