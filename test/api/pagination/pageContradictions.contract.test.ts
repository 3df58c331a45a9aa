import { closeAll } from "../../support/http/loopback";
import { beginPaged, refusal } from "../../support/lifecycle/pagedReader";
import { cursorOf, type Dialect, dialect, type PaginationInput } from "../../support/vendor/dialects";

afterEach(closeAll);

type Tell = Dialect["tell"];

/** What the dialect says about pages, and another sign. */
const and =
  (told: Tell, more: ReturnType<Tell>): Tell =>
  (place) => ({ ...told(place), ...more, beside: { ...told(place).beside, ...more.beside } });

const listUrl = "https://vendor.example/v1/keys?page=2";

describe("the end of a paginated list proves nothing", () => {
  it.each<[string, string, ReturnType<Tell>]>([
    [
      "a Link header names a next page",
      "by page, until one that is short",
      { link: `<${listUrl}>; rel=next` },
    ],
    ["a Link header names a next page", "by cursor", { link: `<${listUrl}>; rel=next` }],
    ["has_more is true", "by page, until an empty one", { beside: { has_more: true } }],
    ["has_more is true", "by cursor", { beside: { has_more: true } }],
    ["has_more is true", "by an address in the body", { beside: { has_more: true } }],
    ["there is a cursor", "by Link header", { beside: { paging: { next_cursor: "x" } } }],
    [
      "there is a next address",
      "by offset, until a page that is short",
      { beside: { _links: { next: {} } } },
    ],
    ["more keys are counted", "by page, until one that is short", { beside: { total: 21 } }],
    ["more keys are counted", "by cursor", { beside: { pagination: { total_count: 21 } } }],
    ["more pages are counted", "by page, until one that is short", { beside: { page: { totalPages: 8 } } }],
    ["more pages are counted", "by page, with a total of keys", { beside: { last_page: 8 } }],
  ])("when %s, which pagination %s does not cover", async (_, title, sign) => {
    const { server, ids } = await beginPaged(dialect(title), 20);
    server.tell = and(dialect(title).tell, sign);
    expect(await refusal(ids())).toMatch(
      /shows that there is more after page [78], where the declared pagination ends \(.+\), so nothing/,
    );
  });

  it.each<[string, string, ReturnType<Tell>]>([
    ["counts just its keys", "by page, until one that is short", { beside: { total: 20, page_count: 7 } }],
    ["says that there is no more", "by cursor", { beside: { has_more: false, next: null, nextToken: "" } }],
    ["links elsewhere", "by cursor", { link: '</v1/keys?page=6>; rel="prev"' }],
  ])("unless it %s", async (_, title, sign) => {
    const { server, ids } = await beginPaged(dialect(title), 20);
    server.tell = and(dialect(title).tell, sign);
    expect(await ids()).toEqual(server.ids);
  });

  it.each<[string, PaginationInput, (more: boolean, end: number) => object]>([
    [
      "a cursor on every page, beside a word on whether there is more",
      { style: "cursor", parameter: "cursor", next: "/next_cursor", hasMore: "/has_more" },
      (more, end) => ({ next_cursor: cursorOf(end), has_more: more }),
    ],
    [
      "a link on every page, without an address on the last one",
      { style: "link", next: "/_links/next/href" },
      (more, end) => ({
        _links: { next: { href: more ? `?cursor=${encodeURIComponent(cursorOf(end))}` : null } },
      }),
    ],
  ])("unless the definition knows of the sign: %s", async (_, pagination, beside) => {
    const { server, ids } = await beginPaged({ ...dialect("by cursor"), pagination }, 20);
    server.tell = ({ end, total }) => ({ beside: beside(end < total, end) });
    expect(await ids()).toEqual(server.ids);
    expect(server.requests).toHaveLength(7);
  });

  it("where the vendor grants smaller pages than the definition asks for, and counts more keys", async () => {
    const greedy: Dialect = {
      ...dialect("by page, until one that is short"),
      pagination: { style: "page", parameter: "page", size: 1_000 },
      start: dialect("by page, until an empty one").start,
    };
    const { server, ids } = await beginPaged(greedy, 20);
    server.tell = ({ total }) => ({ beside: { meta: { total } } });
    expect(await refusal(ids())).toContain("shows that there is more after page 1");
  });

  it.each<[string, ReturnType<Tell>]>([
    ["an empty cursor is declared beside it", { beside: { meta: { next: null, total: 21 } } }],
    ["it is three levels down", { beside: { meta: { next: null, a: { b: { total: 21 } } } } }],
  ])("when more keys are counted, though %s", async (_, sign) => {
    const { server, ids } = await beginPaged(dialect("by cursor"), 2);
    server.tell = () => sign;
    expect(await refusal(ids())).toContain("shows that there is more after page 1");
  });
});

