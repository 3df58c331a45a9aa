import { z } from "zod";
import { choice, notAmong, object } from "./object";
import { pointer } from "./text";

/** A place within an answer; the whole body is none. */
const place = pointer.min(1, "must point into the body, such as /meta/next");

/** Name of a query parameter, not yet encoded. */
export const parameter = z.string().min(1);

/** Where a page is asked for. */
const asked = choice(["query", "body"])
  .default("query")
  .describe("Where the parameters stand in the request: in its query, or as properties of its JSON body.");

/** What pages that are counted have in common. */
const counted = {
  in: asked,
  sizeParameter: parameter
    .optional()
    .describe("Query parameter that asks for pages of `size`. Default: none is sent."),
  size: z
    .int()
    .positive()
    .optional()
    .describe(
      "Keys on every page but the last, so that a page with fewer is the last one. Never more than the vendor grants, for it would cut each page short. Default: only an empty page is the last one.",
    ),
  totalItems: place
    .optional()
    .describe("Where every answer tells the number of keys on all pages. Default: nowhere."),
  totalPages: place.optional().describe("Where every answer tells the number of pages. Default: nowhere."),
  hasMore: place
    .optional()
    .describe("Where every answer tells, true or false, whether there are more pages. Default: nowhere."),
};

/** An answer tells by which cursor the next page is asked for. */
const byCursor = object({
  style: z.literal("cursor"),
  in: asked,
  parameter: parameter.describe(
    "Query parameter that carries the cursor; the first page is asked for without one.",
  ),
  next: place.describe(
    "Where an answer tells the next page's cursor. Null, empty or missing: there is no next page.",
  ),
  hasMore: place
    .optional()
    .describe(
      "Where every answer tells, true or false, whether there are more pages; a cursor beside false is not used. Default: nowhere.",
    ),
});

/** Pages have numbers. What an answer tells of the end, if that is declared, goes before the page's size. */
const byPage = object({
  style: z.literal("page"),
  parameter: parameter.describe("Query parameter that carries the page's number."),
  first: z.int().nonnegative().default(1).describe("Number of the first page."),
  ...counted,
});

/** A page begins behind so many keys. What an answer tells of the end, if that is declared, goes before the size. */
const byOffset = object({
  style: z.literal("offset"),
  parameter: parameter.describe("Query parameter that carries the number of keys before the page."),
  first: z.int().nonnegative().default(0).describe("Number of the first key."),
  ...counted,
});

/**
 * An answer's Link header names the next page's address with `rel="next"`; without one, the page is the last. The
 * address must have the origin and path of the list itself, and its query is taken.
 *
 * @see RFC 8288
 */
const byLink = object({ style: z.literal("link") });

/** The same as `link`, with the address in the body. */
const byUrl = object({
  style: z.literal("url"),
  next: place.describe(
    "Where an answer tells the next page's address. Null, empty or missing: there is no next page.",
  ),
});

const styles = ["cursor", "page", "offset", "link", "url"];

/** How a list comes in pages, and which one is the last. */
export const pagination = z
  .discriminatedUnion("style", [byCursor, byPage, byOffset, byLink, byUrl], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notAmong(styles, (input as { style?: unknown }).style) : "must be an object",
  })
  .meta({ id: "pagination" });

export type Pagination = z.output<typeof pagination>;
export type CursorPagination = z.output<typeof byCursor>;
export type CountedPagination = z.output<typeof byPage> | z.output<typeof byOffset>;
