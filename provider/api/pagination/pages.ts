import type { ApiKeysError } from "../../base/errors";
import type { ListDefinition } from "../../definition/definition";
import { linksTo } from "../../http/linkHeader";
import type { HttpQuery, HttpResponse } from "../../http/request";
import { isObject } from "../../json/members";
import type { PathParameters, RemoteKey } from "../../vendor";
import { jsonBody, saysNotFound, succeeded } from "../answers";
import type { OperationClient } from "../operations/calls";
import { keysFromWire } from "../wire/items";
import type { OperationRequest } from "../wire/request";
import { type Incomplete, tryAgain } from "./incompleteList";
import { firstQuery, nextQuery } from "./nextPage";
import type { Page } from "./page";
import { signOfMore } from "./pageSigns";
import { isPageHeader } from "./signNames";

/**
 * Pages of one list; with a hundred keys a page, a hundred thousand keys. A vendor that repeats nothing and never
 * ends would otherwise be read for ever.
 */
const maxPages = 1_000;

/** A list read as far as its pagination leads. */
export interface ReadPages {
  /** Each key once, as the latest page has it. */
  readonly keys: readonly RemoteKey[];
  /** Requests that it took. */
  readonly pages: number;
  /** What is wrong where a response shows that there is more, so that the list proves no key's absence. */
  readonly unfinished?: ApiKeysError | undefined;
}

/**
 * Every key under the path parameters, page after page. A list is read as far as its pagination leads or it is an error.
 * Where its end shows that there is more, `unfinished` says so: half of a list must not prove live keys gone.
 *
 * @throws {ApiKeysError} HTTP_PROBLEM when a page is refused; RESPONSE_INVALID when a page is no list of keys, does
 *   not say what follows, leads elsewhere or back, or when the list does not end
 */
export async function readPages(
  calls: OperationClient,
  operation: ListDefinition,
  pathParameters: PathParameters,
  incomplete: Incomplete,
): Promise<ReadPages> {
  const first = await calls.request({ operation, pathParameters });
  const list = { ...operation, query: (first.query ?? {}) as Record<string, string> };
  // Also where a page is asked for in the body: it tells one page from another.
  const urlOf = (query: HttpQuery) => calls.http.url({ path: first.path, query });
  const keys = new Map<string, RemoteKey>();
  const visited = new Set<string>();
  let query: HttpQuery = firstQuery(list);
  let itemsSoFar = 0;
  let othersSoFar = 0;
  for (let number = 1; number <= maxPages; number++) {
    const url = urlOf(query);
    visited.add(url.href);
    const response = await readPage(calls, operation, requestOfPage(operation, first, query), number);
    if (response === "no keys") return { keys: [...keys.values()], pages: number };
    const onPage: Incomplete = (problem, advice) =>
      incomplete(number === 1 ? problem : `${problem} on page ${number}`, advice);
    const body = jsonBody(response);
    const listed = keysFromWire(calls.definition, list, body, response.headers, onPage);
    const earlier = keys.size;
    for (const key of listed.keys) keys.set(key.id, key);
    const items = listed.keys.length + listed.others;
    itemsSoFar += items;
    othersSoFar += listed.others;

    const header = response.headers.link ?? "";
    const links = linksTo(header, "next");
    if (!links) throw incomplete("has a Link header that cannot be read", "Ask the vendor to correct it.");
    const page: Page = {
      url,
      status: response.status,
      headers: response.headers,
      body,
      nextLinks: links,
      ownNextLinks: linksTo(header, ownNext) ?? [],
      lastLinks: linksTo(header, "last") ?? [],
      items,
      pagesSoFar: number,
      itemsSoFar,
      keysSoFar: keys.size + othersSoFar,
    };
    const next = nextQuery(list, page, incomplete);
    if (next === undefined) {
      const sign = list.counted ? signOfMore(list, page) : undefined;
      return {
        keys: [...keys.values()],
        pages: number,
        unfinished: sign === undefined ? undefined : unfinished(list, sign, number, incomplete),
      };
    }
    if (visited.has(urlOf(next).href))
      throw incomplete(`does not end: page ${number} leads back to an earlier one`);
    if (listed.keys.length > 0 && keys.size === earlier)
      throw incomplete(`does not end: page ${number} holds nothing but keys of earlier ones`, tryAgain);
    query = next;
  }
  throw incomplete(`does not end: there is more after ${maxPages} pages`);
}

/**
 * The response to one page's request, a success; or that there are no keys at all.
 *
 * @param number of the page, counted from 1, for messages
 */
async function readPage(
  calls: OperationClient,
  operation: ListDefinition,
  request: OperationRequest,
  number: number,
): Promise<HttpResponse | "no keys"> {
  const what = number === 1 ? "list API keys" : `list API keys, page ${number}`;
  const response = await calls.sendRequest(
    { operation, what, repeatable: true, readsHeader: isPageHeader },
    request,
  );
  if (operation.notFound && saysNotFound(calls.definition, operation, response)) return "no keys";
  if (!succeeded(operation, response)) throw calls.problem(what, response);
  return response;
}

/** The list's request, asking for a page. */
export function requestOfPage(
  { pagination }: Pick<ListDefinition, "pagination">,
  first: OperationRequest,
  page: HttpQuery,
): OperationRequest {
  return pagination && "in" in pagination && pagination.in === "body"
    ? { ...first, body: pagedBody(first, page, pagination.style !== "cursor") }
    : { ...first, query: page };
}

/**
 * The body that asks for a page.
 *
 * @param counts whether the parameters are counts, which JSON has as numbers
 */
function pagedBody({ body }: OperationRequest, page: HttpQuery, counts: boolean): Record<string, unknown> {
  const asked = typeof page === "string" ? {} : page;
  const typed = Object.entries(asked).map(([name, text]) => [
    name,
    counts && /^\d{1,15}$/.test(text) ? Number(text) : text,
  ]);
  return { ...(isObject(body) ? body : {}), ...Object.fromEntries(typed) };
}

/** An extension relation type (RFC 8288, section 2.1.2), by which nobody asked us to go on. */
const ownNext = /[/#:]next$/;

/** The way out where a sign means something else. */
const ifWrong = 'If the vendor shows all keys all the same, declare `completeness: "uncounted"`.';

function unfinished(
  { pagination }: ListDefinition,
  sign: string,
  pages: number,
  incomplete: Incomplete,
): ApiKeysError {
  return pagination
    ? incomplete(
        `shows that there is more after page ${pages}, where the declared pagination ends (${sign})`,
        `${tryAgain} ${ifWrong}`,
      )
    : incomplete(
        `came as one page of several (${sign}), but the service definition knows of no pages`,
        `Declare the pagination of the list. ${ifWrong}`,
      );
}
