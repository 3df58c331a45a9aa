import { isAboutOthers, isOther, isPaging, isTelling, isThing, split, wordsOf } from "./nameWords";

/** What a member or header says of a list, by its name. */
export type Sign =
  /** Not null, false or empty where there is a next page. */
  | "more"
  /** True where there is a next page; nothing else counts. */
  | "flag"
  /** False where there is a next page. */
  | "last"
  /** The number of keys on all pages. */
  | "items"
  /** The number of keys on this page or on all: vendors differ. */
  | "count"
  /** The number of pages. */
  | "pages"
  /** The number of keys or of pages on the whole. */
  | "items or pages"
  /** Where a reading stands, which some vendors tell of the last page as well. */
  | "position"
  /** How much is left, of the list or of something else. */
  | "rest"
  /** How many keys a page has at most. */
  | "size"
  /** A part of a whole, as text: `1-20/137`, or `1/7` for pages. */
  | "part";

/**
 * What a member says by the words of its name. Each word has to be known, for `next_page` speaks of pages and
 * `next_rotation` does not.
 *
 * @param holder words of the object's name in which it is. Default: none that says something
 * @param own what the keys are called by this vendor, beside the usual words
 */
export function signsOf(
  words: readonly string[],
  holder: readonly string[] = [],
  own: ReadonlySet<string> = new Set(),
): readonly Sign[] {
  const has = (...any: string[]) => any.some((word) => words.includes(word));
  if (!words.every((word) => isTelling(word, own))) {
    const isFlag = has("truncated") || (has("has") && has("more", "next"));
    return isFlag && !isAboutOthers(words) ? ["flag"] : [];
  }
  const plain = words.filter((word) => !isPaging(word));
  const within = signsWithin(
    plain,
    holder.filter((word) => !isPaging(word)),
    own,
  );
  return within ?? signsOfWords(plain, own);
}

/** What a short name says by the name of what it is in: `total: { value }`, `page: { size }`. */
function signsWithin(
  words: readonly string[],
  holder: readonly string[],
  own: ReadonlySet<string>,
): readonly Sign[] | undefined {
  if (!holder.every((word) => isTelling(word, own))) return undefined;
  const [only = ""] = words.length === 1 ? words : [];
  if (only === "of") return ["items or pages"];
  if (holder.length === 1 && (holder[0] === "page" || holder[0] === "pages")) {
    if (["size", "limit", "max"].includes(only)) return ["size"];
    if (["last", "max"].includes(only)) return ["last", "pages"];
    if (only === "total") return holder[0] === "pages" ? ["pages"] : ["items or pages"];
    if (only === "count" && holder[0] === "pages") return ["pages"];
  }
  const counts = signsOfWords(holder, own).filter((sign) => sign === "items" || sign === "count");
  return only !== "" && counts.length > 0 && isThing(only, own) ? counts : undefined;
}

/** What is listed whatever it is; of keys, tokens and the like there may be a limit or a rest that is a quota. */
const listed = split("item result record row element entry object doc document hit");
const ends = split("last end ending final eof complete completed done finished exhausted");

function signsOfWords(words: readonly string[], own: ReadonlySet<string>): readonly Sign[] {
  const has = (...any: string[]) => any.some((word) => words.includes(word));
  const isOnly = (...any: string[]) => words.length === 1 && has(...any);
  const things = words.filter((word) => isThing(word, own));
  const isListed = has(...listed);
  const isPage = has("page", "pages");

  if (has("remaining")) {
    if (isPage || isListed) return ["more"];
    return words.length === 1 ? ["rest"] : [];
  }
  if (has("next", "more", "continuation", "truncated", "incomplete", "evaluated")) return ["more"];
  if (has("partial", "additional", "limited", "reached")) return ["flag"];
  if (has("cursor", "iterator", "marker", "bookmark", "scroll", "after", "continue", "resume", "offset")) {
    return words.includes("start") ? [] : ["position"];
  }
  if (isPage && has("token")) return ["position"];
  if (has("last") && has("id", "key", "item", "record")) return ["position"];

  if ((has("per") && isPage) || isOnly("limit", "take")) return ["size"];
  if (has("size", "limit") && isPage) return ["size"];
  if (has("max") && isListed) return ["size"];

  const isEnd = has(...ends);
  if (isPage && things.length === 0) {
    if (isOnly("page")) return ["part"];
    if (isEnd) return ["last", "pages"];
    const isNumber =
      has("total", "count", "num", "nb", "max", "overall", "all", "full") || (has("number") && has("of"));
    return isNumber || has("pages") ? ["pages"] : [];
  }
  if (isEnd || (has("all") && has("loaded"))) return ["last"];

  if (has("max", "limit", "per", "take")) return [];
  if (has("total", "overall", "found") || (has("count") && has("all", "full", "grand"))) return ["items"];
  if (isOnly("range")) return ["part"];
  const isCounted = has("count", "num", "nb", "matched", "filtered") || isOnly("hit", "match");
  return isCounted || (has("number") && has("of") && things.length > 0) ? ["count"] : [];
}

/** Names of headers that say nothing by themselves: of a cache, a rate limit or an answer. */
const vagueHeaders = split("hit match remaining limit take after continue list range page");

/** What a response header says of a list; what stands before, such as a vendor's initials, says nothing. */
export function headerSignsOf(name: string): readonly Sign[] {
  const [first = "", ...rest] = wordsOf(name).filter((word, index) => index > 0 || word !== "x");
  const words = isTelling(first) || isOther(first) ? [first, ...rest] : rest;
  const [only = ""] = words.length === 1 ? words : [];
  if (vagueHeaders.includes(only) || (only === "count" && words === rest && !isPaging(first))) return [];
  const signs = signsOf(words);
  return signs.includes("size") && !words.some((word) => isPaging(word) || word.startsWith("page"))
    ? []
    : signs;
}

/** Headers that hold more than one thing: a JSON object, and a range (RFC 9110, section 14.4). */
export const jsonHeader = "x-pagination";
export const rangeHeader = "content-range";

/**
 * Whether a reader of lists has to see a response header: its name says something of pages, and no word of it anything
 * else. So no other header, which may hold a secret, is handed on.
 */
export function isPageHeader(name: string): boolean {
  return name === jsonHeader || name === rangeHeader || headerSignsOf(name).length > 0;
}

const sizeNames = split("max size count row top first");
const placeNames = [
  "page number",
  "current page",
  "start index",
  ...split("offset skip start from page number"),
];

/** Whether a parameter asks for pages of a size, or a member beside the place of a page tells one. */
export function isSizeName(name: string): boolean {
  const words = wordsOf(name).filter((word) => word !== "odata");
  return sizeNames.includes(words.join(" ")) || signsOf(words).includes("size");
}

/** Whether a member tells where a page begins, by its number or that of its first key. */
export function isPlaceName(name: string): boolean {
  return placeNames.includes(wordsOf(name).join(" "));
}
