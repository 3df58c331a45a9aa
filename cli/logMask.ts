import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import { CommandError } from "./command";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Has the runner of a CI job mask secrets in the job's log from now on: GitHub Actions and Azure Pipelines listen for it
 * on the output of a step. GitLab has nothing of the kind. Anywhere else nothing is printed.
 *
 * @throws {CommandError} when the runner cannot be told: what runs next might print them
 */
export function maskInLog(secrets: readonly string[], environment: Environment): void {
  const lines = secrets.flatMap((secret) => secret.split(/[\r\n]+/)).filter((line) => line.trim() !== "");
  const commands = [...new Set(lines)].flatMap((line) => maskCommands(line, environment));
  if (commands.length === 0) return;
  // What a user has sent into a file no runner reads, and the values shall not be there.
  const stream = [1, 2].find(leadsToRunner);
  try {
    // Past the redactor of this process, and done before the next step.
    if (stream !== undefined) writeSync(stream, commands.map((command) => `${command}\n`).join(""));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(
      `The values cannot be masked in the log (${code}), so the command was not started.`,
    );
  }
}

/**
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#setsecret-register-a-value-as-a-secret
 */
function maskCommands(line: string, { GITHUB_ACTIONS, TF_BUILD }: Environment): string[] {
  const commands: string[] = [];
  if (GITHUB_ACTIONS === "true") commands.push(`::add-mask::${line.replaceAll("%", "%25")}`);
  if (TF_BUILD !== undefined && /^true$/i.test(TF_BUILD)) {
    // Whether an agent takes the escape back depends on its version; one mask too many does no harm.
    const spellings = new Set([line.replaceAll("%", "%AZP25"), line]);
    for (const spelling of spellings) commands.push(`##vso[task.setsecret]${spelling}`);
  }
  return commands;
}

function leadsToRunner(stream: number): boolean {
  const kind = fstatSync(stream);
  return kind.isFIFO() || kind.isSocket() || isatty(stream);
}
