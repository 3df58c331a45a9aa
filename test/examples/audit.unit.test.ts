import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { audit } from "../../cli/audit";
import { status } from "../../cli/status";
import { repository } from "../support/engine/environment";

const text = readFileSync(path.join(repository, "examples", "governance", "audit.yml"), "utf8");

interface Step {
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
const workflow: {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
} = parse(text);
const jobs = Object.entries(workflow.jobs);

/** The step of the job "audit" that uses an action. */
function using(action: string): Step | undefined {
  return workflow.jobs.audit?.steps.find(({ uses }) => uses?.startsWith(`${action}@`));
}

describe("examples/governance/audit.yml", () => {
  it("pins each action to a commit, with its version beside it, and the same one everywhere", () => {
    const actions = text.match(/uses: .*/g) ?? [];
    expect(actions).toHaveLength(8);
    for (const action of actions) {
      expect(action).toMatch(/^uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
    const nightly = readFileSync(path.join(repository, "examples", "rotation", "nightly.yml"), "utf8");
    for (const action of new Set(nightly.match(/uses: .*/g))) expect(actions).toContain(action);
  });

  it("is cancelled by no later run", () => {
    expect(text).toMatch(/^concurrency:\n {2}group: \S+\n {2}cancel-in-progress: false$/m);
  });

  it.each(jobs)("takes what is secret from the environment's secrets alone, in the job %s", (_, job) => {
    expect(job.environment).toBe("audit");
    const settings = text.match(/^ +\S*(TOKEN|PASSWORD|API_KEY|PASSPHRASE):.*$/gm) ?? [];
    expect(settings).toHaveLength(3);
    for (const setting of settings) expect(setting).toMatch(/: \$\{\{ secrets\.\w+ \}\}$/);
  });

  it("may write nothing but the results of code scanning", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(jobs.map(([name, { permissions = {} }]) => [name, permissions])).toEqual([
      ["audit", { contents: "read", "security-events": "write", actions: "read" }],
      ["due", {}],
    ]);
  });

  it("gives code scanning whole audits only, and keeps whatever page there is", () => {
    expect(using("github/codeql-action/upload-sarif")?.if).toContain(
      " !cancelled() && (steps.audit.outputs.status == '0' || steps.audit.outputs.status == '3') ",
    );
    expect(using("actions/upload-artifact")?.if).toContain(
      " !cancelled() && hashFiles('report.html') != '' ",
    );
    expect(audit.help).toMatch(/Exit status: 0 when all is well, 1 when not every stack/);
  });

  it("runs each command with options that it has", () => {
    const commands = jobs.flatMap(([, { steps }]) =>
      steps.flatMap(({ run = "" }) => run.match(/npx pulumi-apikeys .*/g) ?? []),
    );
    expect(commands).toEqual([
      "npx pulumi-apikeys audit --all --format sarif --html report.html > audit.sarif || status=$?",
      "npx pulumi-apikeys status --stack prod --watch-exit --within 7d",
    ]);
    for (const [index, { help }] of [audit, status].entries()) {
      for (const option of commands[index]?.match(/--[\w-]+/g) ?? [])
        expect(help).toMatch(new RegExp(`^ {2}${option} `, "m"));
    }
  });
});
