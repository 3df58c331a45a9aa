import { durationMs } from "../provider/base/time";
import { operationContext } from "../provider/host/operation";
import { auditPlace } from "./auditedPlace";
import { counted, placeReport, reportJson, summary } from "./auditReport";
import { type Command, CommandError, parseOptions, UsageError } from "./command";
import { failingByDefault, findingsFrom } from "./findings";
import { managedKeys } from "./managedKeys";
import { managedPlaces } from "./managedPlaces";
import { Stack } from "./stack";

/** The vendors were read, and the audit found something that `--fail-on` names. */
class FindingsError extends CommandError {
  override readonly name = "FindingsError";
  override readonly exitCode = 3;
}

const defaults = { expiringWithin: "14d", unusedFor: "90d" };

export const audit: Command = {
  name: "audit",
  summary: "compares the keys that the vendors have with those in a stack's state",
  help: `Usage: pulumi-apikeys audit [--stack <name>] [--expiring-within <time>] [--unused-for <time>]
                            [--fail-on <findings>] [--json]

Lists the vendors' keys wherever the stack has a key: at each service, connection and set of path parameters. A key is
managed (in the state), unmanaged (at the vendor only) or missing (in the state only). The previous key of a rotation with
overlap is managed too. The audit only reads: it changes neither keys nor state.

Findings:
  unmanaged    a key that works and is not in this stack's state. A key of another stack counts too.
  missing      a key in the state that the vendor no longer has.
  revoked      a managed key that was revoked.
  rotated      a managed key that somebody gave another value at the vendor.
  expired      a managed key that has expired.
  expiring     a key that works and expires soon.
  unused       a key that works and was last used before the time of --unused-for.
  never-used   a key that works, was never used, and was created before that time.

Options:
  --stack <name>            the stack. Default: the selected one.
  --expiring-within <time>  a key that expires within this time is expiring. Default: ${defaults.expiringWithin}.
  --unused-for <time>       a key that was not used for this time is unused. Default: ${defaults.unusedFor}.
  --fail-on <findings>      findings that end the audit with status 3, separated by commas, or none.
                            Default: ${failingByDefault.join(",")}.
  --json                    print JSON: an object with \`keys\`, and \`failures\` in sentences.

Exit status: 0 when all is well, 1 when not every place could be read
to its end, 2 when the command line is wrong, 3 when there
are findings that --fail-on names.
`,
  async run(args) {
    const { options } = parseOptions(args, {
      stack: { type: "string" },
      "expiring-within": { type: "string", default: defaults.expiringWithin },
      "unused-for": { type: "string", default: defaults.unusedFor },
      "fail-on": { type: "string", default: failingByDefault.join() },
      json: { type: "boolean", default: false },
    });
    const expiringWithinMs = spanMs("--expiring-within", options["expiring-within"]);
    const unusedForMs = spanMs("--unused-for", options["unused-for"]);
    const failing = findingsFrom(options["fail-on"]);

    const stack = new Stack(options.stack);
    const managed = managedKeys(await stack.state());
    const operation = operationContext(managed.length > 0 ? await stack.connections() : undefined);
    const { places, failures: unplaced } = managedPlaces(operation, managed);
    const limits = {
      expiringBeforeMs: operation.now() + expiringWithinMs,
      unusedSinceMs: operation.now() - unusedForMs,
    };
    const audited = await Promise.all(places.map((place) => auditPlace(operation, place, limits)));
    const failures = [...unplaced, ...audited.flatMap(({ failure, gap }) => failure ?? gap ?? [])];
    const keys = audited.flatMap((place) => place.audited);
    if (options.json) process.stdout.write(reportJson(audited, failures));
    else if (managed.length === 0)
      process.stdout.write("This stack has no API keys, so there is nothing to compare.\n");
    else {
      const read = audited.filter(({ failure }) => failure === undefined);
      process.stdout.write([...read.map(placeReport), `${summary(keys)}\n`].join("\n"));
    }

    if (failures.length > 0) throw new CommandError(failures.join("\n"));
    const fatal = keys.flatMap((key) => key.findings).filter((finding) => failing.includes(finding));
    if (fatal.length > 0) {
      throw new FindingsError(`The audit fails: ${counted(fatal)}. Adopt, revoke or renew these keys.`);
    }
  },
};

function spanMs(option: string, text: string): number {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  throw new UsageError(
    `${option} is ${JSON.stringify(text)}, but has to be a whole number and a unit (s, m, h, d, w), such as 90d.`,
  );
}
