/** Stands for a value that the engine cannot know before another resource is created. */
export const unknownValue: unique symbol = Symbol("known after apply");

/** Whether a value is unknown or holds something unknown at any depth. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasUnknown);
}
