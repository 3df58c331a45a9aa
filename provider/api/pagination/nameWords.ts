/** Words that say something of pages, alone or together. */
const ofPages =
  "page pages next more additional truncated partial incomplete limited reached remaining continuation continue resume " +
  "last end ending final eof complete completed done finished exhausted loaded evaluated " +
  "cursor iterator marker bookmark scroll offset after starting token " +
  "total overall full all grand found count num nb number max per size limit take matched filtered";

/** What is counted or pointed at. */
const ofThings =
  "key apikey credential secret item result record row element entry object doc document resource hit match list data " +
  "node member value collection";

/** Words that change nothing. */
const beside =
  "x api odata hydra jsonapi has have is are any the of on in to from no id url uri link href path ref index start current " +
  "available search query state string param parameter batch range set";

/** What holds signs of pages, and is none itself. */
const ofPaging = "pagination paging paginator pager pageable";

/** The same where it is an object: `more_info` says nothing of pages. */
const holding = "info meta metadata";

/** Something else than the list of keys, which has numbers and limits of its own. */
const ofOthers =
  "quota usage rate plan billing user account owner organization organisation org workspace team timing time retry reset " +
  "request cache cost credit throttle tenant project customer company subscription profile permission scope setting config " +
  "feature error warning debug metric server viewer actor prev previous before first self";

/** Words in a row. */
export const split = (words: string): string[] => words.split(" ");
const telling: ReadonlySet<string> = new Set([ofPages, ofThings, beside, ofPaging].flatMap(split));
const things: ReadonlySet<string> = new Set(split(ofThings));
const paging: ReadonlySet<string> = new Set([ofPaging, holding].flatMap(split));
const others: ReadonlySet<string> = new Set(split(ofOthers));

/** Longer runs of letters are no words. */
const maxLetters = 40;

/**
 * The words of a name in any spelling, in lower case and in the singular: `nextPageToken`, `NEXT_PAGE_TOKEN` and
 * `nextpagetoken` have the same. Only `pages` stays, for it is a number of them where `page` is one.
 */
export function wordsOf(name: string): string[] {
  const parts = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return parts.map((part) => part.toLowerCase()).flatMap((part) => wordOf(part) ?? apart(part) ?? part);
}

function wordOf(text: string): string | undefined {
  const forms = [text, text.replace(/s$/, ""), text.replace(/es$/, ""), text.replace(/ies$/, "y")];
  return forms.find((form) => [telling, paging, others].some((words) => words.has(form)));
}

/** Words that are written without anything between them, if it is all of them. */
function apart(text: string): string[] | undefined {
  if (text.length > maxLetters) return undefined;
  const found: (string[] | undefined)[] = [[]];
  for (let end = 2; end <= text.length; end++) {
    for (let start = 0; start <= end - 2 && !found[end]; start++) {
      const before = found[start];
      const word = before && wordOf(text.slice(start, end));
      if (word !== undefined) found[end] = [...(before ?? []), word];
    }
  }
  return found[text.length];
}

/** @param own what the keys are called by this vendor, beside the usual words */
export function isTelling(word: string, own: ReadonlySet<string> = new Set()): boolean {
  return telling.has(word) || own.has(word);
}

export function isThing(word: string, own: ReadonlySet<string> = new Set()): boolean {
  return things.has(word) || own.has(word);
}

export const isPaging = (word: string): boolean => paging.has(word);

/** Whether what bears this name is about something else than the list: `rateLimit`, but not `accountPaging`. */
export function isAboutOthers(words: readonly string[]): boolean {
  const isOfList = words.some(
    (word) => paging.has(word) || ["page", "pages", "cursor", "list"].includes(word),
  );
  return !isOfList && words.some((word) => others.has(word) || word === "limit");
}

export const isOther = (word: string): boolean => others.has(word);
