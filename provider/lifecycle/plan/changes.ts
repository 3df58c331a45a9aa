import { isDeepStrictEqual } from "node:util";
import { durationMs } from "../../base/time";
import { hasUnknown } from "../../base/unknown";
import { originOf } from "../../connection/connections";
import type { ServiceDefinition } from "../../definition/definition";
import { sameField } from "../../definition/sameField";
import type { OperationContext } from "../context";
import { requestedValue } from "../state/outputs";
import { commonInputs, type Properties, requiredText } from "../state/properties";

/** Another service, parent or server means another key. */
export function changedPlace(
  operation: OperationContext,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): string[] {
  const changed = ["service", ...Object.keys(definition.pathParameters)].filter(
    (name) => outputs[name] !== inputs[name],
  );
  const moved =
    inputs.connection !== outputs.connection && leadsElsewhere(operation, definition, outputs, inputs);
  return moved ? [...changed, "connection"] : changed;
}

function leadsElsewhere(
  operation: OperationContext,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): boolean {
  if (hasUnknown(inputs.connection)) return true;
  const connection = operation.connections.resolve(requiredText(inputs, "connection"), definition);
  return originOf(connection) !== outputs.origin;
}

export function changedFields(
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): string[] {
  const fields = Object.entries(definition.fields).filter(([name, field]) => {
    // A lifetime decides the expiry itself; its own change is what counts then.
    if (field.input === undefined || (name === "expiresAt" && inputs.expiresIn !== undefined)) return false;
    if (hasUnknown(inputs[name])) return true;
    // To write down what the vendor chose is to agree with it, not to ask for another key.
    return ![requestedValue(outputs, name), outputs[name]].some((value) =>
      sameField(field, value, inputs[name]),
    );
  });
  const names = fields.map(([name]) => name);
  const lifetimeChanged =
    inputs.expiresIn !== undefined &&
    (hasUnknown(inputs.expiresIn) || durationMs(inputs.expiresIn) !== durationMs(outputs.expiresIn));
  return lifetimeChanged ? [...names, "expiresIn"] : names;
}

/** To take over another key is to give up this one; to name this one, or none any more, is not. */
export function changedAdoption(outputs: Properties, inputs: Properties): string[] {
  const asks = inputs.adopt !== undefined && inputs.adopt !== outputs.adopt && inputs.adopt !== outputs.keyId;
  return asks ? ["adopt"] : [];
}

/** Changes that touch our records only. */
export function changedBookkeeping(outputs: Properties, inputs: Properties): boolean {
  const names = [...commonInputs, "autonamed"].filter((name) => name !== "adoptValue");
  // The value of an adopted key may be handed in later.
  if (inputs.adoptValue !== undefined && outputs.valueAvailable === false) return true;
  return names.some((name) => !isDeepStrictEqual(outputs[name], inputs[name]));
}
