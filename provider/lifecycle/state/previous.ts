import { type Properties, pick, text } from "./properties";

/** The outputs of the key before the current one, as far as they are kept; undefined where there is none any more. */
export function previousOf(outputs: Properties): Properties | undefined {
  const keyId = text(outputs, "previousKeyId");
  if (keyId === undefined) return undefined;
  // What tells one key from another is the current one's. Its dates stay: the previous key may be hardly older, and
  // a list may lag behind both.
  const { prefix: _, unsettledSince: __, createdAt, value: ___, previousValue, ...common } = outputs;
  return { ...common, keyId, value: previousValue, succeededAt: createdAt };
}

/** Outputs that tell of the previous key. */
const names: readonly string[] = ["previousKeyId", "previousValue", "previousRevokeAt"];

/** The outputs once the previous key is revoked. */
export function withoutPrevious(outputs: Properties): Properties {
  return pick(outputs, (name) => !names.includes(name));
}

/** The outputs of a key that stands beside the previous key of the one before it. */
export function keepPrevious(outputs: Properties, before: Properties): Properties {
  return { ...outputs, ...pick(before, (name) => names.includes(name)) };
}

/** The outputs of a key that stands beside the one before it. */
export function withPrevious(outputs: Properties, before: Properties, revokeAt: string): Properties {
  return {
    ...outputs,
    previousKeyId: before.keyId,
    ...(before.value !== undefined && { previousValue: before.value }),
    previousRevokeAt: revokeAt,
  };
}

/** Ids of the keys that a resource owns. */
export function ownIds(outputs: Properties): ReadonlySet<string> {
  return new Set([outputs.keyId, outputs.previousKeyId].filter((id) => typeof id === "string"));
}
