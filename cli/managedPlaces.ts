import { isDeepStrictEqual } from "node:util";
import { ApiKeysError } from "../provider/base/errors";
import { resolveService } from "../provider/definition/registry";
import type { OperationContext } from "../provider/lifecycle";
import { type KeyContext, resolveRecordedKey } from "../provider/lifecycle/context";
import { text } from "../provider/lifecycle/state/properties";
import type { LookupPlace } from "../provider/lookup";
import { type ManagedKey, recordedKey } from "./managedKeys";

/** A place at which a stack has keys. */
export interface ManagedPlace extends LookupPlace, KeyContext {
  readonly keys: readonly ManagedKey[];
  /** Keys that the stack has there through another connection, or by another text of the definition. */
  readonly others: readonly ManagedKey[];
}

/**
 * The places of a stack's keys.
 *
 * @returns also, in sentences, why the place of a key is not known
 */
export function managedPlaces(
  operation: OperationContext,
  keys: readonly ManagedKey[],
): { places: ManagedPlace[]; failures: string[] } {
  const places = new Map<string, LookupPlace & KeyContext & { keys: ManagedKey[] }>();
  const failures: string[] = [];
  const unplaced: ManagedKey[] = [];
  for (const key of keys) {
    try {
      const context = placed(operation, key);
      const question = questionOf(context);
      const place = places.get(question) ?? { ...context, keys: [] };
      place.keys.push(key);
      places.set(question, place);
    } catch (error) {
      if (!(error instanceof ApiKeysError)) throw error;
      failures.push(`${key.resource}: ${error.message}`);
      unplaced.push(key);
    }
  }
  const found = [...places.values()];
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

/** What is asked, and of whom, to see the keys of a place: those of one question are read by one request. */
function questionOf({ connection, definition, vendor, pathParameters }: KeyContext): string {
  const { list, get, create } = definition.operations;
  const { method, path, query, body } = list ?? get ?? create;
  return JSON.stringify([connection, vendor.origin, pathParameters, method, path, query, body]);
}

/**
 * Whether the keys of one place may be seen at another. It is the server and the account that decide, not the text of a
 * definition: a stack may have keys with an older text, by which they are listed elsewhere or not at all, beside others
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
function filledPath({ definition, pathParameters }: KeyContext): string {
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
