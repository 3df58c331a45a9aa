import type { ListDefinition } from "../../definition/definition";
import { isObject } from "../../json/members";
import { pointerToken, pointerTokens } from "../../json/pointer";
import type { Page } from "./page";
import { headerSigns, jsonHeader, plainName, rangeHeader, type Sign, signsOf } from "./signNames";

/** Levels of objects beside the list in which signs are looked for: `meta.pagination` is the second. */
const maxLevels = 2;

/** Objects beside a list that count something else than its keys. */
const aboutOthers =
  /quota|limits|usage|rate|billing|plan|user|account|owner|organi[sz]ation|workspace|team|stat(s|istics)|timing/;

/** What a response says of pages: that there are more, that there are not, or what makes one look again. */
type Told = "more" | "no more" | "perhaps";

/**
 * What shows that there is more than the page by which a list is to end, in words for a message; undefined where
 * nothing does. What the pagination declares has been heeded already; any other sign means that the definition is not
 * the vendor's. A sign that is no proof by itself, such as a page that is as full as it can be, gives way to one that
 * says that there is no more.
 */
export function signOfMore(list: ListDefinition, page: Page): string | undefined {
  const { pagination } = list;
  const readsLinks = pagination?.style === "link" && pagination.next === undefined;
  if (!readsLinks && page.nextLinks.length > 0) return "a Link header names a next page";

  const signs = [...inHeaders(page), ...inBody(list, page)];
  const more = signs.find(([, told]) => told === "more");
  if (more) return more[0];
  if (pagination) return undefined;
  if (page.status === 206) return "its status is 206";
  if (signs.some(([, told]) => told === "no more")) return undefined;
  return signs.find(([, told]) => told === "perhaps")?.[0] ?? fullAsAsked(list, page);
}

type Judged = readonly [what: string, told: Told | undefined];

function inHeaders({ headers, ...page }: Page): Judged[] {
  const judged = Object.entries(headers).flatMap(([name, value]): Judged[] => {
    const sign = headerSigns[name];
    return sign ? [[`the header ${name}`, judge(sign, value, page)]] : [];
  });
  const range = /^\s*\w+\s+(?:(\d+)-(\d+)|\*)\/(\d+|\*)\s*$|^\s*(\d+)-(\d+)\/(\d+|\*)\s*$/.exec(
    headers[rangeHeader] ?? "",
  );
  if (range) {
    const total = range[3] ?? range[6];
    judged.push([`the header ${rangeHeader}`, total === "*" ? "perhaps" : judge("items", total, page)]);
  }
  const json = parsed(headers[jsonHeader]);
  if (isObject(json)) judged.push(...inObject(json, `the header ${jsonHeader}: `, "", page, [], maxLevels));
  return judged;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function inBody({ pagination, envelope }: ListDefinition, page: Page): Judged[] {
  const declared = Object.values(pagination ?? {}).filter((value) => typeof value === "string");
  const judged: Judged[] = [];
  const visit = (value: unknown, [token, ...rest]: readonly string[], place: string) => {
    // The list itself holds keys and no signs.
    if (token === undefined || typeof value !== "object" || value === null) return;
    if (isObject(value) && token !== "*") {
      const { [token]: _, ...beside } = value;
      judged.push(...inObject(beside, "", place, page, declared, maxLevels));
    }
    for (const name of token === "*" ? Object.keys(value) : [token])
      visit((value as Record<string, unknown>)[name], rest, `${place}/${pointerToken(name)}`);
  };
  visit(page.body, pointerTokens(envelope), "");
  return judged;
}

function inObject(
  object: Record<string, unknown>,
  where: string,
  place: string,
  page: Omit<Page, "headers">,
  declared: readonly string[],
  levels: number,
): Judged[] {
  return Object.entries(object).flatMap(([name, value]): Judged[] => {
    const own = `${place}/${pointerToken(name)}`;
    if (declared.some((pointer) => pointer === own || pointer.startsWith(`${own}/`))) return [];
    const judged = signsOf(name).map((sign): Judged => [`${where}${own}`, judge(sign, value, page)]);
    if (Array.isArray(value)) {
      const isNext = (link: unknown) => isObject(link) && link.rel === "next" && isContent(link.href);
      return plainName(name) === "links" && value.some(isNext) ? [[`${where}${own}`, "more"]] : [];
    }
    const isNamedSign = judged.some(([, told]) => told === "more");
    if (isNamedSign || levels === 0 || !isObject(value) || aboutOthers.test(plainName(name))) return judged;
    return [...judged, ...inObject(value, where, own, page, declared, levels - 1)];
  });
}

function judge(sign: Sign, value: unknown, page: Omit<Page, "headers">): Told | undefined {
  const number = countOf(value);
  switch (sign) {
    case "more":
      if (isContent(value)) return "more";
      return value === false || value === "false" ? "no more" : undefined;
    case "last":
      if (value === false || value === "false") return "more";
      return value === true || value === "true" ? "no more" : undefined;
    case "items":
      return number === undefined ? undefined : number > page.keysSoFar ? "more" : "no more";
    case "count":
      return number !== undefined && number > page.keysSoFar ? "more" : undefined;
    case "pages":
      return number === undefined ? undefined : number > page.pagesSoFar ? "more" : "no more";
    case "position":
      return typeof value === "string" && isContent(value) ? "perhaps" : undefined;
    case "size":
      return number !== undefined && number > 0 && page.items >= number ? "perhaps" : undefined;
  }
}

/** Whether something is there: an object that holds only what is not, such as `{ "href": null }`, is nothing. */
function isContent(value: unknown): boolean {
  if (typeof value === "number") return value > 0;
  if (typeof value === "string") return !/^\s*(|0|-1|false|null|none)\s*$/i.test(value);
  if (Array.isArray(value)) return value.length > 0;
  if (isObject(value)) {
    const members = Object.values(value);
    return members.length === 0 || members.some(isContent);
  }
  return value === true;
}

function countOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : undefined;
}

/** A page that holds as many keys as the definition's own query asks for. */
function fullAsAsked({ query }: ListDefinition, { items }: Page): string | undefined {
  const asked = Object.entries(query).find(
    ([name, value]) => signsOf(name).includes("size") && Number(value) > 0 && items >= Number(value),
  );
  return asked && `it holds as many keys as ${asked[0]} asks for`;
}
