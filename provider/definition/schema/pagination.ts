import { z } from "zod";
import { choice, notAmong, object } from "./object";
import { pointer } from "./text";

/** A place within a response; the whole body is none. */
const bodyPlace = pointer.min(1, "must point into the body, such as /meta/next");

/** Name of a query parameter, not yet encoded. */
export const parameterName = z.string().min(1);

/** Where a page is asked for. */
const asked = choice(["query", "body"]).default("query").describe("Where the parameters go in the request.");

/** What pages that are counted have in common. */
const counted = {
  in: asked,
  sizeParameter: parameterName.optional().describe("Parameter that asks for pages of `size`. Default: none."),
  size: z
    .int()
    .positive()
    .optional()
    .describe(
      "Keys on every page but the last; never more than the vendor allows. Default: only an empty page is the last.",
    ),
  totalItems: bodyPlace.optional().describe("Where responses have the number of keys on all pages."),
  totalPages: bodyPlace.optional().describe("Where responses have the number of pages."),
  hasMore: bodyPlace.optional().describe("Where responses say, true or false, whether there are more pages."),
};

/** A response has by which cursor the next page is asked for. */
const byCursor = object({
  style: z.literal("cursor"),
  in: asked,
  parameter: parameterName.describe("Parameter for the cursor."),
  next: bodyPlace.describe(
    "Where responses have the next cursor. null, empty or missing: the page is the last.",
  ),
  hasMore: bodyPlace.optional().describe("Where responses say, true or false, whether there are more pages."),
});

/** Pages have numbers. What a response has of the end, if that is declared, goes before the page's size. */
const byPage = object({
  style: z.literal("page"),
  parameter: parameterName.describe("Parameter for the page's number."),
  first: z.int().nonnegative().default(1).describe("Number of the first page. Default: 1."),
  ...counted,
});

/** A page begins behind so many keys. What a response has of the end, if that is declared, goes before the size. */
const byOffset = object({
  style: z.literal("offset"),
  parameter: parameterName.describe("Parameter for the number of keys before the page."),
  first: z.int().nonnegative().default(0).describe("Number of the first key. Default: 0."),
  ...counted,
});

/**
 * The response names the next page's address, in its Link header with `rel="next"` or in its body; without one, the
 * page is the last. The address must have the origin and path of the list itself, and its query is taken.
 *
 * @see RFC 8288
 */
const byLink = object({
  style: z.literal("link"),
  next: bodyPlace
    .optional()
    .describe("Where responses have the next page's address. Default: in the Link header (RFC 8288)."),
});

const styles = ["cursor", "page", "offset", "link"];

/** How a list comes in pages, and which one is the last. */
export const pagination = z
  .discriminatedUnion("style", [byCursor, byPage, byOffset, byLink], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notAmong(styles, (input as { style?: unknown }).style) : "must be an object",
  })
  .meta({ id: "pagination" });

export type Pagination = z.output<typeof pagination>;
export type CursorPagination = z.output<typeof byCursor>;
export type CountedPagination = z.output<typeof byPage> | z.output<typeof byOffset>;
