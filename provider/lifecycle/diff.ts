import { isDeepStrictEqual } from "node:util";
import { sameField } from "../compare";
import { originOf } from "../connections";
import { owed } from "../rotation";
import type { ServiceDefinition } from "../service/definition";
import { resolveService } from "../service/registry";
import { durationMs } from "../time";
import { hasUnknown } from "../unknown";
import { recordedSubject, type World } from "./context";
import { baseline, deviations } from "./outputs";
import { commonInputs, derivedInputs, type Properties, requiredText } from "./properties";

/** What an update owes, as the engine wants to hear it. */
export interface Plan {
  readonly changes: boolean;
  /**
   * Whether the inputs themselves differ, so that the engine's own comparison of them shows all there is to see.
   * Without that it shows every output as removed.
   */
  readonly visible: boolean;
  /** Properties that ask for another key. */
  readonly replaces: readonly string[];
  /** Where two keys cannot stand side by side, the old one goes first. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * Every step that is owed, from what was done, what is asked and the time alone. Sends nothing.
 *
 * @param outputs what was done
 * @param inputs what is asked
 */
export function diff(world: World, outputs: Properties, inputs: Properties): Plan {
  const definition = resolveService(inputs);
  const changed = [
    ...changedPlace(world, definition, outputs, inputs),
    ...changedFields(definition, outputs, inputs),
    ...changedAdoption(outputs, inputs),
  ];
  const reason = owed(outputs, inputs, world.now());
  const replaces = reason === undefined ? changed : [...changed, reason];
  const held = [outputs.adopt, outputs.keyId];
  if (replaces.length > 0 && typeof inputs.adopt === "string" && held.includes(inputs.adopt)) {
    world.adoptions.succeeded.add(inputs.adopt);
  }
  // A key that is replaced through a connection that has moved could not be revoked where it is.
  if (replaces.length > 0 && inputs.connection === outputs.connection) recordedSubject(world, outputs);
  const bookkeeping = changedBookkeeping(outputs, inputs);
  const agreement = !isDeepStrictEqual(deviations(definition, inputs, outputs), outputs.asked);
  const unsettled = outputs.unsettledSince !== undefined;
  return {
    changes: replaces.length > 0 || bookkeeping || agreement || unsettled,
    visible: changed.length > 0 || bookkeeping || reason === "status",
    replaces,
    deleteBeforeReplace: definition.kind === "singleton" || keepsUniqueName(definition, outputs, inputs),
  };
}

/** Another service, parent or server means another key. */
function changedPlace(
  world: World,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): string[] {
  const changed = ["service", ...Object.keys(definition.parents)].filter(
    (name) => outputs[name] !== inputs[name],
  );
  const moved =
    inputs.connection !== outputs.connection && leadsElsewhere(world, definition, outputs, inputs);
  return moved ? [...changed, "connection"] : changed;
}

function leadsElsewhere(
  world: World,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): boolean {
  if (hasUnknown(inputs.connection)) return true;
  const connection = world.connections.resolve(requiredText(inputs, "connection"), definition);
  return originOf(connection) !== outputs.origin;
}

function changedFields(definition: ServiceDefinition, outputs: Properties, inputs: Properties): string[] {
  const fields = Object.entries(definition.fields).filter(([name, field]) => {
    // A lifetime decides the expiry itself; its own change is what counts then.
    if (field.input === undefined || (name === "expiresAt" && inputs.expiresIn !== undefined)) return false;
    if (hasUnknown(inputs[name])) return true;
    // To write down what the vendor chose is to agree with it, not to ask for another key.
    return ![baseline(outputs, name), outputs[name]].some((value) => sameField(field, value, inputs[name]));
  });
  const names = fields.map(([name]) => name);
  const lifetimeChanged =
    inputs.expiresIn !== undefined &&
    (hasUnknown(inputs.expiresIn) || durationMs(inputs.expiresIn) !== durationMs(outputs.expiresIn));
  return lifetimeChanged ? [...names, "expiresIn"] : names;
}

/** To take over another key is to give up this one; to name this one, or none any more, is not. */
function changedAdoption(outputs: Properties, inputs: Properties): string[] {
  const asks = inputs.adopt !== undefined && inputs.adopt !== outputs.adopt && inputs.adopt !== outputs.keyId;
  return asks ? ["adopt"] : [];
}

/** Changes that touch our records only. */
function changedBookkeeping(outputs: Properties, inputs: Properties): boolean {
  const names = [...commonInputs, ...derivedInputs].filter(
    (name) => name !== "adoptValue" && name !== "status",
  );
  // The value of an adopted key may be handed in later.
  if (inputs.adoptValue !== undefined && outputs.valueAvailable === false) return true;
  return names.some((name) => !isDeepStrictEqual(outputs[name], inputs[name]));
}

/** A vendor that refuses a second key of a name cannot have the new one beside the old. */
function keepsUniqueName(definition: ServiceDefinition, outputs: Properties, inputs: Properties): boolean {
  return definition.uniqueNames && inputs.autonamed !== true && inputs.name === outputs.name;
}
