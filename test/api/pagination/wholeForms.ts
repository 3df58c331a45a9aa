import type { Said } from "./pageForms";

/** What vendors say of a list that is whole, where it has two keys. */
export const whole: [string, Said][] = [
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
  [
    "ids of requests",
    {
      beside: { request_id: "r-20", requestId: 4711 },
      headers: { "x-request-id": "21", "x-amz-cf-id": "c2" },
    },
  ],
  [
    "rate limits",
    {
      beside: { rate_limit: { limit: 2, remaining: 59, reset: 60 }, rateLimitRemaining: 59 },
      headers: {
        "x-ratelimit-limit": "60",
        "x-ratelimit-remaining": "59",
        "x-rate-limit-reset": "1799999999",
        "ratelimit-limit": "100",
        "ratelimit-policy": "100;w=60",
        "x-requests-remaining": "59",
        "retry-after": "20",
      },
    },
  ],
  ["limits and usage", { beside: { limits: { max: 2, total: 50 }, usage: { total_tokens: 900, count: 9 } } }],
  [
    "what the plan allows",
    {
      beside: {
        max_keys: 2,
        key_limit: 50,
        remaining_keys: 48,
        keysRemaining: 48,
        remaining_tokens: 48,
        max_tokens: 2,
      },
    },
  ],
  ["versions", { beside: { version: 21, api_version: "2.1", meta: { schema: { version: 3 } } } }],
  [
    "timestamps",
    {
      beside: {
        timestamp: 1799999999,
        generated_at: 1799999999,
        last_updated: "2026-01-01",
        end_date: "2026-01-01",
      },
    },
  ],
  [
    "dates of rotation",
    { beside: { next_rotation_at: "2026-01-01", nextReset: 1799999999, completed_at: "2026-01-01" } },
  ],
  [
    "how long it took",
    { beside: { took: 21, took_ms: 21, total_time_ms: 21 }, headers: { "x-runtime": "21", age: "21" } },
  ],
  [
    "another thing's counts",
    { beside: { total_users: 40, users_count: 40, account: { total: 40, pages: 3 } } },
  ],
  ["sums of money", { beside: { total_cost: 21.5, cost: { total: 21.5 }, billing: { next: "2026-01-01" } } }],
  ["a status", { beside: { success: true, status: "ok", code: 200, errors: [], messages: [], error: null } }],
  [
    "a count of its keys under another name",
    { beside: { keysCount: 2, num_results: 2, total: { value: 2 } } },
  ],
  ["a place of its first page", { beside: { offset: 0, skip: 0, start: 0, startIndex: 1, current_page: 1 } }],
  ["page.total of its keys", { beside: { page: { number: 1, size: 20, total: 2 } } }],
  ["page 1/1", { beside: { page: "1/1" } }],
  [
    "no cursors",
    { beside: { cursor: "", offset: null, bookmark: "nil", paging: { cursors: { after: null } } } },
  ],
  [
    "a cursor of what was before",
    { beside: { previous: "/v1/keys?page=0", prev_cursor: "c0", startCursor: "c1" } },
  ],
  [
    "links that lead nowhere else",
    { beside: { links: [{ rel: "self", href: "/v1/keys" }], _links: { last: "/v1/keys?page=1" } } },
  ],
  ["a link with nothing behind it", { beside: { links: [{ rel: "next", href: null }] } }],
  [
    "other words with more in them",
    { beside: { more_info: "https://acme.example/docs", moreover: true, nextSteps: "none" } },
  ],
  ["an unknown total", { beside: { total: -1 } }],
  [
    "headers of transport",
    {
      headers: {
        "x-cache-hits": "21",
        "x-prev-cursor": "c0",
        "x-served-by": "cache-21",
        "x-timer": "S1799999999.1,VS0,VE21",
        "accept-ranges": "bytes",
        "keep-alive": "timeout=20, max=100",
        "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT",
        "x-content-type-options": "nosniff",
        "x-envoy-upstream-service-time": "21",
        "x-api-version": "21",
        etag: '"21"',
      },
    },
  ],
];
