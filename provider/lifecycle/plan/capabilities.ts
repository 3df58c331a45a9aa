import type { ServiceDefinition } from "../../definition/definition";
import { templatedNames } from "../../definition/templates";
import { hasOverlap, type Schedule } from "../../rotation";
import type { Properties } from "../state/properties";

/**
 * Whether the vendor renews a key by giving it another value. One beside which the old one shall stay valid has to be
 * another key, and so has one that is to end later where the request to rotate says nothing of when: nobody knows
 * whether the vendor moves the end by itself, and a key that ends sooner than its state says is an outage.
 *
 * @param status the key's, as it was last looked at
 * @param inputs what is asked
 */
export function canRotateInPlace(
  definition: ServiceDefinition,
  status: unknown,
  inputs: Properties,
): boolean {
  if (definition.operations.rotate === undefined || hasOverlap(inputs) || status === "revoked") return false;
  const { expiresIn, rotation } = inputs as Schedule;
  const isToEndLater =
    expiresIn !== undefined || rotation?.beforeExpiry !== undefined || status === "expired";
  return !isToEndLater || sendsExpiry(definition);
}

/** Whether the request to rotate says until when the key is to work. */
function sendsExpiry({ operations: { rotate } }: ServiceDefinition): boolean {
  return rotate !== undefined && templatedNames(rotate).has("expiresAt");
}

/** The vendor's field that an argument asks for: a lifetime is a way to say when a key expires. */
export function fieldOf(argument: string): string {
  return argument === "expiresIn" ? "expiresAt" : argument;
}

/** Whether the vendor can change all of these in place. One that it cannot asks for another key, made with all of them. */
export function areCovered({ operations }: ServiceDefinition, names: readonly string[]): boolean {
  const covered = new Set(operations.update.flatMap(({ fields }) => fields));
  return names.every((name) => covered.has(fieldOf(name)));
}
