import type { Finding } from "./findings";

/** What the help tells of the options' values. */
interface Told {
  readonly expiringWithin: string;
  readonly unusedFor: string;
  readonly failing: readonly Finding[];
  readonly formats: readonly string[];
}

/** The text of `audit --help`. */
export function help({ expiringWithin, unusedFor, failing, formats }: Told): string {
  return `Usage: pulumi-apikeys audit [--stack <name>]... [--all] [--backend <url>]... [--project <folder>]...
                            [--expiring-within <time>] [--unused-for <time>] [--fail-on <findings>]
                            [--json | --format <format>] [--html <file>]

Lists the vendors' keys wherever a stack has a key: at each service, connection and set of path parameters. A key is
managed (in the state of a stack), unmanaged (at the vendor only) or missing (in a state only). The previous key of a
rotation with overlap is managed too. The audit only reads: it changes neither keys nor state.

Several stacks are compared with the vendors together, so that a key is unmanaged only if none of them has it. Where one
of them cannot be read, no key is called unmanaged: what none of the others has is then unknown, and the status is 1.

Findings:
  unmanaged    a key that works and is in no state that was read.
  missing      a key in a state that the vendor no longer has.
  revoked      a managed key that was revoked.
  rotated      a managed key that somebody gave another value at the vendor.
  expired      a managed key that has expired.
  expiring     a key that works and expires soon.
  unused       a key that works and was last used before the time of --unused-for.
  never-used   a key that works, was never used, and was created before that time.

Options:
  --stack <name>            a stack; once for each. Default: the selected one.
  --all                     every stack of the current backend, of whichever project.
  --backend <url>           every stack of this backend, too; once for each. The address is what PULUMI_BACKEND_URL takes.
  --project <folder>        where another project is, whose stacks have connections in their config; once for each. Of a
                            project that is neither here nor there, the environment has to have them.
  --expiring-within <time>  a key that expires within this time is expiring. Default: ${expiringWithin}.
  --unused-for <time>       a key that was not used for this time is unused. Default: ${unusedFor}.
  --fail-on <findings>      findings that end the audit with status 3, separated by commas, or none.
                            Default: ${failing.join(",")}.
  --format <format>         ${formats.join(", ")}. Default: text.
  --html <file>             also write a page for people into this file: a timeline of every key, and what needs a hand first.
                            It needs no network and no other file, and has no value in it.
  --json                    the same as --format json: an object with \`keys\`, and \`failures\` in sentences.

Exit status: 0 when all is well, 1 when not every stack and place could be read to its end, 2 when the command line is
wrong, 3 when there are findings that --fail-on names.
`;
}
