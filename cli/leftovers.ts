import { isDeepStrictEqual } from "node:util";
import { ApiKeysError } from "../provider/base/errors";
import { resourceType } from "../provider/base/resourceType";
import { type NotedCreate, notedCreates, strike } from "../provider/host/createJournal";
import { interruptedCreate, trackedKeys } from "../provider/host/interruptedCreate";
import type { InterruptedCreate, OperationContext, Properties, TrackedKey } from "../provider/lifecycle";
import { text } from "../provider/lifecycle/state/properties";
import { CommandError } from "./command";
import type { PendingOperation, State } from "./state";

/** A create that was interrupted, by the stack's state and this machine's notes. */
export interface Unfinished {
  /** What messages call it until its key is found. */
  readonly what: string;
  /** The inputs by which its key is found. */
  readonly inputs: Properties;
  /** This machine's notes of the create. */
  readonly notes: readonly NotedCreate[];
}

/** Interrupted creates of keys. The engine's state has those whose CLI was killed, and this machine's notes have the others. */
export function unfinishedCreates(state: State, folder: string, root: string): Unfinished[] {
  const notes = notedCreates(folder).filter(({ stack }) => stack === root);
  const pending = state.pending.filter(isCreateOfKey).map(({ resource }) => {
    const inputs = resource.inputs ?? {};
    return {
      what: logicalName(resource.urn),
      inputs,
      notes: notes.filter((note) => isOf(note.inputs, inputs)),
    };
  });
  const known = new Set(pending.flatMap((create) => create.notes));
  const noted = notes
    .filter((note) => !known.has(note))
    .map((note) => ({
      what: text(note.inputs, "name") ?? "a key without a name",
      inputs: note.inputs,
      notes: [note],
    }));
  return [...pending, ...noted];
}

/** Keys whose update or deletion was interrupted. They are in the state, and reading them shows how it ended. */
export function pendingKeys(state: State): PendingOperation[] {
  return state.pending.filter((operation) => isKey(operation) && !isCreateOfKey(operation));
}

/** Pending operations of resources that are no API keys. */
export function foreignOperations(state: State): PendingOperation[] {
  return state.pending.filter((operation) => !isKey(operation));
}

/** The keys in the state. */
export function keysIn(state: State): TrackedKey[] {
  return state.resources.flatMap(({ outputs = {} }) => trackedKeys(outputs));
}

/** What an interrupted create left at the vendor. */
export async function leftAtVendor(
  operation: OperationContext,
  create: Unfinished,
  tracked: readonly TrackedKey[],
): Promise<InterruptedCreate> {
  try {
    return await interruptedCreate(operation, create.inputs, tracked);
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    throw new CommandError(`${create.what}: ${error.message} Nothing was revoked or cleared.`);
  }
}

export function strikeNotes(creates: readonly Unfinished[]): void {
  for (const { notes } of creates) for (const { file } of notes) strike(file);
}

export function logicalName(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

function isKey({ resource }: PendingOperation): boolean {
  return resource.type === resourceType;
}

function isCreateOfKey(operation: PendingOperation): boolean {
  return isKey(operation) && operation.type === "creating";
}

/** Whether a note belongs to the create with these inputs. The same fixed name may be in use at several places. */
function isOf({ origin: _, ...noted }: Properties, inputs: Properties): boolean {
  return Object.entries(noted).every(([name, value]) => isDeepStrictEqual(value, inputs[name]));
}
