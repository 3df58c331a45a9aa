import { closeAll } from "../../support/http/loopback";
import { HttpWorld } from "../../support/lifecycle/httpWorld";
import { ModelEngine } from "../../support/lifecycle/modelEngine";
import { credentials, refusal } from "../../support/lifecycle/pagedReader";
import type { Dialect } from "../../support/vendor/dialects";
import { PagedVendor, pagedService } from "../../support/vendor/pagedVendor";

afterEach(closeAll);

const pageSize = 20;

/** What a vendor says of a first page whose definition declares none. */
interface Said {
  readonly beside?: object;
  readonly headers?: Record<string, string>;
  /** Constants of the list's query. */
  readonly query?: Record<string, string>;
}

/** A vendor that shows a page only, and a program that made a key which is on page two. */
async function begin({ beside, headers, query }: Said, others = pageSize, completeness?: "uncounted") {
  const whole: Dialect = {
    title: "whole",
    pagination: undefined,
    start: () => 0,
    tell: () => ({ beside: beside ?? {}, headers: headers ?? {} }),
    requests: () => 1,
  };
  const server = await PagedVendor.start(whole, others);
  server.slice = () => server.keys.slice(0, pageSize);
  const list = { method: "GET", path: "/v1/keys", query, completeness } as const;
  const definition = pagedService(undefined, query, { list });
  const engine = new ModelEngine(new HttpWorld({ definition, credentials }, server.url, () => 0));
  return { server, engine };
}

const twentyOne = pageSize + 1;

/** How APIs say that there is more, where a page has 20 keys of 21. */
const more: [string, Said][] = [
  ["X-Next-Page", { headers: { "x-next-page": "2" } }],
  ["X-Next-Cursor", { headers: { "x-next-cursor": "c2" } }],
  ["X-Total", { headers: { "x-total": `${twentyOne}` } }],
  ["X-Total-Count", { headers: { "x-total-count": `${twentyOne}` } }],
  ["X-Pages", { headers: { "x-pages": "2" } }],
  ["X-Total-Pages", { headers: { "x-total-pages": "2" } }],
  ["X-WP-Total", { headers: { "x-wp-total": `${twentyOne}` } }],
  ["X-Per-Page and a full page", { headers: { "x-per-page": "20" } }],
  ["opc-next-page", { headers: { "opc-next-page": "c2" } }],
  ["X-Pagination, in JSON", { headers: { "x-pagination": JSON.stringify({ TotalCount: twentyOne }) } }],
  ["Link", { headers: { link: '</v1/keys?page=2>; rel="next"' } }],
  ["Content-Range", { headers: { "content-range": `items 0-19/${twentyOne}` } }],
  ["Content-Range without a unit", { headers: { "content-range": `0-19/${twentyOne}` } }],
  ["Content-Range of unknown length", { headers: { "content-range": "items 0-19/*" } }],
  ["result_info.total_pages", { beside: { result_info: { page: 1, total_pages: 2 } } }],
  ["result_info.total_count", { beside: { result_info: { count: 20, total_count: twentyOne } } }],
  ["next_page_uri", { beside: { next_page_uri: "/v1/keys?page=2" } }],
  ["next_page", { beside: { next_page: 2 } }],
  ["next", { beside: { next: "/v1/keys?page=2" } }],
  ["nextLink", { beside: { nextLink: "/v1/keys?page=2" } }],
  ["@odata.nextLink", { beside: { "@odata.nextLink": "/v1/keys?page=2" } }],
  ["@odata.count", { beside: { "@odata.count": twentyOne } }],
  ["isLast", { beside: { isLast: false } }],
  ["is_last_page", { beside: { is_last_page: false } }],
  ["last_page", { beside: { current_page: 1, last_page: 2 } }],
  ["last", { beside: { number: 0, size: 20, last: false } }],
  ["done", { beside: { done: false, nextRecordsUrl: null } }],
  ["has_more", { beside: { has_more: true } }],
  ["hasMore", { beside: { hasMore: true } }],
  ["HasMoreItems", { beside: { HasMoreItems: "true" } }],
  ["pageInfo.hasNextPage", { beside: { pageInfo: { hasNextPage: true, endCursor: "c2" } } }],
  ["paging.next", { beside: { paging: { next: { after: "c2" } } } }],
  ["cursor", { beside: { cursor: "c2" } }],
  ["next_cursor", { beside: { response_metadata: { next_cursor: "c2" } } }],
  ["nextCursor", { beside: { nextCursor: 2 } }],
  ["continuationToken", { beside: { continuationToken: "c2" } }],
  ["nextToken", { beside: { nextToken: "c2" } }],
  ["NextToken", { beside: { NextToken: "c2" } }],
  ["Marker", { beside: { Marker: "c2" } }],
  ["NextMarker", { beside: { NextMarker: "c2" } }],
  ["IsTruncated", { beside: { IsTruncated: true } }],
  ["truncated", { beside: { truncated: true } }],
  ["total", { beside: { total: twentyOne } }],
  ["total as text", { beside: { total: `${twentyOne}` } }],
  ["totalCount", { beside: { totalCount: twentyOne } }],
  ["total_count", { beside: { meta: { total_count: twentyOne } } }],
  ["count", { beside: { count: twentyOne } }],
  ["meta.pagination", { beside: { meta: { pagination: { total: twentyOne, per_page: 20 } } } }],
  ["offset and limit with a total", { beside: { offset: 0, limit: 20, total: twentyOne } }],
  ["page and pages", { beside: { page: 1, pages: 2 } }],
  ["per_page and a full page", { beside: { page: 1, per_page: 20 } }],
  ["links with a relation", { beside: { links: [{ rel: "next", href: "/v1/keys?page=2" }] } }],
  ["_links.next.href", { beside: { _links: { next: { href: "/v1/keys?page=2" } } } }],
  ["metadata.continue", { beside: { metadata: { continue: "c2" } } }],
  ["an unknown object", { beside: { listing: { totalResults: twentyOne } } }],
  ["as many keys as the query asks for", { query: { limit: "20" } }],
];

