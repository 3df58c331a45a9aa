/** Stands for a value that the engine cannot know before another resource is created. */
export const unknownValue: unique symbol = Symbol("known after apply");

/** A value that may not be known yet, as in a preview. */
export type Knowable<T> = T | typeof unknownValue;

/** How the engine spells a value that it does not know yet. */
export const engineUnknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Member by which the engine tells what an object stands for, and what it says of a secret. */
export const engineSignature = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Whether a value is unknown or holds something unknown at any depth. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasUnknown);
}
