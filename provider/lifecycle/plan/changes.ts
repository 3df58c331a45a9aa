import { isDeepStrictEqual } from "node:util";
import { durationMs } from "../../base/time";
import { hasUnknown } from "../../base/unknown";
import { originOf } from "../../connection/connections";
import type { ServiceDefinition } from "../../definition/definition";
import { sameField } from "../../definition/sameField";
import { sameDefinition } from "../../definition/upgrade";
import type { OperationContext } from "../context";
import type { KeyInputs, KeyState } from "../state/key";
import { adoptedKeyIdOf, isAdopted, recordedArguments } from "../state/keyState";
import { requestedValue } from "../state/requestedValue";

/** What a key is compared with to see which arguments have changed. */
export interface ComparedKey {
  readonly expiresIn?: unknown;
  /** Whether any lifetime agrees with it: of a key that was imported nobody knows how long it was to live. Default: false. */
  readonly anyLifetime?: boolean;
  /** What a field is, in each way of saying it that asks for no change. */
  values(field: string): readonly unknown[];
  /** Fields of an adopted key that were left as they were, though the program asked otherwise. Default: none. */
  readonly unapplied?: readonly string[];
}

/** A key as its state tells of it. To write down what the vendor chose is to agree with it, not to ask for another key. */
export function recordedKey(state: KeyState): ComparedKey {
  return {
    expiresIn: state.expiresIn,
    anyLifetime: state.expiresIn === undefined && state.adopt === undefined && isAdopted(state),
    values: (name) => [requestedValue(state, name), state.fields[name]],
    unapplied: adoptedKeyIdOf(state) === undefined ? [] : unappliedFields(state),
  };
}

function unappliedFields({ asked = {}, autonamed }: KeyState): string[] {
  return Object.keys(asked).filter(
    (name) => asked[name] !== null && !(name === "name" && autonamed === true),
  );
}

/**
 * Names of the arguments that differ and ask the vendor for something.
 *
 * @param key what was done, or was asked before
 * @param inputs what is asked
 */
export function changedFields(
  definition: ServiceDefinition,
  key: ComparedKey,
  { fields, expiresIn }: Pick<KeyInputs, "fields" | "expiresIn">,
): string[] {
  const changed = Object.entries(definition.fields).flatMap(([name, field]) => {
    // A lifetime decides the expiry itself; its own change is what counts then.
    if (field.input === undefined || (name === "expiresAt" && expiresIn !== undefined)) return [];
    const asked = fields[name];
    const same = !hasUnknown(asked) && key.values(name).some((value) => sameField(field, value, asked));
    return same ? [] : [name];
  });
  const lifetimeChanged =
    expiresIn !== undefined &&
    key.anyLifetime !== true &&
    (hasUnknown(expiresIn) || durationMs(expiresIn) !== durationMs(key.expiresIn));
  return lifetimeChanged ? [...changed, "expiresIn"] : changed;
}

/** Names of the arguments by which the key would be at another place: another service, path or server. */
export function changedPlace(operation: OperationContext, state: KeyState, inputs: KeyInputs): string[] {
  const changed = [
    ...(state.service.name === inputs.service.name ? [] : ["service"]),
    ...Object.keys(inputs.service.definition.pathParameters).filter(
      (name) => (state.pathParameters[name] ?? state.fields[name]) !== inputs.pathParameters[name],
    ),
  ];
  const moved = inputs.connection !== state.connection && leadsElsewhere(operation, state, inputs);
  return moved ? [...changed, "connection"] : changed;
}

function leadsElsewhere(operation: OperationContext, { origin }: KeyState, inputs: KeyInputs): boolean {
  const { connection, service } = inputs;
  if (typeof connection !== "string") return true;
  return originOf(operation.connections.resolve(connection, service.definition)) !== origin;
}

/** To take over another key is to give up this one; to name this one, or none any more, is not. */
export function changedAdoption(state: KeyState, { adopt }: KeyInputs): string[] {
  return adopt !== undefined && adopt !== state.adopt && adopt !== state.keyId ? ["adopt"] : [];
}

/** Names of the arguments whose change touches our records only. */
export function changedRecords(state: KeyState, inputs: KeyInputs): string[] {
  const names = ["connection", ...recordedArguments] as const;
  return [
    ...(sameDefinition(state.service.written, inputs.service.written) ? [] : ["definition"]),
    ...names.filter((name) => !isDeepStrictEqual(state[name], inputs[name])),
    // The value of an adopted key may be given later.
    ...(inputs.adoptValue !== undefined && state.valueAvailable === false ? ["adoptValue"] : []),
  ];
}