describe("a key on page two, in a list whose definition declares no pages,", () => {
  it.each(more)("stays in state where the vendor says so by %s", async (_, said) => {
    const { server, engine } = await begin(said);
    await engine.up();
    const before = engine.known();
    expect(await refusal(engine.refresh())).toMatch(
      /came as one page of several \(.+\), but the service definition knows of no pages, so nothing can be concluded/,
    );
    expect(engine.known()).toEqual(before);
    expect(server.keys).toHaveLength(twentyOne);
  });
});

describe("a key that such a list shows", () => {
  it("is refreshed: only what it lacks is unproven", async () => {
    const { server, engine } = await begin({ beside: { total: 137 } }, pageSize - 1);
    await engine.up();
    expect(await engine.refresh()).toBe("same");
    server.revoke(String(engine.outputs.keyId));
    expect(await refusal(engine.refresh())).toContain("(/total)");
  });
});

/** What vendors say of a list that is whole, where it has two keys. */
const whole: [string, Said][] = [
  ["a total of its keys", { beside: { total: 2, count: 2, meta: { total_count: "2" } } }],
  [
    "no next page",
    { beside: { next: null, next_page: "", nextToken: null, _links: { next: { href: null } } } },
  ],
  ["flags that say so", { beside: { has_more: false, isLast: true, IsTruncated: false, done: true } }],
  ["page 1 of 1", { beside: { page: 1, pages: 1, per_page: 20, meta: { total_pages: 1, last_page: 1 } } }],
  ["a full page of a list that ends there", { beside: { limit: 2, total: 2 } }],
  ["a cursor on the last page", { beside: { pageInfo: { hasNextPage: false, endCursor: "c2" } } }],
  [
    "headers that say so",
    { headers: { "x-next-page": "", "x-total": "2", "x-pages": "1", "x-per-page": "20" } },
  ],
  ["a whole range", { headers: { "content-range": "items 0-1/2" } }],
  ["links to other pages", { headers: { link: '</v1/keys?page=1>; rel="last"' } }],
  ["another thing's numbers", { beside: { quota: { total: 100, limit: 2 }, rate_limit: { limit: 1 } } }],
  ["a page that is not full", { query: { limit: "20" } }],
];

describe("a key that is missing from a whole list", () => {
  it.each(whole)("is gone where the list has %s", async (_, said) => {
    const { server, engine } = await begin(said, 2);
    await engine.up();
    server.revoke(String(engine.outputs.keyId));
    expect(await engine.refresh()).toBe("gone");
  });

  it("is gone where the definition says that the vendor's counts are wrong", async () => {
    const { server, engine } = await begin({ beside: { total: 137 } }, 2, "uncounted");
    await engine.up();
    server.revoke(String(engine.outputs.keyId));
    expect(await engine.refresh()).toBe("gone");
  });
});
