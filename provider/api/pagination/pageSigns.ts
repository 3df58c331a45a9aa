import type { Pagination } from "../../definition/schema/pagination";
import { atPointer } from "../../json/pointer";
import type { Page } from "./page";

/** Where APIs put what they say of pages: beside the list or at the top of the body, or there in one of these. */
const containers = [
  "", "/meta", "/metadata", "/pagination", "/paging", "/page", "/page_info", "/pageInfo", "/links", "/_links",
  "/response_metadata",
]; // biome-ignore format: one list

/** What is there, and not null, false or empty, where there is a next page. */
const more = [
  "/has_more", "/hasMore", "/has_next", "/hasNext", "/has_next_page", "/hasNextPage", "/next", "/next_cursor",
  "/nextCursor", "/next_token", "/nextToken", "/next_page", "/nextPage", "/nextPageToken", "/next_page_token",
  "/next_url", "/nextUrl", "/next_page_url", "/nextLink", "/@odata.nextLink",
]; // biome-ignore format: one list

const totalItems = [
  "/total", "/total_count", "/totalCount", "/total_items", "/totalItems", "/total_results", "/totalResults",
  "/total_elements", "/totalElements",
]; // biome-ignore format: one list

const totalPages = ["/total_pages", "/totalPages", "/page_count", "/pageCount", "/last_page", "/lastPage"];

/**
 * Whether the page by which a list is to end shows one of the usual signs that there is more. A sign that the
 * pagination declares has been heeded already; any other means that the definition is not the vendor's.
 *
 * @param envelope where the body holds the list
 */
export function looksUnfinished(pagination: Pagination | undefined, envelope: string, page: Page): boolean {
  if (pagination === undefined && page.status === 206) return true;
  const readsLinks = pagination?.style === "link" && pagination.next === undefined;
  if (!readsLinks && page.nextLinks.length > 0) return true;
  const places = ["", envelope.slice(0, envelope.lastIndexOf("/"))].flatMap((above) =>
    containers.map((container) => above + container),
  );
  const declared = Object.values(pagination ?? {}).filter((value) => typeof value === "string");
  const shows = (signs: readonly string[], isSign: (value: unknown) => boolean) =>
    places.some((container) =>
      signs.some((sign) => {
        const place = container + sign;
        const heeded = declared.some((pointer) => pointer === place || pointer.startsWith(`${place}/`));
        return !heeded && isSign(atPointer(page.body, place));
      }),
    );
  return (
    shows(more, Boolean) ||
    shows(totalItems, (total) => typeof total === "number" && total > page.keysSoFar) ||
    shows(totalPages, (total) => typeof total === "number" && total > page.pagesSoFar)
  );
}
