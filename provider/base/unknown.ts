/** Stands for a value that the engine cannot know before another resource is created. */
export const unknownValue: unique symbol = Symbol("known after apply");

/** A value that may not be known yet, as in a preview. */
export type Knowable<T> = T | typeof unknownValue;

/** How the engine spells a value that it does not know yet. */
export const engineUnknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is unknown or holds something unknown at any depth. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasUnknown);
}
