import type { ServiceDefinition } from "../../definition/definition";
import { templatedNames } from "../../definition/templates";
import { hasOverlap, rotationOf, type Schedule } from "../../rotation";
import type { Status } from "../state/key";

/** The vendor's field that an argument asks for: a lifetime is a way to say when a key expires. */
export function fieldOf(argument: string): string {
  return argument === "expiresIn" ? "expiresAt" : argument;
}

/**
 * Whether the vendor can change all of these arguments in place. One that it cannot change asks for another key, which
 * is made with all of them.
 */
export function canUpdate({ operations }: ServiceDefinition, names: readonly string[]): boolean {
  const covered = new Set(operations.update.flatMap(({ fields }) => fields));
  return names.every((name) => covered.has(fieldOf(name)));
}

/**
 * Whether the vendor renews a key by giving it another value. With an overlap it has to be another key, for the old one
 * shall stay valid. It has to be another key as well where it is to end later and the request to rotate does not say
 * when: nobody knows whether the vendor moves the end by itself, and a key that ends sooner than its state says is an
 * outage.
 *
 * @param status the key's, as it was last looked at
 * @param asked what is asked
 */
export function canRotateInPlace(
  definition: ServiceDefinition,
  status: Status | undefined,
  asked: Schedule,
): boolean {
  const { rotate } = definition.operations;
  if (rotate === undefined || hasOverlap(asked) || status === "revoked") return false;
  const isToEndLater =
    asked.expiresIn !== undefined || rotationOf(asked).beforeExpiry !== undefined || status === "expired";
  return !isToEndLater || templatedNames(rotate).has("expiresAt");
}
