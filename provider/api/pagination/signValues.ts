import type { Page } from "./page";
import type { Sign } from "./signNames";

/** What a response says of pages: that there are more, that there are not, or what makes one look again. */
export type Told = "more" | "no more" | "perhaps";

/** How far a list has been read. */
export type Reading = Pick<Page, "items" | "keysSoFar" | "pagesSoFar">;

/** What a sign's value says; undefined where it says nothing. */
export function judge(sign: Sign, value: unknown, page: Reading): Told | undefined {
  const number = countOf(value);
  const isTrue = value === true || value === "true";
  const isFalse = value === false || value === "false";
  switch (sign) {
    case "more":
      if (isContent(value)) return "more";
      return isFalse ? "no more" : undefined;
    case "flag":
      return isTrue ? "more" : undefined;
    case "last":
      if (isFalse || (typeof value === "string" && namesLaterPage(value, page))) return "more";
      return isTrue ? "no more" : undefined;
    case "items":
      return atMost(number, page.keysSoFar);
    case "count":
      return number !== undefined && number > page.keysSoFar ? "more" : undefined;
    case "pages":
      return atMost(number, page.pagesSoFar);
    case "items or pages":
      return number === page.keysSoFar ? "no more" : atMost(number, page.pagesSoFar);
    case "position":
      // A page may tell the number of keys before it as its own.
      return typeof value !== "boolean" && isContent(value) && value !== 1 ? "perhaps" : undefined;
    case "rest":
      return number !== undefined && number > 0 ? "perhaps" : undefined;
    case "size":
      return number !== undefined && number > 0 && page.items >= number ? "perhaps" : undefined;
    case "part":
      return typeof value === "string" ? judgePart(value, page) : undefined;
  }
}

/** Whether the address of the last page has a later one's number. */
export function namesLaterPage(address: string, { pagesSoFar }: Pick<Reading, "pagesSoFar">): boolean {
  const number = /[?&](?:page|page_?number|page(?:\[|%5b)number(?:\]|%5d))=(\d{1,15})(?:[&#]|$)/i.exec(
    address,
  )?.[1];
  return Number(number ?? 0) > pagesSoFar;
}

const range = /^\s*(?:[a-z]+\s+)?(?:\d+-\d+|\*)\/(\d+|\*)\s*$/i;
const pageOfPages = /^\s*(?:page\s+)?\d+\s*(?:\/|of)\s*(\d+)\s*$/i;

function judgePart(text: string, page: Reading): Told | undefined {
  const total = range.exec(text)?.[1];
  if (total !== undefined) return total === "*" ? "perhaps" : judge("items", total, page);
  return judge("pages", pageOfPages.exec(text)?.[1], page);
}

function atMost(number: number | undefined, seen: number): Told | undefined {
  return number === undefined ? undefined : number > seen ? "more" : "no more";
}

/** Whether something is there: an object that holds only what is not, such as `{ "href": null }`, is nothing. */
export function isContent(value: unknown): boolean {
  if (typeof value === "number") return value > 0;
  if (typeof value === "string") return !/^\s*(|0|-1|false|null|none|nil)\s*$/i.test(value);
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) {
    const members = Object.values(value);
    return members.length === 0 || members.some(isContent);
  }
  return value === true;
}

/** A number, as such or as text; one below 0 counts nothing. */
export function countOf(value: unknown): number | undefined {
  if (typeof value === "number") return value >= 0 ? value : undefined;
  return typeof value === "string" && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : undefined;
}
