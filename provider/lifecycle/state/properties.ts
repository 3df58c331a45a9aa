/**
 * What the engine keeps of one key. Inputs say what the program asks; outputs say what was done and mirror the
 * inputs, for `delete` and `read` are given outputs alone.
 */
export type Properties = Readonly<Record<string, unknown>>;

/** A key's condition when it was last looked at. */
export type Status = "active" | "revoked" | "expired";

/** Arguments that every service's key has, beside the vendor's own fields. */
export const commonInputs = [
  "service",
  "definition",
  "connection",
  "expiresIn",
  "rotation",
  "adopt",
  "adoptValue",
] as const;

/** What `check` says of a key's schedule, for plans to show; what was done of it stands in the outputs. */
export const scheduledInputs = [
  "rotatedAt", "anchorAt", "extendedAt", "dueAt", "generation", "previousRevokeAt",
] as const; // biome-ignore format: one list

/**
 * Inputs that `check` adds, so that a preview shows why a key is due.
 * `status` is added by `read` where a key was found revoked or expired.
 */
export const derivedInputs = ["autonamed", ...scheduledInputs, "status"] as const;

/** Text at a name, or undefined. */
export function text(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}

/** Text at a name that every key's state has. */
export function requiredText(properties: Properties, name: string): string {
  const value = text(properties, name);
  if (value === undefined) throw new TypeError(`The state of this API key has no ${name}.`);
  return value;
}

/** The part of an object's entries that a predicate keeps. */
export function pick(properties: Properties, keep: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).filter(([name, value]) => value !== undefined && keep(name)),
  );
}
