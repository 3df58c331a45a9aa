import { z } from "zod";
import { compiled } from "../../json/patterns";
import { hasDotSegment } from "../../json/templates";
import { choice } from "./object";

/**
 * Whether the vendor's published page says it, or it is what that API would most plausibly do. Assumed parts are
 * listed in the README, and a user who knows better overrides them in a definition of their own.
 */
export const evidence = choice(["documented", "assumed"])
  .describe("Whether the vendor's documentation says so, or it is assumed. Default: documented.")
  .meta({ id: "evidence" });

/** Name of a field, parent or credential: an argument in programs. */
export const name = z
  .string({ error: "must be text" })
  .regex(/^[a-z][A-Za-z0-9]*$/, "must be a camelCase name")
  .meta({ id: "name" });

/**
 * A place in a vendor's JSON.
 *
 * @see RFC 6901
 */
export const pointer = z
  .string({ error: "must be a JSON Pointer, such as /data/key" })
  .regex(
    /^(\/([^~/]|~[01])*)*$/,
    "must be a JSON Pointer (RFC 6901), such as /data/key, or empty for the whole body",
  )
  .meta({ id: "pointer" });

/** A path of the vendor's API, with `{variables}`. */
export const pathTemplate = z
  .string({ error: "must be a path, such as /v1/keys" })
  .regex(
    /^\/(?:[^\s?#{}]|\{\w+\})*$/,
    "must start with / and hold no white space, query or fragment; variables are {like}{this}",
  )
  .refine((path) => !hasDotSegment(path), 'must not hold "." or "..", which mean another path')
  .meta({ id: "pathTemplate" });

/** A text with `{variables}`. */
export const template = z
  .string({ error: "must be text, which may hold {variables}" })
  .meta({ id: "template" });

/** Name of a header, in any case. */
export const headerName = z
  .string({ error: "must be a header name" })
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "must be a header name (RFC 9110)")
  .meta({ id: "headerName" });

/** A part of a text: the first group of a regular expression, or all that it matches. */
export const pattern = z
  .string({ error: "must be a regular expression" })
  .refine(isPattern, "must be a regular expression")
  .meta({ id: "pattern" });

/** JSON of any kind, as it is. */
export const json = z.json().meta({ id: "json" });

/** Headers by name, their values with `{variables}`. */
export const headers = z
  .record(
    headerName,
    template.regex(/^[\t\x20-\x7e\x80-\xff]*$/, "must be one line of Latin text (RFC 9110)"),
  )
  .meta({ id: "headers" });

function isPattern(source: string): boolean {
  try {
    compiled(source);
    return true;
  } catch {
    return false;
  }
}
