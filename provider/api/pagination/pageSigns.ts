import type { ListDefinition } from "../../definition/definition";
import type { Pagination } from "../../definition/schema/pagination";
import { isObject } from "../../json/members";
import { atPointer, pointerToken, pointerTokens } from "../../json/pointer";
import { isAboutOthers, wordsOf } from "./nameWords";
import type { Page } from "./page";
import {
  headerSignsOf,
  isPageHeader,
  isPlaceName,
  isSizeName,
  jsonHeader,
  rangeHeader,
  type Sign,
  signsOf,
} from "./signNames";
import { countOf, isContent, judge, namesLaterPage, type Told } from "./signValues";

/** Levels of objects beside the list in which signs are looked for: `meta.pagination` is the second. */
const maxLevels = 6;

/** Something that speaks of pages. */
interface Found {
  readonly what: string;
  readonly sign: Sign;
  readonly value: unknown;
}

/**
 * What shows that there is more than the page by which a list is to end, in words for a message; undefined where
 * nothing does. What the pagination declares has been heeded already; any other sign means that the definition is not
 * the vendor's. A sign that is no proof by itself, such as a page that is as full as it can be, gives way to one that
 * says that there is no more.
 */
export function signOfMore(list: ListDefinition, page: Page): string | undefined {
  const { pagination } = list;
  const readsLinks = pagination?.style === "link" && pagination.next === undefined;
  if ((!readsLinks && page.nextLinks.length > 0) || page.ownNextLinks.length > 0)
    return "a Link header names a next page";
  if (!readsLinks && page.lastLinks.some((link) => namesLaterPage(link, page)))
    return "a Link header names a later page as the last";

  const signs = signsIn(list, page).map(
    ({ what, sign, value }) => [what, judge(sign, value, page)] as readonly [string, Told | undefined],
  );
  const more = signs.find(([, told]) => told === "more");
  if (more) return more[0];
  const saysNoMore = signs.some(([, told]) => told === "no more");
  if (pagination) return saysNoMore ? undefined : strayCursor(pagination, list, page);
  if (page.status === 206) return "its status is 206";
  if (saysNoMore) return undefined;
  return signs.find(([, told]) => told === "perhaps")?.[0] ?? fullAsAsked(list, page);
}

/**
 * A cursor at a place that the pagination does not name, where the one page that was read has nothing at the place that
 * it names, not even an empty text: it may be the one that was meant.
 */
function strayCursor(pagination: Pagination, list: ListDefinition, page: Page): string | undefined {
  if (page.pagesSoFar > 1 || tellsOfNext(pagination, page)) return undefined;
  const isCounted = pagination.style === "page" || pagination.style === "offset";
  const cursor = signsIn(list, page).find(
    ({ sign, value }) =>
      sign === "position" &&
      judge(sign, value, page) !== undefined &&
      // A vendor that counts its pages tells of each by a number where it stands.
      !(isCounted && countOf(value) !== undefined),
  );
  return cursor?.what;
}

/** Whether a response has what the pagination goes on by, be it empty. */
function tellsOfNext(pagination: Pagination, { body, headers }: Page): boolean {
  if ("hasMore" in pagination && pagination.hasMore !== undefined) return true;
  if (pagination.style === "page" || pagination.style === "offset")
    return pagination.totalItems !== undefined || pagination.totalPages !== undefined;
  if (pagination.next === undefined) return headers.link !== undefined;
  return atPointer(body, pagination.next) !== undefined;
}

/** How many keys a page has at most by the response's own word, where it tells. */
export function toldPageSize(list: ListDefinition, page: Page): number | undefined {
  const sizes = signsIn(list, page)
    .filter(({ sign }) => sign === "size")
    .flatMap(({ value }) => countOf(value) ?? [])
    .filter((size) => size > 0);
  return sizes.length > 0 ? Math.min(...sizes) : undefined;
}

function signsIn(list: ListDefinition, page: Page): Found[] {
  return [...inHeaders(page), ...inBody(list, page)];
}

