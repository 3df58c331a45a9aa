import { instantMs, instantText } from "../../base/time";
import { idsText, printable } from "../../redaction/printable";
import { datesAfter, revokeAt } from "../../rotation";
import { isLive } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import type { CreateNote } from "../memory";
import { isKnown, isRenamedAlike, isSince } from "../remote/identity";
import { visibleKeys } from "../remote/lists";
import { revokeProven } from "../remote/revoke";
import type { KeyInputs, KeyState } from "../state/key";
import { adoptedKeyIdOf, asPrevious, keptPrevious, ownKeys } from "../state/keyState";
import { isMadeUp, madeUpName } from "../state/madeUpName";
import { askedSchedule, scheduleOf, withGrantedDue } from "../state/schedule";
import { besideInputs, withAskedName } from "../state/successorName";
import { carriedFields, carriedMessages, withCarried, withoutAsking } from "./carriedFields";
import { issueKey } from "./issueKey";
import { PartialSuccessError } from "./progress";

/** A resource whose key is to be succeeded. */
interface Rotating {
  readonly id: string;
  /** Without a previous key, unless the current one is inactive. */
  readonly state: KeyState;
  /** Whether the current key opens nothing and was cleared away. */
  readonly inactive: boolean;
}

/** A resource whose key has just been succeeded by another. */
export interface Rotated {
  readonly state: KeyState;
  readonly messages: readonly string[];
  /** The note of the new key's create. */
  readonly note: CreateNote;
}

/**
 * Makes a new key beside the current one, which becomes the previous. In the place of one that opens nothing the new
 * key stands beside the previous one as that did: it is all that may still be in use.
 *
 * @throws {PartialSuccessError} when the new key exists and not all of it could be recorded
 */
export async function rotateWithOverlap(
  operation: OperationContext,
  context: KeyContext,
  { id, state, inactive }: Rotating,
  inputs: KeyInputs,
): Promise<Rotated> {
  const carried = carriedFields(state, inputs, operation.now());
  const asked = withCarried(besideInputs(inputs, state), carried);
  const left = await revokeStrays(context, state, asked);
  const now = operation.now();
  const schedule = askedSchedule(inputs);
  const dates = datesAfter(scheduleOf(state), schedule, now, true);
  const previous = inactive
    ? keptPrevious(state)
    : asPrevious(state, revokeAt(schedule, now) ?? instantText(now));
  const succeed = (made: KeyState): KeyState =>
    withGrantedDue({
      ...withoutAsking(withAskedName(made, inputs), carried),
      anchorAt: undefined,
      extendedAt: undefined,
      dueAt: undefined,
      ...dates,
      adoptedKeyId: made.adopt === undefined ? adoptedKeyIdOf(state) : undefined,
      generation: (state.generation ?? 1) + 1,
      ...previous,
    });
  try {
    const { creation, note } = await issueKey(operation, context, asked, ownKeys(state));
    const kept = carriedMessages(context, carried);
    const messages = [...left, ...kept, ...creation.warnings.map(({ message }) => message)];
    return { state: succeed(creation.state), messages, note };
  } catch (error) {
    if (!(error instanceof PartialSuccessError)) throw error;
    throw new PartialSuccessError(id, succeed(error.state), error.message);
  }
}

/**
 * Revokes what a rotation has left that was killed between its request and its end: a key of the name that we made up
 * which the state does not know. Under a name that the program chose, nothing is touched. Under one that the vendor made
 * of ours, a later key is told of: others may be called the same.
 *
 * @param asked the new key's inputs
 */
async function revokeStrays(context: KeyContext, state: KeyState, asked: KeyInputs): Promise<string[]> {
  if (madeUpName(state) === undefined && madeUpName(asked) === undefined) return [];
  const known = ownKeys(state);
  // What is seen can be acted on, though there may be more.
  const listed = (await visibleKeys(context, "shared")) ?? [];
  const others = listed.filter((key) => isLive(key) && !isKnown(context, key, known));
  const strays = others.filter(({ fields: { name } }) => isMadeUp(state, name) || isMadeUp(asked, name));
  for (const { id, fields } of strays) await revokeProven(context, id, String(fields.name));
  const sinceMs = instantMs(state.rotatedAt) ?? 0;
  const suspects = others.filter(
    (key) => !strays.includes(key) && isRenamedAlike(key, state) && isSince(key, sinceMs),
  );
  const beside = `beside the ${context.label}`;
  return [
    ...strays.map(
      ({ id }) => `Key ${printable(id)} ${beside}, left from a rotation that was cut short, was revoked.`,
    ),
    ...(suspects.length === 0
      ? []
      : [
          `Key ${idsText(suspects)} ${beside} has the same name, which is not the one that was asked for, and may be left from a rotation that was cut short. ` +
            "It may also be someone else's, so it was not revoked: revoke what nobody uses.",
        ]),
  ];
}
