import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Child } from "./child";

/** The user's pulumi, as far as looking needs it: it prints what the files beside it say, and notes what it was asked. */
const script = `#!/bin/sh
cd "$(dirname "$0")"
echo "$*" >> asked
case "$1 $2" in
"stack ls") cat stacks ;;
"stack export") if [ -d states ]; then cat "states/$4"; else cat state; fi ;;
"config --json") cat config ;;
*) exit 255 ;;
esac
`;

/** A stack that our commands find through a stand-in for the user's pulumi. */
export class FakePulumi {
  readonly folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-bin-"));

  constructor() {
    writeFileSync(path.join(this.folder, "pulumi"), script, { mode: 0o755 });
    this.has({ stacks: [], state: { deployment: {} }, config: {} });
  }

  /** What it prints from now on, each as JSON. */
  has(answers: { stacks?: unknown; state?: unknown; config?: unknown }): void {
    for (const [file, answer] of Object.entries(answers)) this.write(file, JSON.stringify(answer));
  }

  /** The states of stacks that are asked for by their names. */
  hasStates(states: Readonly<Record<string, unknown>>): void {
    for (const [name, state] of Object.entries(states)) {
      mkdirSync(path.dirname(path.join(this.folder, "states", name)), { recursive: true });
      this.write(path.join("states", name), JSON.stringify(state));
    }
    this.has({ stacks: Object.keys(states).map((name) => ({ name })) });
  }

  /** @returns the path of the file */
  write(file: string, text: string): string {
    const place = path.join(this.folder, file);
    writeFileSync(place, text);
    return place;
  }

  /** Runs one of our commands in the repository's root, which is a project. */
  async run(args: readonly string[], env: NodeJS.ProcessEnv) {
    const child = new Child("dist/cli/main.js", args, {
      ...process.env,
      ...env,
      PATH: `${this.folder}${path.delimiter}${process.env.PATH}`,
      PULUMI_HOME: this.folder,
    });
    const exitCode = await child.exit;
    return { exitCode, stdout: child.stdout, stderr: child.stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
