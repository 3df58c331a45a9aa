import { ApiKeysError } from "../provider/base/errors";
import { journalFolder } from "../provider/host/createJournal";
import { operationContext } from "../provider/host/operation";
import type { InterruptedCreate } from "../provider/lifecycle";
import { printable } from "../provider/redaction/printable";
import { type Command, CommandError, parseOptions } from "./command";
import { confirm } from "./confirm";
import {
  foreignOperations,
  logicalName,
  look,
  pendingKeys,
  strikeNotes,
  trackedKeys,
  unfinishedCreates,
} from "./leftovers";
import { type PendingOperation, Stack } from "./stack";

export const recover: Command = {
  name: "recover",
  summary: "revokes keys that an interrupted operation may have left at a vendor, and clears its traces",
  help: `Usage: pulumi-apikeys recover [--stack <name>] [--yes]

After an operation that was killed, run \`pulumi cancel\` and then this in the project's folder. The stack's state and
the notes of this machine tell which keys were being created; each is looked for at its vendor under its exact name,
shown, and revoked, for its value was lost with the process. Keys that were being deleted are looked at, so that the state
is true again. Then the traces are cleared, and the next \`pulumi up\` makes what is missing.

Options:
  --stack <name>  the stack. Default: the selected one.
  --yes           do not ask. A key whose name your program chose is never revoked without asking: it may be
                  someone else's.
`,
  async run(args) {
    const { stack: name, yes = false } = parseOptions(args, {
      stack: { type: "string" },
      yes: { type: "boolean" },
    }).options;
    const stack = new Stack(name);
    const root = await stack.rootUrn();
    const before = await stack.state();
    const creates = unfinishedCreates(before, journalFolder(process.env), root);
    const others = pendingKeys(before);
    if (creates.length === 0 && others.length === 0) {
      say(
        "No API key was being created or revoked when this stack's last operation ended. Nothing to recover.",
      );
      return;
    }
    const operation = operationContext(await stack.connections());
    const tracked = trackedKeys(before);
    const found = await Promise.all(creates.map((create) => look(operation, create, tracked)));
    const condemned = await judge(found, yes);
    await agreeToForget(foreignOperations(before), yes);
    for (const { type, resource } of others) {
      say(`${logicalName(resource.urn)}: was ${type} and is looked at again.`);
    }
    await stack.refreshOnly(
      root,
      others.map(({ resource }) => resource.urn),
    );
    // An operation that was still running has ended since, and its keys are in the state.
    const now = trackedKeys(await stack.state());
    await revokeAll(condemned.filter(({ key }) => !now.has(key.id)));
    if (before.pending.length > 0) await stack.forgetCreates(root);
    strikeNotes(creates);
    const count = creates.length + others.length;
    say(
      `${count} interrupted ${count === 1 ? "operation is" : "operations are"} cleared. Run pulumi up to make what is missing.`,
    );
  },
};

/** A key to be revoked, with what it was found by. */
interface Condemned {
  readonly leftover: InterruptedCreate;
  readonly key: InterruptedCreate["keys"][number];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Which of the keys are to go. */
async function judge(found: readonly InterruptedCreate[], yes: boolean): Promise<Condemned[]> {
  const condemned: Condemned[] = [];
  for (const leftover of found) {
    const { label, findable, keys } = leftover;
    if (!findable) await agreeThatLooked(leftover, yes);
    else if (keys.length === 0) say(`${label}: the vendor has no such key.`);
    for (const key of keys) {
      say(
        `${label}: the vendor has ${printable(key.id)}, created ${printable(String(key.fields.createdAt ?? "at an untold time"))}.`,
      );
      if (await isToGo(leftover, key, yes)) condemned.push({ leftover, key });
    }
  }
  return condemned;
}

/**
 * A key that shall stay, and is not known to be somebody else's, keeps its traces: they alone tell of it.
 *
 * @throws {CommandError} when it does
 */
async function isToGo(
  { label, ours }: InterruptedCreate,
  { id }: Condemned["key"],
  yes: boolean,
): Promise<boolean> {
  const key = printable(id);
  if (yes && !ours) {
    throw new CommandError(
      `${label}: its name is fixed by the program, so ${key} may be someone else's. Nothing was revoked or cleared; run this without --yes and answer for it.`,
    );
  }
  const doubt = ours ? "" : " Its name is fixed by the program, so it may be someone else's.";
  if (yes || (await confirm(`Revoke ${key}?${doubt}`))) return true;
  if (!ours && (await confirm(`Is ${key} someone else's, to be left alone for good?`))) return false;
  throw new CommandError(
    `${label}: ${key} is in no state, and nobody knows its value. Nothing was revoked or cleared; run this again to revoke it.`,
  );
}

/** Keys that have no names nobody but a person can look for. */
async function agreeThatLooked({ label, suspects }: InterruptedCreate, yes: boolean): Promise<void> {
  const ids = suspects.map(({ id }) => printable(id)).join(", ");
  const where = ids === "" ? "" : ` In no state, and made since: ${ids}.`;
  say(
    `${label}: it may exist, and has no name by which to find it.${where} Look at the vendor for a key that nobody uses, and revoke it there.`,
  );
  if (!yes && (await confirm("Have you looked?"))) return;
  throw new CommandError("Nothing was revoked or cleared; run this without --yes once you have looked.");
}

/** The engine has no way to forget one pending operation: it forgets all. */
async function agreeToForget(others: readonly PendingOperation[], yes: boolean): Promise<void> {
  if (others.length === 0) return;
  say("These operations of other resources are pending as well, and would be cleared with ours:");
  for (const { type, resource } of others) say(`  ${type} ${resource.urn}`);
  if (!yes && (await confirm("Have you noted them, to look after them yourself?"))) return;
  throw new CommandError(
    "Nothing was revoked or cleared; run this without --yes once the others may be cleared.",
  );
}

/** Before anything is cleared: what could not be revoked must still be found the next time. */
async function revokeAll(condemned: readonly Condemned[]): Promise<void> {
  const left: string[] = [];
  for (const { leftover, key } of condemned) {
    try {
      await leftover.revoke(key);
      say(`${leftover.label}: ${printable(key.id)} is revoked.`);
    } catch (error) {
      if (!(error instanceof ApiKeysError)) throw error;
      left.push(
        `${leftover.label}: ${error.message} Revoke ${printable(key.id)} at the vendor yourself, or run this again.`,
      );
    }
  }
  if (left.length > 0) throw new CommandError(left.join("\n"));
}
