import type { KeyContext, OperationContext } from "../context";
import { fieldOf } from "../plan/capabilities";
import { extendedTo } from "../plan/steps";
import { divergentInputs, mergeRemote, refusals } from "../state/outputs";
import { type Properties, pick } from "../state/properties";

/** A key that was changed in place, and what the user should know of it. */
export interface Changed {
  readonly outputs: Properties;
  readonly warnings: readonly string[];
}

/**
 * Has the vendor change a key in place. A lifetime then counts from now.
 *
 * @param names the arguments that changed, all of which the vendor can change
 * @throws {ApiKeysError} when it is not known to have been changed; asking again does no harm
 */
export async function changeFields(
  operation: OperationContext,
  context: KeyContext,
  outputs: Properties,
  inputs: Properties,
  names: readonly string[],
): Promise<Changed> {
  const { definition, vendor, pathParameters, label } = context;
  const fields = names.map(fieldOf);
  const key = names.includes("expiresIn")
    ? extendedTo(definition, outputs, inputs, operation.now())
    : outputs;
  const told = await vendor.update?.(pathParameters, outputs, sent(context, key, inputs, names), fields);
  const { asked: _, ...known } = pick({ ...key, ...askedOf(fields, key, inputs) }, () => true);
  const { expiresIn } = inputs;
  const current = {
    ...(told ? mergeRemote(definition, known, told, operation.now()) : known),
    keyId: told?.id ?? outputs.keyId,
    expiresIn,
  };
  const deviating = divergentInputs(definition, inputs, current);
  const refused = fields.filter((name) => isRefused(name, deviating, outputs, current));
  const made = refusals(refused, inputs, current, outputs);
  return {
    outputs: { ...current, ...(deviating && { asked: deviating }) },
    warnings: made === undefined ? [] : [`The ${label} was updated, but ${definition.title} ${made}.`],
  };
}

/** What the request is made of: of an expiry that does not change, the moment and not the lifetime that led to it. */
function sent({ definition }: KeyContext, key: Properties, inputs: Properties, names: readonly string[]) {
  const { expiresIn, ...rest } = inputs;
  const name = definition.uniqueNames === "suffix" && !names.includes("name") ? key.name : inputs.name;
  const isLifetime = names.includes("expiresIn") || definition.fields.expiresAt?.lifetimes !== undefined;
  return {
    ...rest,
    name,
    expiresAt: names.includes("expiresAt") ? inputs.expiresAt : key.expiresAt,
    ...(isLifetime && { expiresIn }),
  };
}

function askedOf(fields: readonly string[], key: Properties, inputs: Properties): Properties {
  return Object.fromEntries(
    fields.map((name) => [
      name,
      name === "expiresAt" && inputs.expiresIn !== undefined ? key.expiresAt : inputs[name],
    ]),
  );
}

/** What the vendor chose in the place of something that is no longer asked for is its own business. */
function isRefused(
  name: string,
  deviating: Properties | undefined,
  before: Properties,
  now: Properties,
): boolean {
  if (deviating === undefined || !Object.hasOwn(deviating, name)) return false;
  return deviating[name] !== null || now[name] === before[name];
}
