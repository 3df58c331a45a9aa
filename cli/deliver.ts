import { reasonOf } from "../provider/base/errors";
import { type Command, CommandError, parseOptions, printLine } from "./command";
import { confirm } from "./confirm";
import { type OwedDelivery, owedDeliveries } from "./owedDeliveries";
import { Stack } from "./stack";
import { type StackKey, stackKeys } from "./stackKeys";
import { storesOf } from "./stores";
import { table } from "./table";

export const deliver: Command = {
  summary: "repeats failed deliveries of a stack's keys, without an `up`",
  help: `Usage: pulumi-apikeys deliver [--stack <name>] [--dry-run] [--yes]

Takes the values of a stack's keys to the stores that, by its state, do not hold them: a delivery failed, or a refresh found
it changed or missing. A value comes from the state; with valueInState: false it is read back from another store that still
holds it. The vendors are asked for nothing, and what a program no longer delivers is left to \`pulumi up\`.

It writes the stores and not the state, which \`pulumi up\` does: it finds each value in its place, and writes no further
version of it. A store that does not show what it holds, such as a command, is then given the value once more. Do not
run it beside an operation of Pulumi, for it takes no lock.

Options:
  --stack <name>  the stack. Default: the selected one.
  --dry-run       print what is owed, and write nothing.
  --yes           do not ask.

Exit status: 0 when all that was owed is delivered, 1 when some is not, 2 when the command line is wrong.
`,
  async run(args) {
    const { options } = parseOptions(args, {
      stack: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
    });
    const stack = new Stack(options.stack);
    const stores = storesOf(stack);
    const keys = async () => stackKeys(await stack.decryptedState());
    let owed = await owedDeliveries(await keys(), stores);
    if (owed.length === 0) {
      printLine(
        "By the stack's state, no store is owed a key. `pulumi refresh` looks whether they still hold them.",
      );
      return;
    }
    const isAsked = !options["dry-run"] && !options.yes;
    if (options["dry-run"] || isAsked) printOwed(owed);
    if (options["dry-run"]) return failFor(owed.flatMap(problemOf));
    if (isAsked) {
      if (!(await confirm("Deliver them?", "--yes"))) throw new CommandError("Nothing was delivered.");
      // The answer may have taken long enough for another to renew a key.
      owed = await owedDeliveries(await keys(), stores);
    }
    const results: Result[] = [];
    for (const one of owed) results.push(await carriedOut(one));
    process.stdout.write(
      table(
        ["KEY", "PLACE", "RESULT"],
        results.map(({ owed, problem }) => [owed.key.name, owed.place, problem ? "failed" : "delivered"]),
      ),
    );
    const done = results.filter(({ problem }) => problem === undefined).map(({ owed }) => owed);
    printNextStep(done);
    failFor([...results.flatMap(({ problem }) => problem ?? []), ...renewedMeanwhile(done, await keys())]);
  },
};

interface Result {
  readonly owed: OwedDelivery;
  /** Why it failed, in sentences. */
  readonly problem?: string;
}

async function carriedOut(owed: OwedDelivery): Promise<Result> {
  const { act } = owed;
  if ("problem" in act) return { owed, problem: act.problem };
  try {
    await act.store.write(act.write.content, act.write.before?.written);
    return { owed };
  } catch (error) {
    return { owed, problem: reasonOf(error) };
  }
}

function printOwed(owed: readonly OwedDelivery[]): void {
  process.stdout.write(
    table(
      ["KEY", "PLACE", "OWED"],
      owed.map((one) => [
        one.key.name,
        one.place,
        problemOf(one).length > 0 ? "cannot be delivered" : "the key",
      ]),
    ),
  );
}

function problemOf({ act }: OwedDelivery): string[] {
  return "problem" in act ? [act.problem] : [];
}

/** The state still says that it failed; what that means for the next `up`. */
function printNextStep(done: readonly OwedDelivery[]): void {
  if (done.length === 0) return;
  printLine(
    "The state was not changed: the next `pulumi up` finds the values in their places, and records it.",
  );
  const unknown = done.filter(({ isValueInState }) => !isValueInState).map(({ key }) => key.name);
  if (unknown.length > 0) {
    printLine(
      `First run \`pulumi refresh\`: the value of ${[...new Set(unknown)].join(" and ")} is not in the state, so that an \`up\` that did not know of it would make another key.`,
    );
  }
}

/** Nothing keeps an operation of Pulumi from renewing a key at the same time, whose older value is then in a store. */
function renewedMeanwhile(done: readonly OwedDelivery[], now: readonly StackKey[]): string[] {
  const current = new Map(now.map(({ urn, outputs }) => [urn, outputs.fingerprint]));
  const renewed = done.filter(({ key }) => current.get(key.urn) !== key.outputs.fingerprint);
  return renewed.map(
    ({ key, place }) =>
      `The ${key.label} was renewed or removed meanwhile, so ${place} may hold an older value. Run \`pulumi refresh\`, then \`pulumi up\`.`,
  );
}

function failFor(problems: readonly string[]): void {
  if (problems.length > 0) throw new CommandError([...new Set(problems)].join("\n"));
}
