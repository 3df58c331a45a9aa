import { ApiKeysError } from "../base/errors";
import { printable } from "../redaction/printable";
import type { RemoteKey } from "../vendor";
import { fits, type KeyFilter } from "./filter";
import { type KeyInfo, keyInfo } from "./keyInfo";
import type { LookupPlace } from "./place";

/** How many ids a message names. */
const maxNamed = 10;

/**
 * Every key at a place, read now.
 *
 * @throws {ApiKeysError} INVALID_INPUT when the service has no list
 */
export async function allKeys(place: LookupPlace, nowMs: number): Promise<KeyInfo[]> {
  return (await keysWithGap(place, nowMs)).keys;
}

/**
 * The same, with the reason why the vendor's list may lack keys, in sentences; undefined where it lacks none.
 *
 * @throws {ApiKeysError} INVALID_INPUT when the service has no list
 */
export async function keysWithGap(
  place: LookupPlace,
  nowMs: number,
): Promise<{ readonly keys: KeyInfo[]; readonly gap: string | undefined }> {
  const list = await remoteKeys(place);
  return { keys: seen(place, list, nowMs), gap: place.vendor.cutShort?.(list)?.message };
}

/**
 * The one key at a place that is wanted.
 *
 * @param keyId the vendor's id of it, which needs no list where the vendor can be asked for one key
 * @throws {ApiKeysError} KEY_CONFLICT when none fits or several do
 */
export async function oneKey(
  place: LookupPlace,
  keyId: string | undefined,
  filter: KeyFilter,
  nowMs: number,
): Promise<KeyInfo> {
  const candidates = await (keyId === undefined ? fitting(place, filter, nowMs) : ofId(place, keyId, nowMs));
  const found = candidates.filter((key) => fits(filter, key));
  const [key] = found;
  if (key !== undefined && found.length === 1) return key;
  const wanted = keyId === undefined ? "fits" : `has the id ${printable(keyId)} and fits`;
  const where = `(connection "${place.connection}")`;
  if (key === undefined) {
    throw new ApiKeysError(
      "KEY_CONFLICT",
      `No ${place.definition.title} key ${wanted} what is asked ${where}. ` +
        "It may have been renewed or revoked since; `npx pulumi-apikeys list` prints the keys that there are.",
    );
  }
  const ids = found.slice(0, maxNamed).map((one) => printable(one.keyId));
  const more = found.length > maxNamed ? ` and ${found.length - maxNamed} more` : "";
  throw new ApiKeysError(
    "KEY_CONFLICT",
    `${found.length} ${place.definition.title} keys fit what is asked ${where}: ${ids.join(", ")}${more}. ` +
      "Ask for one of them by keyId, or for all with getApiKeys.",
  );
}

async function fitting(place: LookupPlace, filter: KeyFilter, nowMs: number): Promise<KeyInfo[]> {
  const { vendor, pathParameters } = place;
  const list = await remoteKeys(place);
  const keys = seen(place, list, nowMs).filter((key) => fits(filter, key));
  if (keys.length > 0 || !vendor.completeList) return keys;
  // One reading of several pages can miss a key.
  return seen(place, await vendor.completeList(pathParameters, list), nowMs);
}

async function ofId(place: LookupPlace, keyId: string, nowMs: number): Promise<KeyInfo[]> {
  const { vendor, pathParameters } = place;
  const isIt = ({ id }: RemoteKey) => id === keyId;
  const one = await vendor.get?.(pathParameters, keyId);
  if (one || !vendor.list) return seen(place, one && isIt(one) ? [one] : [], nowMs);
  // A key that is seen exists, though there may be others.
  const list = (await vendor.listVisible?.(pathParameters, "fresh")) ?? (await remoteKeys(place));
  const whole =
    list.some(isIt) || !vendor.completeList ? list : await vendor.completeList(pathParameters, list);
  return seen(place, whole.filter(isIt), nowMs);
}

async function remoteKeys({
  definition,
  vendor,
  pathParameters,
}: LookupPlace): Promise<readonly RemoteKey[]> {
  if (vendor.list) return vendor.list(pathParameters, "fresh");
  if (definition.kind === "singleton") {
    const only = await vendor.get?.(pathParameters, "");
    return only ? [only] : [];
  }
  throw new ApiKeysError(
    "INVALID_INPUT",
    `${definition.title} has no list of its keys, so they can only be looked at one by one: ask for a key by keyId.`,
  );
}

function seen(
  { definition, pathParameters }: LookupPlace,
  keys: readonly RemoteKey[],
  nowMs: number,
): KeyInfo[] {
  return keys.map((key) => keyInfo(definition, pathParameters, key, nowMs));
}
