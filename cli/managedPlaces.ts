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
  /** Keys at the same server and path that the stack has through another connection. */
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
  const places = new Map<string, LookupPlace & KeyContext & { at: string; keys: ManagedKey[] }>();
  const failures: string[] = [];
  for (const key of keys) {
    try {
      const context = placed(operation, key);
      const { connection } = context;
      const at = addressOf(context);
      const place = places.get(`${connection} ${at}`) ?? { ...context, at, keys: [] };
      place.keys.push(key);
      places.set(`${connection} ${at}`, place);
    } catch (error) {
      if (!(error instanceof ApiKeysError)) throw error;
      failures.push(`${key.resource}: ${error.message}`);
    }
  }
  const found = [...places.values()];
  const withOthers = found.map((place) => ({
    ...place,
    others: found
      .filter(({ at }) => at === place.at)
      .flatMap(({ keys }) => (keys === place.keys ? [] : keys)),
  }));
  return { places: withOthers, failures };
}

/**
 * Where the keys of a place are: server, path and path parameters. The text of a definition tells nothing of it: a stack
 * may have keys with an older text beside others with a newer one.
 */
function addressOf({ definition, vendor, pathParameters }: KeyContext): string {
  const { list, get, create } = definition.operations;
  return JSON.stringify([vendor.origin, (list ?? get ?? create).path, pathParameters]);
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