describe("a page without a field that the definition declares is an error:", () => {
  it.each<[string, string, object, string]>([
    [
      "no has_more",
      "by cursor, with a last id on every page",
      { last_id: "key-3" },
      "does not tell at /has_more whether",
    ],
    [
      "has_more as text",
      "by page, with a word on whether there is more",
      { has_more: "no" },
      "does not tell at /has_more whether",
    ],
    [
      "no total",
      "by page, with a total of keys",
      { meta: {} },
      "does not tell at /meta/total how much there is",
    ],
    [
      "a total as text",
      "by page, with a total of keys",
      { meta: { total: "20" } },
      "does not tell at /meta/total how much",
    ],
    [
      "a total below 0",
      "by offset from 1, with a total of keys",
      { totalResults: -1 },
      "does not tell at /totalResults how much",
    ],
    [
      "half a page",
      "by page from 0, with a total of pages",
      { pages: 6.5 },
      "does not tell at /pages how much there is",
    ],
    [
      "a cursor that is an object",
      "by cursor",
      { meta: { next: {} } },
      "holds something at /meta/next that is no cursor",
    ],
    [
      "a cursor that is true",
      "by cursor",
      { meta: { next: true } },
      "holds something at /meta/next that is no cursor",
    ],
    [
      "a cursor that cannot be encoded",
      "by cursor",
      { meta: { next: "\ud800" } },
      "holds something at /meta/next that is no cursor",
    ],
    [
      "an address that is an object",
      "by an address in the body",
      { links: { next: { href: "?page=2" } } },
      "holds something at /links/next that is no address",
    ],
    [
      "more, but no cursor",
      "by cursor, with a last id on every page",
      { has_more: true, last_id: null },
      "says that there is more, but holds no cursor at /last_id",
    ],
  ])("%s", async (_, title, beside, problem) => {
    const { server, ids } = await beginPaged(dialect(title), 20);
    server.tell = () => ({ beside });
    expect(await refusal(ids())).toContain(problem);
    expect(server.requests).toHaveLength(1);
  });
});

describe("a list that is shorter than its total is incomplete", () => {
  it.each([
    ["by page, with a total of keys", "page 8"],
    ["by offset from 1, with a total of keys", "page 8"],
    ["by page from 0, with a total of pages", "page 8"],
  ])("when it comes %s", async (title, last) => {
    const { server, ids } = await beginPaged(dialect(title), 20);
    server.total = () => 25;
    expect(await refusal(ids())).toContain(`is cut short: ${last} is empty, but tells of more keys`);
  });

  it("when an empty page says that there is more", async () => {
    const { server, ids } = await beginPaged(dialect("by page, with a word on whether there is more"), 0);
    server.tell = () => ({ beside: { has_more: true } });
    expect(await refusal(ids())).toContain("is cut short: page 1 is empty, but tells of more keys");
  });
});

describe("a list whose pages lead back to an earlier one is an error", () => {
  it.each<[string, ReturnType<Tell>]>([
    ["by cursor", { beside: { meta: { next: cursorOf(3) } } }],
    ["by Link header", { link: '<?tag=a&tag=b+c&page=2>; rel="next"' }],
    ["by an address in the body", { beside: { links: { next: "?tag=a&tag=b+c&page=2" } } }],
  ])("when it comes %s", async (title, told) => {
    const { server, ids } = await beginPaged(dialect(title), 20);
    server.tell = () => told;
    expect(await refusal(ids())).toContain("does not end: page 2 leads back to an earlier one");
    expect(server.requests).toHaveLength(2);
  });
});

it("a cursor may be a number", async () => {
  const { server, ids } = await beginPaged(
    {
      ...dialect("by cursor"),
      start: (query) => Number(query.get("cursor") ?? 0),
      tell: ({ end, total }) => ({ beside: { meta: { next: end < total ? end : null } } }),
    },
    20,
  );
  expect(await ids()).toEqual(server.ids);
});

it("a page without keys is not the last one if it has a cursor", async () => {
  const { server, ids } = await beginPaged(
    {
      ...dialect("by cursor"),
      start: (query) => Number.parseInt(query.get("cursor") ?? "0", 10),
      tell: ({ end, total }) => ({
        beside: { meta: { next: end < total ? `${end} of page ${server.pages}` : null } },
      }),
    },
    20,
  );
  server.beforePage = (page) => {
    server.slice = (start) => (page === 3 ? [] : server.keys.slice(start, start + 3));
  };
  expect(await ids()).toEqual(server.ids);
  expect(server.requests).toHaveLength(8);
});
