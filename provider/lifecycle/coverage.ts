import type { ServiceDefinition } from "../service/definition";

/** The vendor's field that an argument asks for: a lifetime is a way to say when a key expires. */
export function fieldOf(argument: string): string {
  return argument === "expiresIn" ? "expiresAt" : argument;
}

/** Whether the vendor can change all of these in place. One that it cannot asks for another key, made with all of them. */
export function areCovered({ operations }: ServiceDefinition, names: readonly string[]): boolean {
  const covered = new Set(operations.update.flatMap(({ fields }) => fields));
  return names.every((name) => covered.has(fieldOf(name)));
}
