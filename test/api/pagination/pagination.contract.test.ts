import { closeAll, json } from "../../support/http/loopback";
import { failure } from "../../support/lifecycle/modelEngine";
import { beginPaged, refusal } from "../../support/lifecycle/pagedReader";
import { dialects, pageSize } from "../../support/vendor/dialects";
import type { Fault } from "../../support/vendor/pagedVendor";

afterEach(closeAll);

const loginPage = "<!doctype html><title>Log in</title>";

/** What may come in place of a page. */
const faults: [string, Fault][] = [
  ["is the vendor's own 404", (response) => json(response, 404, { message: "There is no such page." })],
  ["is a proxy's 404", (response) => response.writeHead(404).end(loginPage)],
  ["is refused", (response) => json(response, 403, { message: "No." })],
  ["is a 500 at every attempt", (response) => json(response, 500, { message: "Oh." })],
  [
    "is a login page under 200",
    (response) => response.writeHead(200, { "content-type": "text/html" }).end(loginPage),
  ],
  ["is nothing under 200", (response) => response.writeHead(200).end()],
  ["leads to a login page", (response) => response.writeHead(302, { location: "/login" }).end()],
  ["holds no list", (response) => json(response, 200, { data: {} })],
  ["holds a key without an id", (response) => json(response, 200, { data: [{ name: "ci" }] })],
  [
    "breaks off in its JSON",
    (response) => response.writeHead(200, { "content-type": "application/json" }).end('{"data":[{"id":"1"}'),
  ],
  [
    "breaks off with its connection",
    (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 1_000 });
      response.write('{"data":[{"id":"1"}', () => response.destroy());
    },
  ],
];

describe.each(dialects)("a list that comes $title", (dialect) => {
  it("is read to its end, with one request a page: a key on page 7 is found", async () => {
    const { server, ids } = await beginPaged(dialect, 20);
    expect(await ids()).toEqual(server.ids);
    expect(server.ids.slice(6 * pageSize)).toEqual(["key-19", "key-20"]);
    expect(server.requests).toHaveLength(dialect.requests(20));
  });

  it("may be empty", async () => {
    const { server, ids } = await beginPaged(dialect, 0);
    expect(await ids()).toEqual([]);
    expect(server.requests).toHaveLength(dialect.requests(0));
  });

  it.each([pageSize, 7 * pageSize])("may end with a page that is full, as of %d keys", async (count) => {
    const { server, ids } = await beginPaged(dialect, count);
    expect(await ids()).toEqual(server.ids);
    expect(server.requests).toHaveLength(dialect.requests(count));
  });

  it.each(faults)("is an error when page 4 %s", async (_, fault) => {
    const { server, ids } = await beginPaged(dialect, 20);
    server.faults.set(4, fault);
    const { code, message } = await failure(ids());
    expect(["HTTP_PROBLEM", "RESPONSE_INVALID"]).toContain(code);
    expect(message).toContain('(connection "paged")');
    expect(message).toContain("page 4");
    expect(server.pages).toBe(3);
  });

  it("is complete when page 4 came at the second attempt", async () => {
    const { server, ids } = await beginPaged(dialect, 20);
    server.lasting = false;
    server.faults.set(4, (response) => json(response, 503, { message: "Not now." }));
    expect(await ids()).toEqual(server.ids);
    expect(server.requests).toHaveLength(dialect.requests(20) + 1);
  });

  it("is an error within a few requests when each page is the first one again", async () => {
    const { server, ids } = await beginPaged(dialect, 20);
    server.slice = () => server.keys.slice(0, pageSize);
    expect(await refusal(ids())).toMatch(
      /does not end: page 2 (leads back to an earlier one|holds nothing but keys of earlier ones), so nothing/,
    );
    expect(server.requests).toHaveLength(2);
  });

  it("lists a key once that came on two pages, as the later page shows it", async () => {
    const { server, vendor } = await beginPaged(dialect, 20);
    const [first] = server.keys;
    const nextFew = server.slice;
    server.slice = (start) =>
      start === 6 * pageSize && first ? [...nextFew(start), { ...first, name: "later" }] : nextFew(start);
    const list = await vendor.list?.({}, "fresh");
    expect(list?.filter(({ id }) => id === "key-1")).toEqual([{ id: "key-1", fields: { name: "later" } }]);
    expect(list).toHaveLength(20);
  });
});

// Of one kind: all are counted in one loop.
it.each(dialects.slice(0, 1))(
  "a list that comes $title is an error after 1,000 pages when there are ever more keys",
  async (dialect) => {
    const { server, ids } = await beginPaged(dialect, 0);
    server.total = () => Number.MAX_SAFE_INTEGER;
    server.slice = (start) => {
      while (server.keys.length < start + pageSize) server.issue("another");
      return server.keys.slice(start);
    };
    expect(await refusal(ids())).toContain("does not end: there is more after 1000 pages");
    expect(server.requests).toHaveLength(1_000);
  },
);
