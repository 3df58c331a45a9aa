import { type Properties, text } from "./properties";

/** The outputs of the key before the current one, as far as they are kept; undefined where there is none any more. */
export function previousOf(outputs: Properties): Properties | undefined {
  const keyId = text(outputs, "previousKeyId");
  if (keyId === undefined) return undefined;
  // What tells one key from another is the current one's.
  const { prefix: _, createdAt: __, rotatedAt: ___, unsettledSince: ____, ...common } = outputs;
  return { ...common, keyId };
}

/** The outputs once the previous key is revoked. */
export function withoutPrevious(outputs: Properties): Properties {
  const { previousKeyId: _, previousValue: __, previousRevokeAt: ___, ...rest } = outputs;
  return rest;
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
