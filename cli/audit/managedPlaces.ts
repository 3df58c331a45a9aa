import { isDeepStrictEqual } from "node:util";
import { ApiKeysError } from "../../provider/base/errors";
import { resolveService } from "../../provider/definition/registry";
import type { OperationContext } from "../../provider/lifecycle";
import { type KeyContext, resolveRecordedKey } from "../../provider/lifecycle/context";
import { text } from "../../provider/lifecycle/state/properties";
import type { LookupPlace } from "../../provider/lookup";
import { type ManagedKey, recordedKey } from "./managedKeys";

/** A stack's keys, and what it takes to look at them. */
export interface StackKeys {
  /** With the connections of the stack; undefined where they could not be read. */
  readonly operation: OperationContext | undefined;
  readonly keys: readonly ManagedKey[];
}

/** A place at which stacks have keys. */
export interface ManagedPlace extends LookupPlace, KeyContext {
  readonly operation: OperationContext;
  readonly keys: readonly ManagedKey[];
  /** Keys that stacks have there through another connection, or by another text of the definition. */
  readonly others: readonly ManagedKey[];
}

type FoundPlace = Omit<ManagedPlace, "keys" | "others"> & { readonly keys: ManagedKey[] };

/**
 * The places of the keys of all stacks. Those that ask the same as the same are one place.
 *
 * @returns also, in sentences, why the place of a key is not known
 */
export function managedPlaces(stacks: readonly StackKeys[]): { places: ManagedPlace[]; failures: string[] } {
  const found: FoundPlace[] = [];
  const failures: string[] = [];
  const unplaced: ManagedKey[] = [];
  for (const { operation, keys } of stacks) {
    for (const key of keys) {
      if (operation === undefined) {
        unplaced.push(key);
        continue;
      }
      try {
        const place: FoundPlace = { ...placed(operation, key), operation, keys: [key] };
        const known = found.find((other) => isSamePlace(other, place));
        if (known) known.keys.push(key);
        else found.push(place);
      } catch (error) {
        if (!(error instanceof ApiKeysError)) throw error;
        failures.push(`${key.label}: ${error.message}`);
        unplaced.push(key);
      }
    }
  }
  const withOthers = found.map((place) => ({
    ...place,
    others: [
      ...found.filter((other) => other !== place && mayBeBeside(place, other)).flatMap(({ keys }) => keys),
      // Of a key whose place is not known, it is not known either that it is not here.
      ...unplaced.filter(({ outputs }) => text(outputs, "service") === place.definition.name),
    ],
  }));
  return { places: withOthers, failures };
}

/** Connections of one name are different ones in stacks that configure them otherwise. */
function isSamePlace(one: FoundPlace, other: FoundPlace): boolean {
  if (questionOf(one) !== questionOf(other)) return false;
  return one.operation === other.operation || isDeepStrictEqual(connectionOf(one), connectionOf(other));
}

function connectionOf({ operation, connection, definition }: FoundPlace) {
  return operation.connections.resolve(connection, definition);
}

/** What is asked, and of whom, to see the keys of a place: those of one question are read by one request. */
function questionOf({ connection, definition, vendor, pathParameters }: KeyContext): string {
  const { list, get, create } = definition.operations;
  const { method, path, query, body } = list ?? get ?? create;
  return JSON.stringify([connection, vendor.origin, pathParameters, method, path, query, body]);
}

/**
 * Whether the keys of one place may be seen at another. It is the server and the account that decide, not the text of a
 * definition: stacks may have keys with an older text, by which they are listed elsewhere or not at all, beside others
 * with a newer one. In doubt they are: a managed key that is called unmanaged would be revoked by who reads it.
 */
function mayBeBeside(one: KeyContext, other: KeyContext): boolean {
  if (one.vendor.origin !== other.vendor.origin) return false;
  // One text may write out what is a parameter of the other.
  if (filledPath(one) === filledPath(other)) return true;
  const [first, second] = [one.definition, other.definition];
  const isSameService =
    first.name === second.name || first.operations.create.path === second.operations.create.path;
  return isSameService && isDeepStrictEqual(parameterValues(one), parameterValues(other));
}

/** The path under which keys are made, with the place in it. */
export function filledPath({ definition, pathParameters }: KeyContext): string {
  return Object.entries(pathParameters).reduce(
    (path, [name, value]) => path.replaceAll(`{${name}}`, value),
    definition.operations.create.path,
  );
}

/** A corrected text may call a parameter otherwise. */
function parameterValues({ pathParameters }: KeyContext): string[] {
  return Object.values(pathParameters).sort();
}

function placed(operation: OperationContext, key: ManagedKey): KeyContext {
  const { outputs } = key;
  const { pathParameters } = resolveService(outputs);
  const hidden = ["connection", ...Object.keys(pathParameters)].filter(
    (name) => text(outputs, name) === undefined,
  );
  if (hidden.length === 0) return resolveRecordedKey(operation, recordedKey(key));
  throw new ApiKeysError(
    "INVALID_INPUT",
    `Its ${hidden.join(" and ")} is a secret of the stack, so it is not known where to look. ` +
      "Where a key belongs opens nothing: give it as plain text.",
  );
}
