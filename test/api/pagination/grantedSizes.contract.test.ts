import { closeAll } from "../../support/http/loopback";
import { beginPaged } from "../../support/lifecycle/pagedReader";
import { type Dialect, dialect, type PaginationInput } from "../../support/vendor/dialects";

afterEach(closeAll);

type Tell = Dialect["tell"];

describe("a vendor that grants smaller pages than the definition asks for", () => {
  const sizes: [string, ReturnType<Tell>][] = [
    ["per_page", { beside: { page: 1, per_page: 3 } }],
    ["meta.pageSize", { beside: { meta: { pageSize: "3" } } }],
    ["page.size", { beside: { page: { number: 1, size: 3 } } }],
    ["limit", { beside: { offset: 0, limit: 3 } }],
    ["X-Per-Page", { headers: { "x-per-page": "3" } }],
  ];
  const greedy = (title: string, pagination: PaginationInput): Dialect => ({
    ...dialect(title),
    pagination,
  });

  it.each(sizes)("and says so by %s is read on while pages are that full", async (_, told) => {
    for (const dialect of [
      greedy("by page, until an empty one", { style: "page", parameter: "page", size: 100 }),
      greedy("by offset, until an empty page", { style: "offset", parameter: "skip", size: 100 }),
    ]) {
      for (const count of [1, 3, 7]) {
        const { server, ids } = await beginPaged(dialect, count);
        server.tell = () => told;
        expect(await ids()).toEqual(server.ids);
        expect(server.requests).toHaveLength(Math.floor(count / 3) + 1);
      }
    }
  });

  it("ends a list by the size that was asked for where it tells a larger one", async () => {
    const { server, ids } = await beginPaged(dialect("by page, until one that is short"), 2);
    server.tell = () => ({ beside: { per_page: 100 } });
    expect(await ids()).toEqual(server.ids);
    expect(server.requests).toHaveLength(1);
  });
});
