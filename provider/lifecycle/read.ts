import { isDeepStrictEqual } from "node:util";
import { ApiKeysError } from "../base/errors";
import { inputFields } from "../definition/inputFields";
import { sameField } from "../definition/sameField";
import { printable } from "../redaction/printable";
import { expiresUnrenewed, hasEnded } from "../rotation";
import { type KeyContext, type OperationContext, resolveRecordedKey } from "./context";
import { expiryWarning } from "./plan/scheduleWarnings";
import { findRecorded } from "./remote/find";
import { mergeRemote, mirroredInputs, requestedValue } from "./state/outputs";
import { previousOf, withoutPrevious } from "./state/previous";
import { type Properties, pick, type Status } from "./state/properties";

/** What a look at the vendor found. */
export interface Reading {
  readonly outputs: Properties;
  /** Complete inputs where something changed, so that a plan shows what; else none, and the engine keeps its own. */
  readonly inputs?: Properties;
  readonly warnings: readonly string[];
}

/**
 * Looks at the key. Undefined only on proof that it is gone; a revoked or expired key stays, with its status,
 * so that the next `up` repairs it.
 *
 * @throws {ApiKeysError} whenever the answer proves nothing
 */
export async function read(
  operation: OperationContext,
  id: string,
  outputs: Properties,
): Promise<Reading | undefined> {
  if (outputs.keyId === undefined) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      `There is no state of API key ${printable(id)} to read from: ApiKey.get and import cannot work for dynamic resources. ` +
        "To take over an existing key, declare it with `adopt`.",
    );
  }
  const context = resolveRecordedKey(operation, outputs);
  const { definition } = context;
  const key = await findRecorded(operation, context, outputs);
  const previous = previousOf(outputs);
  if (previous && !(await findRecorded(operation, context, previous)))
    return read(operation, id, withoutPrevious(outputs));
  // Both have to be gone before the resource is.
  if (!key && previous) return unlisted(context, outputs, "revoked");
  // `up` could not make it anew: its expiry is the program's own, and has passed.
  if (!key && hasEnded(programOf(outputs), operation.now())) return unlisted(context, outputs, "expired");
  // It is the only trace of a create whose answer was lost, whose key `up` looks for when it replaces this one.
  if (!key && outputs.unsettledSince !== undefined) return unlisted(context, outputs, "revoked");
  if (!key) return undefined;

  const seen = mergeRemote(definition, outputs, key, operation.now());
  const drifted = inputFields(definition).filter((name) => {
    const field = definition.fields[name];
    return field !== undefined && !sameField(field, outputs[name], seen[name]);
  });
  // What the vendor made of an input is no longer its answer to it once somebody has changed it.
  const asked = pick(
    (outputs.asked ?? {}) as Properties,
    (name) => !drifted.includes(name) || requestedValue(outputs, name) === null,
  );
  if (Object.keys(asked).length > 0) seen.asked = asked;
  else delete seen.asked;

  const warnings = [...ended(context, outputs, seen), ...expiring(context, seen, operation.now())];
  if (drifted.length === 0 && seen.status === outputs.status) return { outputs: seen, warnings };
  return { outputs: seen, warnings, inputs: currentInputs(seen, mirroredInputs(definition, seen)) };
}

/** What the program asks of the expiry, as far as outputs tell. */
function programOf(outputs: Properties): Properties {
  return {
    rotation: outputs.rotation,
    expiresIn: outputs.expiresIn,
    expiresAt: requestedValue(outputs, "expiresAt") ?? undefined,
  };
}

/** A key that stays in state though the vendor no longer lists it. */
function unlisted(context: KeyContext, outputs: Properties, status: Status): Reading {
  const seen = { ...outputs, status };
  const warnings = ended(context, outputs, seen);
  if (outputs.status === status) return { outputs: seen, warnings };
  return { outputs: seen, warnings, inputs: currentInputs(seen, mirroredInputs(context.definition, seen)) };
}

/** A key that has stopped working since it was last looked at is news, whether or not `up` will replace it. */
function ended({ label }: KeyContext, before: Properties, now: Properties): string[] {
  if (now.status === before.status || now.status === "active") return [];
  const own = requestedValue(now, "expiresAt") ?? undefined;
  const renewed = now.status === "revoked" || now.expiresIn !== undefined || own === undefined;
  const next = renewed
    ? "The next `pulumi up` replaces it."
    : "Give it a later expiresAt, or expiresIn, which renews itself.";
  return [
    `The ${label} no longer works: it ${now.status === "revoked" ? "was revoked" : `expired at ${now.expiresAt}`}. ${next}`,
  ];
}

/** A key that nothing renews before its end. */
function expiring({ label }: KeyContext, now: Properties, nowMs: number): string[] {
  if (now.status !== "active" || !expiresUnrenewed(now, programOf(now), nowMs)) return [];
  return [expiryWarning(label, String(now.expiresAt))];
}

/** The inputs that would ask for the key as it is now. */
function currentInputs(outputs: Properties, mirrored: Properties): Properties {
  const inputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(mirrored)) {
    const asked = requestedValue(outputs, name) ?? undefined;
    const givenByLifetime = name === "expiresAt" && outputs.expiresIn !== undefined;
    if (asked !== undefined && !givenByLifetime)
      inputs[name] = isDeepStrictEqual(asked, value) ? value : asked;
  }
  return outputs.status === "active" ? inputs : { ...inputs, status: outputs.status };
}
