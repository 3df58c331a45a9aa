import type { RemoteKey } from "../../vendor";
import type { KeyContext } from "../context";
import type { RecordedKey } from "../state/key";
import { isAdopted } from "../state/keyState";
import { isMadeUp, madeUpName } from "../state/madeUpName";
import { idMayBeReused, isRecorded, precisionOf, sameTold } from "./identity";
import { visibleKeys } from "./lists";
import { isTellingPrefix } from "./tellingPrefix";

/**
 * Whether a key at a vendor that uses ids again, or has moved, is the recorded one for certain: by the second of its creation, by a
 * name that we made up, or by a prefix that no other key has. Else it may be somebody else's, who got the id.
 */
export async function isSurelyRecorded(
  context: KeyContext,
  key: RemoteKey,
  recorded: RecordedKey,
): Promise<boolean> {
  if (!isRecorded(context, key, recorded)) return false;
  // Rotated at the vendor it may still be ours, or another that was made within the second.
  if (idMayBeReused(context) && sameTold(context, key, recorded, "prefix") === false) return false;
  if (!context.definition.reusesIds && context.movedFrom === undefined) return true;
  if (precisionOf(recorded) === "second" && sameTold(context, key, recorded, "createdAt")) return true;
  if (!isAdopted(recorded)) {
    const { name } = key.fields;
    // One that the program chose, or that a look has told, proves nothing: anybody may use it.
    if (isMadeUp(recorded, name)) return true;
    if (name !== undefined && (madeUpName(recorded) !== undefined || isOtherName(recorded, name)))
      return false;
  }
  const { prefix } = recorded.fields;
  if (!isTellingPrefix(prefix) || !sameTold(context, key, recorded, "prefix")) return false;
  const others = (await visibleKeys(context, "shared")) ?? [];
  return others.every(({ id, fields }) => id === key.id || fields.prefix !== prefix);
}

/** Whether a key is called otherwise than it was recorded. What the vendor numbers may have another number. */
function isOtherName({ service, fields }: RecordedKey, name: unknown): boolean {
  return service.definition.uniqueNames !== "suffix" && fields.name !== undefined && name !== fields.name;
}
