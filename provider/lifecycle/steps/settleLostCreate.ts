import { instantMs } from "../../base/time";
import { idsText } from "../../redaction/printable";
import { isLive, type RemoteKey } from "../../vendor";
import type { KeyContext } from "../context";
import { isKnown, mayBeOurs, mayComeOf } from "../remote/identity";
import { revokeProven } from "../remote/revoke";
import { keysNamed, keysPresent } from "../remote/search";
import type { KeyState } from "../state/key";
import { askedFields, ownKeys } from "../state/keyState";
import { isMadeUp, madeUpName } from "../state/madeUpName";

/**
 * Looks once more for the key of a create whose answer was lost and which nobody has seen since. One under a name that
 * we made up is revoked; one under a name that the program or the vendor chose is told of, for it may be someone else's.
 *
 * @param state of a key that was created at a later attempt, under the same name
 * @returns what the user should know of
 * @throws {ApiKeysError} when nothing can be concluded, so that the next operation has to look again
 */
export async function settleLostCreate(context: KeyContext, state: KeyState): Promise<string[]> {
  const sinceMs = instantMs(state.unsettledSince);
  const { name } = state.fields;
  if (sinceMs === undefined) return [];
  if (typeof name !== "string") return settleNameless(context, state, sinceMs);
  const present = await keysNamed(context, ...new Set([name, madeUpName(state) ?? name]));
  const strays = present.filter(
    (key) => !isKnown(context, key, ownKeys(state)) && mayBeOurs(key, state, sinceMs),
  );
  const ours = strays.filter((key) => isMadeUp(state, key.fields.name));
  for (const { id, fields } of ours) await revokeProven(context, id, String(fields.name));
  const others = strays.filter((key) => !ours.includes(key));
  const left = (keys: readonly RemoteKey[]) => `Key ${idsText(keys)} beside the ${context.label}`;
  return [
    ...(ours.length === 0 ? [] : [`${left(ours)}, left from a create whose answer was lost, was revoked.`]),
    ...(others.length === 0
      ? []
      : [
          `${left(others)} has the same name, and may be left from a create whose answer was lost. It may also be someone else's, so it was not revoked: revoke what nobody uses.`,
        ]),
  ];
}

/** Without a name it cannot be told whose a key is that nobody has seen since, so it is told of and left alone. */
async function settleNameless(context: KeyContext, state: KeyState, sinceMs: number): Promise<string[]> {
  // Of the fields, only those that were asked for tell of the attempt.
  const attempt = { fields: askedFields(state) };
  const madeMs = instantMs(state.rotatedAt) ?? sinceMs;
  const suspects = (await keysPresent(context)).filter(
    (key) =>
      !isKnown(context, key, ownKeys(state)) &&
      isLive(key) &&
      mayComeOf(context, key, attempt, sinceMs, Math.max(sinceMs, madeMs)),
  );
  if (suspects.length === 0) return [];
  return [
    `Key ${idsText(suspects)} beside the ${context.label} may be left from a create whose answer was lost. ` +
      `${context.definition.title} keys have no names, so nothing was revoked: revoke what nobody uses.`,
  ];
}
