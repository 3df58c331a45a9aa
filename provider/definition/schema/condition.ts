import { z } from "zod";
import { object } from "./object";
import { pattern, pointer } from "./text";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).meta({ id: "scalar" });
const status = z.int({ error: "must be a status, such as 404" }).min(100).max(599);

const content = {
  at: pointer.optional().describe("JSON Pointer. Default: the whole."),
  equals: z
    .union([scalar, z.array(scalar).min(1)], {
      error: "must be text, a number, true, false or null, or a list of these",
    })
    .optional()
    .describe("Value, or several of which one must be there."),
  matches: pattern.optional().describe("Regular expression that the text must match."),
  exists: z.boolean().optional().describe("Whether something other than null must be there."),
  passed: z
    .boolean()
    .optional()
    .describe(
      "Whether a moment that has passed must be there. One to come, null and nothing have not passed, nor has what stands for never: false, zero, a year before 1971.",
    ),
};

const placeCondition = object(content).meta({ id: "part" });

const whole = {
  ...content,
  all: z.array(placeCondition).min(1).optional().describe("Further conditions that must hold."),
  not: placeCondition.optional().describe("A condition that must not hold."),
};

/** Something that is true of a part of a key, as the vendor tells of it. */
export const partCondition = object(whole).meta({ id: "partCondition" });

const condition = object({
  status: z
    .union([status, z.array(status).min(1)])
    .optional()
    .describe(
      "Status, or several of which it must be one. Default for success: 2xx; for notFound: any but 401, 403, 408, 429, 5xx.",
    ),
  ...whole,
})
  .refine((condition) => Object.keys(condition).length > 0, "says nothing, so that it would always hold")
  .meta({ id: "condition" });

/** Something that is true of a response: all that one condition says, of one of several. */
export const conditions = z
  .union([condition, z.array(condition).min(1)], { error: "must be a condition, or a list of them" })
  .describe("One condition, or several of which one must hold. All parts of a condition must hold.")
  .meta({ id: "conditions" });

export type Conditions = z.output<typeof conditions>;
