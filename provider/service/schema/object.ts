import { z } from "zod";
import { nearestName } from "../../compare";

/**
 * An object that has these properties and no others; a mistyped one is told with the nearest that there is.
 *
 * @param shape its properties
 */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: (issue) => complaint(issue, Object.keys(shape)) });
}

/** What is said of an object that is none, or has a property that there is not. */
export function complaint(issue: { code?: string; keys?: unknown }, names: readonly string[]): string {
  if (issue.code !== "unrecognized_keys" || !Array.isArray(issue.keys)) return "must be an object";
  const unknown = issue.keys.map((key: string) => {
    const near = nearestName(key, names);
    return `there is no ${JSON.stringify(key)} here${near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`}`;
  });
  return `${unknown.join("; ")} (there is ${names.join(", ")})`;
}
