/** What a member or header says of a list, by its name. */
export type Sign =
  /** Not null, false or empty where there is a next page. */
  | "more"
  /** False where there is a next page. */
  | "last"
  /** The number of keys on all pages. */
  | "items"
  /** The number of keys on this page or on all: vendors differ. */
  | "count"
  /** The number of pages. */
  | "pages"
  /** Where a reading stands, which some vendors tell of the last page as well. */
  | "position"
  /** How many keys a page has at most. */
  | "size";

const namesOf: Record<Sign, string> = {
  more:
    "hasMore hasMoreItems hasMoreResults hasMorePages hasNext hasNextPage moreResults moreItems moreRecords moreAvailable more " +
    "isTruncated truncated incompleteResults next nextCursor nextToken nextPage nextPageToken nextPageCursor nextPageId " +
    "nextPageNumber nextPageUrl nextPageUri nextPageLink nextUrl nextUri nextLink nextHref nextPath nextMarker nextKey nextId " +
    "nextOffset nextStart nextRecordsUrl nextRange nextContinuationToken nextPageState continuation continuationToken " +
    "lastEvaluatedKey remainingItemCount remainingItems remainingPages",
  last: "last isLast isLastPage lastPage complete isComplete done finished end isEnd exhausted",
  items:
    "total totalCount totalItems totalResults totalElements totalRecords totalHits totalRows totalKeys totalSize totalEntries " +
    "totalObjects totalItemCount resultCount recordCount itemCount numFound itemsTotal countTotal totalNum totalNumber",
  count: "count",
  pages:
    "pages totalPages pageCount lastPage numPages pagesTotal pageTotal pagesCount maxPage totalPageCount",
  position: "cursor marker endCursor scrollId pageToken continue after",
  size: "perPage pageSize pageLimit limit itemsPerPage resultsPerPage maxResults maxItems",
};

const signsByName = new Map<string, Sign[]>();
for (const [sign, names] of Object.entries(namesOf) as [Sign, string][]) {
  for (const name of names.split(" ")) {
    const plain = name.toLowerCase();
    signsByName.set(plain, [...(signsByName.get(plain) ?? []), sign]);
  }
}

/** @param name in any spelling: `has_more`, `hasMore`, `HasMore`, `@odata.nextLink` */
export function signsOf(name: string): readonly Sign[] {
  return signsByName.get(plainName(name)) ?? [];
}

/** A name in the one spelling by which names are compared. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^@?odata\./, "")
    .replaceAll(/[^a-z0-9]/g, "");
}

/** Response headers in which APIs speak of pages, with what each says. */
export const headerSigns: Readonly<Record<string, Sign>> = {
  "x-next-page": "more",
  "x-next-page-token": "more",
  "x-next-cursor": "more",
  "x-next": "more",
  "x-cursor-next": "more",
  "x-pagination-next": "more",
  "x-pagination-next-page": "more",
  "x-has-more": "more",
  "x-has-next": "more",
  "x-more": "more",
  "x-continuation-token": "more",
  "x-ms-continuation": "more",
  "x-ms-continuationtoken": "more",
  "opc-next-page": "more",
  "next-range": "more",
  "x-total": "items",
  "x-total-count": "items",
  "x-total-items": "items",
  "x-total-results": "items",
  "x-wp-total": "items",
  "x-pagination-total": "items",
  "x-pagination-total-count": "items",
  "pagination-total": "items",
  "pagination-count": "items",
  "total-count": "items",
  total: "items",
  "opc-total-items": "items",
  "x-count": "count",
  "x-pages": "pages",
  "x-total-pages": "pages",
  "x-page-count": "pages",
  "x-wp-totalpages": "pages",
  "x-last-page": "pages",
  "x-pagination-pages": "pages",
  "x-pagination-page-count": "pages",
  "x-pagination-total-pages": "pages",
  "x-per-page": "size",
  "x-page-size": "size",
  "x-pagination-limit": "size",
  "x-pagination-per-page": "size",
  "pagination-limit": "size",
};

/** Headers that hold more than one thing: a JSON object, and a range (RFC 9110, section 14.4). */
export const jsonHeader = "x-pagination";
export const rangeHeader = "content-range";

/** Names of the response headers that a reader of lists has to see. */
export const pageHeaders: readonly string[] = [...Object.keys(headerSigns), jsonHeader, rangeHeader];
