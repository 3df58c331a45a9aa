import { instantMs } from "../../base/time";
import { idsText } from "../../redaction/printable";
import { isLive } from "../../vendor";
import type { KeyContext } from "../context";
import { isKnown, mayBeOurs, mayComeOf } from "../remote/identity";
import { revokeProven } from "../remote/revoke";
import { keysNamed, keysPresent } from "../remote/search";
import type { KeyState } from "../state/key";
import { askedFields, ownKeys } from "../state/keyState";

/**
 * Looks once more for the key of a create whose answer was lost and which nobody has seen since. One under a name that
 * we made up is revoked; one under a name that the program chose is told of, for it may be someone else's.
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
  const strays = (await keysNamed(context, name)).filter(
    (key) => !isKnown(context, key, ownKeys(state)) && mayBeOurs(key, state, sinceMs),
  );
  if (strays.length === 0) return [];
  const left = `Key ${idsText(strays)} beside the ${context.label}`;
  if (state.autonamed !== true) {
    return [
      `${left} has the same name, and may be left from a create whose answer was lost. It may also be someone else's, so it was not revoked: revoke what nobody uses.`,
    ];
  }
  for (const { id } of strays) await revokeProven(context, id, name);
  return [`${left}, left from a create whose answer was lost, was revoked.`];
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
