import { instantText } from "../../base/time";
import { printable } from "../../redaction/printable";
import { datesOf, revokeAt, type Schedule, successorAnchorMs } from "../../rotation";
import type { CreateNote, KeyContext, OperationContext } from "../context";
import { revokeProven } from "../remote/revoke";
import { keepPrevious, ownIds, withPrevious } from "../state/previous";
import type { Properties } from "../state/properties";
import { besideInputs, withAskedName } from "../state/successorName";
import { makeKey } from "./issueKey";
import { PartialSuccessError } from "./progress";

/** A resource whose key is to be succeeded. */
export interface Rotating {
  readonly id: string;
  /** Without a previous key, unless the current one is inactive. */
  readonly outputs: Properties;
  /** Whether the current key opens nothing and was cleared away. */
  readonly inactive: boolean;
}

/** A resource whose key has just been succeeded by another. */
export interface Rotated {
  readonly outputs: Properties;
  readonly warnings: readonly string[];
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
  { id, outputs, inactive }: Rotating,
  inputs: Properties,
): Promise<Rotated> {
  const asked = besideInputs(context.definition, inputs, outputs);
  const left = await revokeStrays(context, outputs, asked);
  const now = operation.now();
  const dates = datesOf(inputs as Schedule, successorAnchorMs(outputs, inputs, now), now);
  const generation = typeof outputs.generation === "number" ? outputs.generation : 1;
  const succeed = (made: Properties): Properties => {
    const {
      anchorAt: _,
      extendedAt: __,
      dueAt: ___,
      previousRevokeAt: ____,
      ...key
    } = withAskedName(made, inputs);
    const successor = { ...key, ...dates, generation: generation + 1 };
    return inactive
      ? keepPrevious(successor, outputs)
      : withPrevious(successor, outputs, revokeAt(inputs, now) ?? instantText(now));
  };
  try {
    const { creation, note } = await makeKey(operation, context, asked, ownIds(outputs));
    return { outputs: succeed(creation.outputs), warnings: [...left, ...creation.warnings], note };
  } catch (error) {
    if (!(error instanceof PartialSuccessError)) throw error;
    throw new PartialSuccessError(id, succeed(error.outputs), error.message);
  }
}

/**
 * Revokes what a rotation has left that was killed between its request and its end: a key of our name that the state
 * does not know. A name that the program chose may be someone else's, so there nothing is touched.
 *
 * @param asked the new key's inputs
 */
async function revokeStrays(context: KeyContext, outputs: Properties, asked: Properties): Promise<string[]> {
  const ours = new Set<unknown>(
    [outputs, asked].flatMap(({ autonamed, name }) =>
      autonamed === true && name !== undefined ? [name] : [],
    ),
  );
  if (ours.size === 0) return [];
  const known = ownIds(outputs);
  const listed = (await context.vendor.list?.(context.pathParameters, "shared")) ?? [];
  const strays = listed.filter(
    (key) => ours.has(key.fields.name) && key.fields.active !== false && !known.has(key.id),
  );
  for (const { id, fields } of strays) await revokeProven(context, id, String(fields.name));
  return strays.map(
    ({ id }) =>
      `Key ${printable(id)} beside the ${context.label}, left from a rotation that was cut short, was revoked.`,
  );
}
