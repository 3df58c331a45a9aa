import { ApiKeysError } from "../provider/base/errors";
import { journalFolder } from "../provider/host/createJournal";
import { operationContext } from "../provider/host/operation";
import type { InterruptedCreate } from "../provider/lifecycle";
import { idsText, printable } from "../provider/redaction/printable";
import { type Command, CommandError, parseOptions, printLine } from "./command";
import { confirm } from "./confirm";
import {
  foreignOperations,
  keysIn,
  leftAtVendor,
  logicalName,
  pendingKeys,
  strikeNotes,
  unfinishedCreates,
} from "./leftovers";
import { Stack } from "./stack";
import type { PendingOperation } from "./state";

export const recover: Command = {
  summary: "revokes keys that an interrupted operation may have left at a vendor, and clears its traces",
  help: `Usage: pulumi-apikeys recover [--stack <name>] [--yes]

After an operation that was killed, run \`pulumi cancel\`, and then this in the project's folder. The stack's state and
the notes of this machine say which keys were being created. It looks for each at its vendor under its exact name, asks
you, and revokes it, for its value was lost with the process. Keys that were being deleted are read again, so that the
state is right. Then it clears the traces, and the next \`pulumi up\` makes what is missing.

Options:
  --stack <name>  the stack. Default: the selected one.
  --yes           do not ask. A key whose name your program chose may be someone else's: it is never revoked
                  without asking.
`,
  async run(args) {
    const { stack: name, yes = false } = parseOptions(args, {
      stack: { type: "string" },
      yes: { type: "boolean" },
    }).options;
    const stack = new Stack(name);
    const before = await stack.state();
    const root = await stack.rootUrn(before);
    const creates = unfinishedCreates(before, journalFolder(process.env), root);
    const others = pendingKeys(before);
    if (creates.length === 0 && others.length === 0) {
      printLine(
        "No API key was being created or revoked when this stack's last operation ended. Nothing to recover.",
      );
      return;
    }
    const operation = operationContext(await stack.connections());
    const tracked = keysIn(before);
    const found = await Promise.all(creates.map((create) => leftAtVendor(operation, create, tracked)));
    const condemned = await chosenToGo(found, yes);
    await agreeToForget(foreignOperations(before), yes);
    for (const { type, resource } of others) {
      printLine(`${logicalName(resource.urn)}: was ${type}; it is read again.`);
    }
    await stack.refreshOnly(
      root,
      others.map(({ resource }) => resource.urn),
    );
    // An operation that was still running may have ended since, with its keys in the state.
    const after = await stack.state();
    const now = keysIn(after);
    await revokeAll(condemned.filter(({ leftover, key }) => !leftover.isIn(key, now)));
    if (before.pending.length > 0) await stack.forgetCreates(after, root);
    strikeNotes(creates);
    const count = creates.length + others.length;
    printLine(
      `${count} interrupted ${count === 1 ? "operation is" : "operations are"} cleared. Run pulumi up to make what is missing.`,
    );
  },
};

/** A key to be revoked, with the create that left it. */
interface Condemned {
  readonly leftover: InterruptedCreate;
  readonly key: InterruptedCreate["keys"][number];
}

/** The keys to be revoked, after questions to the user. */
async function chosenToGo(found: readonly InterruptedCreate[], yes: boolean): Promise<Condemned[]> {
  const condemned: Condemned[] = [];
  const unfound = found.filter(({ findable, suspects }) => !findable || suspects.length > 0);
  // Several creates at one place leave one place to look at.
  const places = new Map(unfound.map((leftover) => [descriptionOf(leftover), leftover]));
  for (const leftover of places.values()) await agreeThatLooked(leftover, yes);
  for (const leftover of found.filter((one) => !unfound.includes(one))) {
    const { label, keys, isRecorded } = leftover;
    if (keys.length === 0) {
      printLine(
        `${label}: ${isRecorded ? "it was created, and is in the state" : "the vendor has no such key"}.`,
      );
    }
    for (const key of keys) {
      printLine(
        `${label}: the vendor has ${printable(key.id)}, created ${printable(String(key.fields.createdAt ?? "at an unknown time"))}.`,
      );
      if (await isToGo(leftover, key, yes)) condemned.push({ leftover, key });
    }
  }
  return condemned;
}

/**
 * Whether a key is to be revoked. A key that is left alone keeps its traces, unless the user says that it is someone else's:
 * nothing else knows of it.
 *
 * @throws {CommandError} when a key keeps its traces
 */
async function isToGo(
  { label, ours }: InterruptedCreate,
  { id }: Condemned["key"],
  yes: boolean,
): Promise<boolean> {
  const key = printable(id);
  if (yes && !ours) {
    throw new CommandError(
      `${label}: its name is fixed by the program, so ${key} may be someone else's. Nothing was revoked or cleared; run this at a terminal, without --yes, to decide.`,
    );
  }
  const doubt = ours ? "" : " Its name is fixed by the program, so it may be someone else's.";
  if (yes || (await confirm(`Revoke ${key}?${doubt}`, ours ? "--yes" : "person"))) return true;
  if (!ours && (await confirm(`Is ${key} someone else's, to be left alone for good?`, "person")))
    return false;
  throw new CommandError(
    `${label}: ${key} is in no state, and nobody knows its value. Nothing was revoked or cleared; run this again to revoke it.`,
  );
}

/** Only a person can find a key that has no name, or not the one that was asked for. */
async function agreeThatLooked(leftover: InterruptedCreate, yes: boolean): Promise<void> {
  printLine(descriptionOf(leftover));
  if (!yes && (await confirm("Have you looked?", "person"))) return;
  throw new CommandError(
    "Nothing was revoked or cleared; run this at a terminal, without --yes, once you have looked.",
  );
}

function descriptionOf({ label, suspects, findable }: InterruptedCreate): string {
  const ids = idsText(suspects);
  if (findable) {
    return `${label}: no key bears its name. Created meanwhile under another one, and in no state: ${ids}. Where the vendor renames or cuts names, one of them may be it: look for a key that nobody uses, and revoke it there.`;
  }
  const where = ids === "" ? "" : ` Created since, and in no state: ${ids}.`;
  return `${label}: its key may exist, and has no name to find it by.${where} Look at the vendor for a key that nobody uses, and revoke it there.`;
}

/** The engine cannot forget a single pending operation, only all of them. */
async function agreeToForget(others: readonly PendingOperation[], yes: boolean): Promise<void> {
  if (others.length === 0) return;
  printLine("These operations of other resources are pending as well, and would be cleared with ours:");
  for (const { type, resource } of others) printLine(`  ${type} ${resource.urn}`);
  if (!yes && (await confirm("Have you noted them, to look after them yourself?", "person"))) return;
  throw new CommandError(
    "Nothing was revoked or cleared; run this at a terminal, without --yes, once the others may be cleared.",
  );
}

/** Revokes before anything is cleared: a key that could not be revoked has to be found again. */
async function revokeAll(condemned: readonly Condemned[]): Promise<void> {
  const left: string[] = [];
  for (const { leftover, key } of condemned) {
    try {
      await leftover.revoke(key);
      printLine(`${leftover.label}: ${printable(key.id)} is revoked.`);
    } catch (error) {
      if (!(error instanceof ApiKeysError)) throw error;
      left.push(
        `${leftover.label}: ${error.message} Revoke ${printable(key.id)} at the vendor yourself, or run this again.`,
      );
    }
  }
  if (left.length > 0) throw new CommandError(left.join("\n"));
}
