import { closeAll } from "../../support/http/loopback";
import { HttpWorld } from "../../support/lifecycle/httpWorld";
import { ModelEngine } from "../../support/lifecycle/modelEngine";
import { credentials, refusal } from "../../support/lifecycle/pagedReader";
import type { Dialect, PaginationInput } from "../../support/vendor/dialects";
import { PagedVendor, pagedService } from "../../support/vendor/pagedVendor";
import { more, pageSize, type Said, twentyOne } from "./pageForms";
import { whole } from "./wholeForms";

afterEach(closeAll);

/** A vendor that shows a page only, and a program that made a key which is on page two. */
async function begin(
  { beside, headers, query }: Said,
  others = pageSize,
  completeness?: "uncounted",
  pagination?: PaginationInput,
) {
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
  const definition = pagedService(pagination, query, { list });
  const engine = new ModelEngine(new HttpWorld({ definition, credentials }, server.url, () => 0));
  return { server, engine };
}

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

describe("a key on page two, in a list whose pagination is declared at the wrong place,", () => {
  const byCursor = (next: string) => ({ style: "cursor", parameter: "cursor", next }) as const;
  const byPage = { style: "page", parameter: "page", sizeParameter: "per_page", size: 100 } as const;

  it.each<[string, PaginationInput, Said]>([
    ["cursor", byCursor("/next"), { beside: { cursor: "c2" } }],
    ["after", byCursor("/next"), { beside: { after: "c2" } }],
    ["bookmark", byCursor("/next"), { beside: { bookmark: "c2" } }],
    ["marker", byCursor("/next"), { beside: { marker: "c2" } }],
    ["offset", byCursor("/next"), { beside: { offset: "itr2" } }],
    ["cursor, a number", byCursor("/next"), { beside: { cursor: 20 } }],
    ["meta.cursor", byCursor("/meta/next_cursor"), { beside: { meta: { cursor: "c2" } } }],
    ["pagination.cursor", byCursor("/pagination/next"), { beside: { pagination: { cursor: "c2" } } }],
    ["X-Cursor", byCursor("/next"), { headers: { "x-cursor": "c2" } }],
    ["cursor, and not pages", byPage, { beside: { cursor: "c2" } }],
    ["cursor, and not a Link header", { style: "link" }, { beside: { cursor: "c2" } }],
    ["cursor, and not a link", { style: "link", next: "/links/next" }, { beside: { cursor: "c2" } }],
  ])("stays in state where the vendor goes on by %s", async (_, pagination, said) => {
    const { server, engine } = await begin(said, pageSize, undefined, pagination);
    await engine.up();
    const before = engine.known();
    expect(await refusal(engine.refresh())).toMatch(/shows that there is more after page 1/);
    expect(engine.known()).toEqual(before);
    expect(server.keys).toHaveLength(twentyOne);
  });

  it.each<[string, PaginationInput, Said]>([
    ["tells an empty cursor at its place", byCursor("/next"), { beside: { next: null, cursor: "c1" } }],
    ["says that there is no more", byCursor("/next"), { beside: { has_more: false, cursor: "c1" } }],
    ["counts just its keys", byCursor("/next"), { beside: { total: 2, cursor: "c1" } }],
    ["tells where a page stands by a number", byPage, { beside: { offset: 20, cursor: 3 } }],
  ])("is gone where the vendor %s", async (_, pagination, said) => {
    const { server, engine } = await begin(said, 2, undefined, pagination);
    await engine.up();
    server.revoke(String(engine.outputs.keyId));
    expect(await engine.refresh()).toBe("gone");
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

  it("is rotated with an overlap, and what a killed rotation left on that page is revoked", async () => {
    const { server, engine } = await begin({ beside: { total: 137 } }, 2);
    const rotation = (triggers: object) => ({ rotation: { overlap: "1h", triggers } });
    await engine.up(rotation({ t: 1 }));
    const first = String(engine.outputs.keyId);
    const stray = server.issue(String(engine.outputs.name)).id;
    await engine.up(rotation({ t: 2 }));
    expect(engine.outputs.previousKeyId).toBe(first);
    expect(server.ids).toContain(first);
    expect(server.ids).toContain(String(engine.outputs.keyId));
    expect(server.ids).not.toContain(stray);
  });
});

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
