import { z } from "zod";
import { object } from "./object";
import { headerName, pattern, pointer } from "./text";

/** A property's name, or a JSON Pointer where it begins with a slash. */
export const member = z
  .string({ error: "must be a property's name, or a JSON Pointer that begins with /" })
  .min(1, "must not be empty")
  .refine(
    (text) => !text.startsWith("/") || pointer.safeParse(text).success,
    "must be a property's name, or a JSON Pointer (RFC 6901), such as /data/key",
  )
  .meta({ id: "member" });

const part = pattern.optional().describe("Regular expression: its first group, or all that it matches.");

/** Where a response has something. */
export const place = z
  .union(
    [
      member,
      object({ at: member.describe("Name or JSON Pointer in the key's own object."), part }),
      object({ body: pointer.describe("JSON Pointer in the whole body."), part }),
      object({ header: headerName.describe("Name of a response header."), part }),
      object({
        field: z.string().describe("Another field, such as value."),
        part,
        digest: z
          .boolean()
          .optional()
          .describe("Whether a SHA-256 digest stands for it, for keys without an id."),
      }),
    ],
    {
      error:
        'must be a name ("key"), a JSON Pointer ("/data/key"), or one of { at }, { body }, { header }, { field }, each with an optional part',
    },
  )
  .describe("Where an answer tells it: a property's name, a JSON Pointer, or one of the forms.")
  .meta({ id: "place" });

/** Where the response to a login tells something. */
export const loginPlace = z
  .union(
    [
      member,
      object({ header: headerName.describe("Name of a response header."), part }),
      object({ cookie: z.string().min(1).describe("Name of a cookie."), part }),
    ],
    { error: 'must be a name ("token"), a JSON Pointer ("/data/token"), { header } or { cookie }' },
  )
  .describe("Where the answer to a login tells it.")
  .meta({ id: "loginPlace" });

export type ResponsePlace = z.output<typeof place>;
export type LoginPlace = z.output<typeof loginPlace>;
