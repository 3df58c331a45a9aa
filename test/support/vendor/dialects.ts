import type { ServiceDefinitionInput } from "../../../provider/definition/definition";

type OperationsInput = NonNullable<ServiceDefinitionInput["operations"]>;
export type PaginationInput = NonNullable<NonNullable<OperationsInput["list"]>["pagination"]>;

/** Where a page lies in the whole list. */
export interface Place {
  /** Keys before it. */
  readonly start: number;
  /** Keys up to and including it. */
  readonly end: number;
  /** Keys on all pages. */
  readonly total: number;
  /** Address of the list without a query, and an index that begins at 0. */
  readonly url: string;
  readonly index: number;
  readonly lastId: string | undefined;
}

/** One way in which a vendor gives its list in pages, and the definition that says so. */
export interface Dialect {
  readonly title: string;
  readonly pagination: PaginationInput | undefined;
  /** Keys before the page that a query asks for, or undefined where it asks for none that there is. */
  start(query: URLSearchParams, ids: readonly string[]): number | undefined;
  /** What a response says about pages, beside its keys. */
  tell(place: Place): {
    readonly beside?: object;
    readonly link?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Requests for a list of so many keys. */
  requests(total: number): number;
}

/** Keys on a page. */
export const pageSize = 3;

const whole = (total: number) => Math.max(1, Math.ceil(total / pageSize));
const untilEmpty = (total: number) => Math.ceil(total / pageSize) + 1;
const untilShort = (total: number) => Math.floor(total / pageSize) + 1;

const hasNext = ({ end, total }: Place) => end < total;
const number = (query: URLSearchParams, name: string) => Number(query.get(name) ?? Number.NaN);
const byPage = (name: string, first: number) => (query: URLSearchParams) =>
  (number(query, name) - first) * pageSize;
const byOffset = (name: string, first: number) => (query: URLSearchParams) => number(query, name) - first;

/** A cursor that comes back as something else unless each of its characters is encoded. */
export const cursorOf = (start: number) => `${start} a+b/c==&page=1#é%2F?`;
const startOf = (cursor: string | null) => {
  if (cursor === null) return 0;
  const start = Number.parseInt(cursor, 10);
  return cursor === cursorOf(start) ? start : undefined;
};

/** Addresses whose own first parameter is repeated, as a filter may be. */
const addressed = (query: URLSearchParams) =>
  query.get("page") === null
    ? 0
    : query.getAll("tag").join() === "a,b c"
      ? (number(query, "page") - 1) * pageSize
      : undefined;
const nextAddress = ({ index }: Place) => `?tag=a&tag=b+c&page=${index + 2}`;

const page = { style: "page", parameter: "page" } as const;
const offset = { style: "offset", parameter: "skip" } as const;

export const dialects: readonly Dialect[] = [
  {
    title: "by cursor",
    pagination: { style: "cursor", parameter: "cursor", next: "/meta/next" },
    start: (query) => startOf(query.get("cursor")),
    tell: (place) => ({ beside: { meta: { next: hasNext(place) ? cursorOf(place.end) : null } } }),
    requests: whole,
  },
  {
    title: "by cursor, with a last id on every page",
    pagination: { style: "cursor", parameter: "after_id", next: "/last_id", hasMore: "/has_more" },
    start: (query, ids) => {
      const after = query.get("after_id");
      return after === null ? 0 : ids.includes(after) ? ids.indexOf(after) + 1 : undefined;
    },
    tell: (place) => ({ beside: { last_id: place.lastId, has_more: hasNext(place) } }),
    requests: whole,
  },
  {
    title: "by page, until an empty one",
    pagination: page,
    start: byPage("page", 1),
    tell: () => ({}),
    requests: untilEmpty,
  },
  {
    title: "by page, until one that is short",
    pagination: { ...page, sizeParameter: "per_page", size: pageSize },
    start: (query) => (query.get("per_page") === "3" ? byPage("page", 1)(query) : undefined),
    tell: () => ({}),
    requests: untilShort,
  },
  {
    title: "by page, with a total of keys",
    pagination: { ...page, totalItems: "/meta/total" },
    start: byPage("page", 1),
    tell: ({ total }) => ({ beside: { meta: { total } } }),
    requests: whole,
  },
  {
    title: "by page from 0, with a total of pages",
    pagination: { ...page, first: 0, totalPages: "/pages" },
    start: byPage("page", 0),
    tell: ({ total }) => ({ beside: { pages: Math.ceil(total / pageSize) } }),
    requests: whole,
  },
  {
    title: "by page, with a word on whether there is more",
    pagination: { ...page, hasMore: "/has_more", size: 100 },
    start: byPage("page", 1),
    tell: (place) => ({ beside: { has_more: hasNext(place) } }),
    requests: whole,
  },
  {
    title: "by offset, until an empty page",
    pagination: offset,
    start: byOffset("skip", 0),
    tell: () => ({}),
    requests: untilEmpty,
  },
  {
    title: "by offset, until a page that is short",
    pagination: { ...offset, sizeParameter: "limit", size: pageSize },
    start: (query) => (query.get("limit") === "3" ? byOffset("skip", 0)(query) : undefined),
    tell: () => ({}),
    requests: untilShort,
  },
  {
    title: "by offset from 1, with a total of keys",
    pagination: { style: "offset", parameter: "startIndex", first: 1, totalItems: "/totalResults" },
    start: byOffset("startIndex", 1),
    tell: ({ total }) => ({ beside: { totalResults: total } }),
    requests: whole,
  },
  {
    title: "by Link header",
    pagination: { style: "link" },
    start: addressed,
    tell: (place) => ({
      link: `<${place.url}?page=1>; rel="first"${
        hasNext(place) ? `, <${place.url}${nextAddress(place)}>; title="next, please"; rel="next"` : ""
      }`,
    }),
    requests: whole,
  },
  {
    title: "by an address in the body",
    pagination: { style: "link", next: "/links/next" },
    start: addressed,
    tell: (place) => ({ beside: { links: { next: hasNext(place) ? nextAddress(place) : "" } } }),
    requests: whole,
  },
];

export function dialect(title: string): Dialect {
  const found = dialects.find((dialect) => dialect.title === title);
  if (!found) throw new Error(`There is no dialect ${title}.`);
  return found;
}
