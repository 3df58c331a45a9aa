import { writeFileSync } from "node:fs";
import { reasonOf } from "../../provider/base/errors";
import { type Command, CommandError, parseOptions, spanMs, UsageError } from "../command";
import { projectName } from "../stack";
import { failingByDefault, findingsFrom } from "./findings";
import { formatNamed, formatNames } from "./formats";
import { help } from "./help";
import { htmlReport } from "./html/page";
import { counted, failingFindings, reportedKeys } from "./report";
import { runAudit } from "./run";

/** The vendors were read, and the audit found something that `--fail-on` names. */
class FindingsError extends CommandError {
  override readonly name = "FindingsError";
  override readonly exitCode = 3;
}

const defaults = { expiringWithin: "14d", unusedFor: "90d" };

export const audit: Command = {
  summary: "compares the keys that the vendors have with those in the states of stacks",
  help: help({ ...defaults, failing: failingByDefault, formats: formatNames }),
  async run(args) {
    const { options } = parseOptions(args, {
      stack: { type: "string", multiple: true },
      all: { type: "boolean", default: false },
      backend: { type: "string", multiple: true },
      project: { type: "string", multiple: true },
      "expiring-within": { type: "string", default: defaults.expiringWithin },
      "unused-for": { type: "string", default: defaults.unusedFor },
      "fail-on": { type: "string", default: failingByDefault.join() },
      json: { type: "boolean", default: false },
      format: { type: "string" },
      html: { type: "string" },
    });
    const { project: projects = [] } = options;
    const folder = projects.find((one) => projectName(one) === undefined);
    if (folder !== undefined)
      throw new UsageError(`--project is ${JSON.stringify(folder)}, where there is no Pulumi.yaml.`);
    if (options.json && (options.format ?? "json") !== "json")
      throw new UsageError(`--json and --format ${options.format} exclude each other.`);
    const format = formatNamed(options.json ? "json" : (options.format ?? "text"));
    const report = await runAudit(
      { names: options.stack ?? [], all: options.all, backends: options.backend ?? [], projects },
      {
        expiringWithinMs: spanMs("--expiring-within", options["expiring-within"]),
        unusedForMs: spanMs("--unused-for", options["unused-for"]),
        failing: findingsFrom(options["fail-on"]),
      },
    );
    process.stdout.write(format(report));
    if (options.html !== undefined) writePage(options.html, htmlReport(report));

    if (report.failures.length > 0) throw new CommandError(report.failures.join("\n"));
    const fatal = reportedKeys(report).flatMap((key) => failingFindings(report, key));
    if (fatal.length > 0) {
      throw new FindingsError(`The audit fails: ${counted(fatal)}. Adopt, revoke or renew these keys.`);
    }
  },
};

/** @throws {CommandError} when the file cannot be written */
function writePage(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new CommandError(`The report cannot be written to ${JSON.stringify(file)}: ${reasonOf(error)}`);
  }
}
