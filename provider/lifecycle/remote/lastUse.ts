import { instantMs } from "../../base/time";
import type { ServiceDefinition } from "../../definition/definition";
import { printable } from "../../redaction/printable";
import { isLive, type RemoteKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import type { RecordedKey } from "../state/key";
import { knownOf } from "../state/keyState";
import { findRecorded } from "./provenAbsence";

/** A use of a key that is not long enough ago, as far as the vendor tells. */
export interface RecentUse {
  /** RFC 3339; undefined where the vendor says nothing of this key's use. */
  readonly usedAt: string | undefined;
  /** That use in words, which follow the key's name: "was last used at …". */
  readonly text: string;
}

/** Whether the vendor tells when its keys were last used. */
export function tellsLastUse({ fields }: ServiceDefinition): boolean {
  return fields.lastUsedAt !== undefined;
}

/**
 * The last use of a key, where it may be in use still. Silence is no proof of idleness: only a vendor that says of the
 * key that it was never used is believed.
 *
 * @param idleMs for how long it must not have been used, in milliseconds
 * @returns undefined where the key is idle, works no more or is not there
 */
export async function recentUse(
  operation: OperationContext,
  context: KeyContext,
  key: RecordedKey,
  idleMs: number,
): Promise<RecentUse | undefined> {
  const present = await findRecorded(operation, context, key);
  if (present === undefined || !isLive(present)) return undefined;
  const { lastUsedAt, lastUsedFrom } = await withLastUse(context, key, present);
  if (lastUsedAt === null) return undefined;
  const usedMs = instantMs(lastUsedAt);
  if (typeof lastUsedAt !== "string" || usedMs === undefined) {
    return {
      usedAt: undefined,
      text: `may be in use: ${context.definition.title} does not tell its last use`,
    };
  }
  if (operation.now() - usedMs >= idleMs) return undefined;
  const from = typeof lastUsedFrom === "string" ? ` from ${printable(lastUsedFrom)}` : "";
  return { usedAt: lastUsedAt, text: `was last used at ${lastUsedAt}${from}` };
}

/** What the vendor tells of a key's use: a list may leave it to a look at the key itself. */
async function withLastUse(
  { vendor, pathParameters }: KeyContext,
  key: RecordedKey,
  present: RemoteKey,
): Promise<RemoteKey["fields"]> {
  if (present.fields.lastUsedAt !== undefined || vendor.get === undefined) return present.fields;
  return (await vendor.get(pathParameters, key.keyId, knownOf(key)))?.fields ?? present.fields;
}
