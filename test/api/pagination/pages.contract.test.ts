import { xentree } from "../../../provider/definition/builtin/xentree";
import { readDefinition } from "../../../provider/definition/registry";
import { overHttp } from "../../support/vendor/overHttp";
import { useSandbox } from "../../support/vendor/sandbox";

const { sandbox } = useSandbox();

/** What is made of an answer to list by a definition that knows of no pages. */
function listed(body: object, status = 200, envelope = "/data") {
  const definition = readDefinition({ ...xentree, name: "paged", envelope });
  sandbox().inject({ method: "GET", action: { kind: "respond", status, body } });
  const { token } = sandbox().credentials.xentree;
  const connection = {
    name: "paged",
    baseUrl: new URL(sandbox().url),
    credentials: { token },
    policy: {},
    listLagMs: 0,
  } as const;
  return overHttp(definition, connection).list?.({}, "fresh");
}

describe("a list in an envelope, whose definition declares no pages,", () => {
  it.each<[string, object]>([
    ["has_more beside it is true", { has_more: true }],
    ["hasMore beside it is true", { hasMore: true }],
    ["next beside it is an address", { next: "/x?page=2" }],
    ["next_cursor beside it is a text", { next_cursor: "c" }],
    ["nextCursor beside it is a number", { nextCursor: 2 }],
    ["nextPageToken beside it is a text", { nextPageToken: "t" }],
    ["next_page_token beside it is a text", { next_page_token: "t" }],
    ["@odata.nextLink beside it is an address", { "@odata.nextLink": "https://a.example/x" }],
    ["pagination.hasNextPage is true", { pagination: { hasNextPage: true } }],
    ["meta.next_page is a number", { meta: { next_page: 2 } }],
    ["_links.next is an object", { _links: { next: { href: "/x?page=2" } } }],
    ["total counts more keys than it holds", { total: 1 }],
    ["meta.total_count counts more keys than it holds", { meta: { total_count: 137 } }],
    ["total_pages counts more than this one", { total_pages: 2 }],
  ])("proves nothing when %s", async (_, beside) => {
    await expect(listed({ data: [], ...beside })).rejects.toMatchObject({
      code: "RESPONSE_INVALID",
      message: expect.stringMatching(
        /^The list of Xentree keys \(connection "paged"\) came as one page of several \(\/.+\), but the service definition knows of no pages, so nothing can be concluded about a key that is not on it\. Declare the pagination of the list\./,
      ),
    });
  });

  it("proves nothing when the sign is beside it, deep in the body", async () => {
    await expect(
      listed({ data: { keys: [], page: { has_next: true } } }, 200, "/data/keys"),
    ).rejects.toMatchObject({ code: "RESPONSE_INVALID" });
  });

  it("proves nothing when its status is 206 (RFC 9110, section 15.3.7)", async () => {
    await expect(listed({ data: [] }, 206)).rejects.toMatchObject({ code: "RESPONSE_INVALID" });
  });

  it("is complete when the same signs say that there is no more", async () => {
    const none = { has_more: false, next: null, nextPageToken: "", total: 0, meta: { total_pages: 1 } };
    expect(await listed({ data: [], ...none })).toEqual([]);
  });
});