function inHeaders({ headers }: Page): Found[] {
  return Object.entries(headers)
    .filter(([name]) => isPageHeader(name))
    .flatMap(([name, value]): Found[] => {
      const what = `the header ${name}`;
      if (name === rangeHeader) return [{ what, sign: "part", value }];
      if (name !== jsonHeader) return headerSignsOf(name).map((sign) => ({ what, sign, value }));
      const json = parsed(value);
      return isObject(json) ? new SignSearch(`${what}: `).in(json) : [];
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function inBody({ pagination, envelope }: ListDefinition, { body, url }: Page): Found[] {
  const declared = Object.values(pagination ?? {}).filter((value) => typeof value === "string");
  const tokens = pointerTokens(envelope);
  const called = [tokens.at(-1) ?? "", url.pathname.split("/").at(-1) ?? ""];
  const search = new SignSearch("", declared, new Set(called.flatMap(wordsOf)));
  const visit = (value: unknown, [token, ...rest]: readonly string[], place: string): Found[] => {
    // The list itself holds keys and no signs.
    if (token === undefined || typeof value !== "object" || value === null) return [];
    const names = token === "*" ? Object.keys(value) : [token];
    const inner = names.flatMap((name) =>
      visit((value as Record<string, unknown>)[name], rest, `${place}/${pointerToken(name)}`),
    );
    if (!isObject(value) || token === "*") return inner;
    const { [token]: _, ...beside } = value;
    return [...search.in(beside, place), ...inner];
  };
  return visit(body, tokens, "");
}

/** Looks for signs in objects that are not the list. */
class SignSearch {
  /**
   * @param where what stands before a place in messages
   * @param declared places that the pagination names. Default: none
   * @param own what the keys are called by this vendor, beside the usual words. Default: nothing
   */
  constructor(
    private readonly where: string,
    private readonly declared: readonly string[] = [],
    private readonly own: ReadonlySet<string> = new Set(),
  ) {}

  /** @param holder words of the object's own name. Default: none that says something */
  in(
    object: Record<string, unknown>,
    place = "",
    holder: readonly string[] = [],
    levels = maxLevels,
  ): Found[] {
    const tellsPlace = Object.keys(object).some(isPlaceName);
    return Object.entries(object).flatMap(([name, value]): Found[] => {
      const path = `${place}/${pointerToken(name)}`;
      if (this.declared.includes(path)) return [];
      const what = this.where + path;
      const words = wordsOf(name);
      const leadsToDeclared = this.declared.some((pointer) => pointer.startsWith(`${path}/`));
      const own = leadsToDeclared ? [] : signsOf(words, holder, this.own);
      const signs: readonly Sign[] = own.length === 0 && tellsPlace && isSizeName(name) ? ["size"] : own;
      const found = signs.map((sign): Found => ({ what, sign, value }));
      if (Array.isArray(value))
        return [...found.filter(({ sign }) => sign !== "size"), ...inArray(value, what)];
      // What is in an empty next link, or in one that was told of, adds nothing.
      if (!isObject(value) || signs.includes("more") || levels === 0 || isAboutOthers(words)) return found;
      return [...found, ...this.in(value, path, leadsToDeclared ? [] : words, levels - 1)];
    });
  }
}

/** A link with the relation `next`, as one of several. */
function inArray(values: readonly unknown[], what: string): Found[] {
  const isNext = (link: unknown): link is Record<string, unknown> =>
    isObject(link) && [link.rel].flat().some((rel) => typeof rel === "string" && /^next$/i.test(rel));
  return values
    .filter(isNext)
    .filter(({ rel: _, ...address }) => Object.values(address).some(isContent))
    .map((value) => ({ what, sign: "more", value }));
}

/** A page that holds as many keys as the definition's own query asks for. */
function fullAsAsked({ query }: ListDefinition, { items }: Page): string | undefined {
  const asked = Object.entries(query).find(
    ([name, value]) => isSizeName(name) && Number(value) > 0 && items >= Number(value),
  );
  return asked && `it holds as many keys as ${asked[0]} asks for`;
}
