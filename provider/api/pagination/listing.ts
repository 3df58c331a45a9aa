import type { ListDefinition, ServiceDefinition } from "../../definition/definition";
import { nextLinks } from "../../http/linkHeader";
import type { HttpQuery, HttpResponse } from "../../http/request";
import type { RemoteKey } from "../../vendor";
import { keysFromWire } from "../wire/items";
import { type Incomplete, tryAgain } from "./incompleteList";
import { firstQuery, nextQuery } from "./nextPage";
import type { Page } from "./page";
import { looksUnfinished } from "./pageSigns";

/**
 * Pages of one list; with a hundred keys a page, a hundred thousand keys. A vendor that repeats nothing and never
 * ends would otherwise be read for ever.
 */
const maxPages = 1_000;

/** A list read to its end. */
export interface WholeList {
  /** Each key once, as the latest page told of it. */
  readonly keys: readonly RemoteKey[];
  /** Requests that it took. */
  readonly pages: number;
}

/** How the pages of one list are read. */
export interface PageSource {
  /** Where a query leads. */
  url(query: HttpQuery): URL;
  /**
   * The answer to it, a success; or that there are no keys at all.
   *
   * @param number of the page, counted from 1, for messages
   * @throws {ApiKeysError} any other answer, after retries
   */
  read(query: HttpQuery, number: number): Promise<HttpResponse | "none">;
}

/**
 * Every key of a list, page after page. A list is complete or it is an error: half of one would prove live keys gone.
 *
 * @throws {ApiKeysError} HTTP_PROBLEM when a page is refused; RESPONSE_INVALID when a page is no list of keys, does
 *   not tell what follows, leads elsewhere or back, or when the list does not end
 */
export async function readWhole(
  definition: ServiceDefinition,
  list: ListDefinition,
  source: PageSource,
  incomplete: Incomplete,
): Promise<WholeList> {
  const keys = new Map<string, RemoteKey>();
  const visited = new Set<string>();
  let query: HttpQuery = firstQuery(list);
  let itemsSoFar = 0;
  let othersSoFar = 0;
  for (let number = 1; number <= maxPages; number++) {
    const url = source.url(query);
    visited.add(url.href);
    const response = await source.read(query, number);
    if (response === "none") return { keys: [...keys.values()], pages: number };
    const body = response.body.kind === "json" ? response.body.value : undefined;
    const onPage: Incomplete = (problem, advice) =>
      incomplete(number === 1 ? problem : `${problem} on page ${number}`, advice);
    const { keys: onThis, others } = keysFromWire(definition, list, body, response.headers, onPage);
    const earlier = keys.size;
    for (const key of onThis) keys.set(key.id, key);
    const items = onThis.length + others;
    itemsSoFar += items;
    othersSoFar += others;

    const links = nextLinks(response.headers.link ?? "");
    if (!links) throw incomplete("has a Link header that cannot be read", "Ask the vendor to correct it.");
    const page: Page = {
      url,
      status: response.status,
      body,
      nextLinks: links,
      items,
      pagesSoFar: number,
      itemsSoFar,
      keysSoFar: keys.size + othersSoFar,
    };
    const next = nextQuery(list, page, incomplete);
    if (next === undefined) {
      if (list.counted && looksUnfinished(list.pagination, list.envelope, page))
        throw unfinished(list, number, incomplete);
      return { keys: [...keys.values()], pages: number };
    }
    if (visited.has(source.url(next).href))
      throw incomplete(`does not end: page ${number} leads back to an earlier one`);
    if (onThis.length > 0 && keys.size === earlier)
      throw incomplete(`does not end: page ${number} holds nothing but keys of earlier ones`, tryAgain);
    query = next;
  }
  throw incomplete(`does not end: there is more after ${maxPages} pages`);
}

function unfinished({ pagination }: ListDefinition, pages: number, incomplete: Incomplete): Error {
  return pagination
    ? incomplete(`shows that there is more after page ${pages}, where the declared pagination ends`, tryAgain)
    : incomplete(
        "came as one page of several, but the service definition knows of no pages",
        "Declare the pagination of the list.",
      );
}
