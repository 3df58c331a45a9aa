import type { ListDefinition } from "../../definition/definition";
import type { CountedPagination, CursorPagination } from "../../definition/schema/pagination";
import type { HttpQuery } from "../../http/request";
import { atPointer } from "../../json/pointer";
import { type Incomplete, tryAgain } from "./incompleteList";
import type { Page } from "./page";
import { toldPageSize } from "./pageSigns";

type Query = Readonly<Record<string, string>>;

/** The query that asks for the first page. */
export function firstQuery({ query, pagination }: ListDefinition): Query {
  if (pagination?.style !== "page" && pagination?.style !== "offset") return query;
  return countedQuery(query, pagination, 0);
}

/**
 * The query that asks for the page after this one, or undefined when the declared pagination says that this is the
 * last.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when the response does not say, or contradicts itself
 */
export function nextQuery(list: ListDefinition, page: Page, incomplete: Incomplete): HttpQuery | undefined {
  const { query, pagination } = list;
  switch (pagination?.style) {
    case "cursor": {
      const cursor = nextCursor(pagination, page, incomplete);
      return cursor === undefined ? undefined : { ...query, [pagination.parameter]: cursor };
    }
    case "page":
      return isLast(list, pagination, page, incomplete)
        ? undefined
        : countedQuery(query, pagination, page.pagesSoFar);
    case "offset":
      return isLast(list, pagination, page, incomplete)
        ? undefined
        : countedQuery(query, pagination, page.itemsSoFar);
    case "link":
      return addressQuery(
        pagination.next === undefined ? page.nextLinks : nextAddress(pagination.next, page, incomplete),
        page,
        incomplete,
      );
    default:
      return undefined;
  }
}

function countedQuery(query: Query, pagination: CountedPagination, count: number): Query {
  const { parameter, first, sizeParameter, size } = pagination;
  const sized = sizeParameter === undefined ? {} : { [sizeParameter]: String(size) };
  return { ...query, ...sized, [parameter]: String(first + count) };
}

function nextCursor(pagination: CursorPagination, page: Page, incomplete: Incomplete): string | undefined {
  const { next, hasMore } = pagination;
  const more = hasMore === undefined ? undefined : toldMore(hasMore, page, incomplete);
  if (more === false) return undefined;
  const cursor = atPointer(page.body, next);
  if (cursor === undefined || cursor === null || cursor === "") {
    if (more) throw incomplete(`says that there is more, but holds no cursor at ${next}`);
    return undefined;
  }
  if (typeof cursor === "number" && Number.isSafeInteger(cursor)) return String(cursor);
  // Half of a surrogate pair could not be encoded.
  if (typeof cursor === "string" && !/\p{Surrogate}/u.test(cursor)) return cursor;
  throw incomplete(`holds something at ${next} that is no cursor`);
}

/** Whether a page that is counted is the last one: by what it tells, else by its size. */
function isLast(
  list: ListDefinition,
  pagination: CountedPagination,
  page: Page,
  incomplete: Incomplete,
): boolean {
  const { totalItems, totalPages, hasMore, size } = pagination;
  const told = [
    totalItems === undefined ? undefined : toldCount(totalItems, page, incomplete) > page.keysSoFar,
    totalPages === undefined ? undefined : toldCount(totalPages, page, incomplete) > page.pagesSoFar,
    hasMore === undefined ? undefined : toldMore(hasMore, page, incomplete),
  ].filter((more) => more !== undefined);
  const more = told.some(Boolean);
  if (page.items === 0) {
    if (more)
      throw incomplete(`is cut short: page ${page.pagesSoFar} is empty, but tells of more keys`, tryAgain);
    return true;
  }
  if (told.length > 0) return !more;
  if (size === undefined) return false;
  // A vendor that grants smaller pages than it is asked for says so.
  const granted = list.counted ? toldPageSize(list, page) : undefined;
  return page.items < Math.min(size, granted ?? size);
}

function toldMore(place: string, page: Page, incomplete: Incomplete): boolean {
  const more = atPointer(page.body, place);
  if (typeof more === "boolean") return more;
  throw incomplete(`does not tell at ${place} whether there are more pages`);
}

function toldCount(place: string, page: Page, incomplete: Incomplete): number {
  const count = atPointer(page.body, place);
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  throw incomplete(`does not tell at ${place} how much there is`);
}

function nextAddress(place: string, page: Page, incomplete: Incomplete): string[] {
  const address = atPointer(page.body, place);
  if (address === undefined || address === null || address === "") return [];
  if (typeof address === "string") return [address];
  throw incomplete(`holds something at ${place} that is no address`);
}

/** The query of the one address to go on with, which must be the list's own: credentials go nowhere else. */
function addressQuery(addresses: readonly string[], page: Page, incomplete: Incomplete): string | undefined {
  const queries = new Set(addresses.map((address) => ownQuery(address, page.url, incomplete)));
  if (queries.size > 1) throw incomplete("names several next pages");
  return [...queries][0];
}

function ownQuery(address: string, own: URL, incomplete: Incomplete): string {
  if (!URL.canParse(address, own.href)) throw incomplete("names a next page by something that is no address");
  const next = new URL(address, own);
  const elsewhere = (place: string) =>
    incomplete(
      `names a next page at another ${place}`,
      "Credentials go to the list's own address only. Check the connection's base URL.",
    );
  if (next.origin !== own.origin) throw elsewhere(`origin, ${next.origin}`);
  if (plainPath(next) !== plainPath(own)) throw elsewhere("path");
  return next.search.slice(1);
}

/** The path in one spelling, for a vendor need not encode the characters that we do. */
function plainPath({ pathname }: URL): string {
  try {
    return pathname
      .split("/")
      .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
      .join("/");
  } catch {
    return pathname;
  }
}
