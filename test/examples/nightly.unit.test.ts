import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/engine/environment";

const workflow = readFileSync(path.join(repository, "examples", "rotation", "nightly.yml"), "utf8");

describe("examples/rotation/nightly.yml", () => {
  it("pins each action to a commit, with its version beside it", () => {
    const actions = workflow.match(/uses: .*/g) ?? [];
    expect(actions).toHaveLength(3);
    for (const action of actions) {
      expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("lets no two runs overlap, and none be cancelled by the next", () => {
    expect(workflow).toMatch(/^concurrency:\n {2}group: \S+\n {2}cancel-in-progress: false$/m);
  });

  it("takes what is secret from the environment's secrets alone", () => {
    const settings = workflow.match(/^ +\S*(TOKEN|PASSWORD|API_KEY|PASSPHRASE):.*$/gm) ?? [];
    expect(settings).toHaveLength(2);
    for (const setting of settings) expect(setting).toMatch(/: \$\{\{ secrets\.\w+ \}\}$/);
    expect(workflow).toMatch(/^ {4}environment: production$/m);
  });

  it("runs the commands whose output docs/rotation.md shows", () => {
    const run = (workflow.match(/run: pulumi .*/g) ?? []).map((line) => line.replace("run: ", "$ "));
    const document = readFileSync(path.join(repository, "docs", "rotation.md"), "utf8");
    const shown = [...document.matchAll(/```console\n(.*?)\n```/gs)].map(([, text]) =>
      (text ?? "").match(/^\$ pulumi .*$/gm),
    );
    expect(run).toHaveLength(2);
    expect(shown).toEqual([run, run, run]);
  });
});
