import { z } from "zod";
import { nearestHint } from "../../base/words";

/**
 * An object that has these properties and no others. For one with another, zod's message is the names of those that
 * there are, a line each: what is said of it, `problems.ts` says.
 *
 * @param shape its properties
 */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? Object.keys(shape).join("\n") : "must be an object",
  });
}

/**
 * One of these texts.
 *
 * @param names the texts
 */
export function choice<const Names extends readonly [string, ...string[]]>(names: Names) {
  return z.enum(names, { error: ({ input }) => notAmong(names, input) });
}

/** What is said of a text that is not one of these, with the nearest. */
export function notAmong(names: readonly string[], given: unknown): string {
  return `must be one of ${names.join(", ")}${typeof given === "string" ? nearestHint(given, names) : ""}`;
}
