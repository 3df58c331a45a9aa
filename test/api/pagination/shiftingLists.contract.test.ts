import { closeAll } from "../../support/http/loopback";
import { HttpWorld } from "../../support/lifecycle/httpWorld";
import { failure, ModelEngine } from "../../support/lifecycle/modelEngine";
import { beginPaged, credentials, refusal } from "../../support/lifecycle/pagedReader";
import { type Dialect, dialect, dialects } from "../../support/vendor/dialects";
import { PagedVendor, pagedService } from "../../support/vendor/pagedVendor";

afterEach(closeAll);

const byPage = dialect("by page, until one that is short");

/** A vendor with eighteen keys of others, and a program whose own is the first one on page 7. */
async function begin(shown: Dialect = byPage, definition = pagedService(shown.pagination)) {
  const server = await PagedVendor.start(shown, 18);
  const engine = new ModelEngine(new HttpWorld({ definition, credentials }, server.url, () => 0));
  const listings = () => server.requests.filter((request) => /^GET \/v1\/keys(\?|$)/.test(request)).length;
  /** Names of the program's own keys that are live. */
  const own = () => server.keys.filter(({ name }) => name.startsWith("ci"));
  const revokeOthers = (count: number) => {
    for (const id of server.ids.slice(0, count)) server.revoke(id);
  };
  return { server, engine, listings, own, revokeOthers };
}

describe.each(dialects)("a key on page 7 of a list that comes $title", (shown) => {
  it("is the same when it is refreshed, in one reading", async () => {
    const { engine, listings } = await begin(shown);
    await engine.up();
    expect(await engine.refresh()).toBe("same");
    expect(listings()).toBe(shown.requests(19));
  });

  it("stays in state, value and all, when page 4 is broken", async () => {
    const { server, engine } = await begin(shown);
    await engine.up();
    const before = engine.known();
    server.faults.set(4, (response) => response.writeHead(200).end("<html>"));
    await failure(engine.refresh());
    expect(engine.known()).toEqual(before);
  });

  it("is gone once it was revoked, when a second reading confirms it", async () => {
    const { server, engine, listings } = await begin(shown);
    await engine.up();
    server.revoke(String(engine.outputs.keyId));
    expect(await engine.refresh()).toBe("gone");
    expect(listings()).toBe(2 * shown.requests(18));
  });

  it("is found there after a create with a lost response, revoked, and created again", async () => {
    const { server, engine, own } = await begin(shown);
    server.createFault = (response) => response.destroy();
    await engine.up();
    expect(own().map(({ id }) => id)).toEqual([engine.outputs.keyId]);
  });
});

describe.each([
  "by page, until one that is short",
  "by page, until an empty one",
  "by offset, until a page that is short",
  "by Link header",
  "by an address in the body",
])("a live key that moved onto a page which had been read already, %s,", (title) => {
  it("stays in state: a second reading finds it", async () => {
    const { server, engine, listings, revokeOthers } = await begin(dialect(title));
    await engine.up();
    server.beforePage = (page) => page === 7 && revokeOthers(1);
    expect(await engine.refresh()).toBe("same");
    expect(listings()).toBeGreaterThan(7);
  });

  it("is not taken for a key that was never created: a second create would orphan it", async () => {
    const { server, engine, own, revokeOthers } = await begin(dialect(title));
    server.createFault = (response) => response.destroy();
    server.beforePage = (page) => page === 7 && revokeOthers(1);
    await engine.up();
    expect(own().map(({ id }) => id)).toEqual([engine.outputs.keyId]);
  });
});

describe("the absence of a key from a list of several pages", () => {
  it("is not proven by two readings that both missed it: the second lacks what the first one held", async () => {
    const { server, engine, listings, revokeOthers } = await begin();
    await engine.up();
    server.beforePage = (page) => {
      if (page === 7) revokeOthers(1);
      if (page === 7 + 6) revokeOthers(3);
    };
    expect(await engine.refresh()).toBe("same");
    // The third finds it, and the fourth misses nothing of the third.
    expect(listings()).toBe(7 + 6 + 6 + 6);
  });

  it("is not proven while keys are being revoked, and is once they are not", async () => {
    const { server, engine, revokeOthers } = await begin();
    await engine.up();
    server.revoke(String(engine.outputs.keyId));
    const before = engine.known();
    server.beforePage = () => revokeOthers(1);
    expect(await refusal(engine.refresh())).toBe(
      'The list of Acme keys (connection "acme") lost keys each time that it was read, so that others may have been missed, ' +
        "so nothing can be concluded about a key that is not on it. Run the same command again when nobody revokes keys.",
    );
    expect(engine.known()).toEqual(before);
    server.beforePage = () => {};
    expect(await engine.refresh()).toBe("gone");
  });

  it("is proven by the vendor's own 404 when there is a request for one key", async () => {
    const get = { method: "GET", path: "/v1/keys/{keyId}" } as const;
    const definition = pagedService(byPage.pagination, undefined, { get });
    const { server, engine, listings } = await begin(byPage, definition);
    await engine.up();
    server.revoke(String(engine.outputs.keyId));
    expect(await engine.refresh()).toBe("gone");
    expect(listings()).toBe(byPage.requests(18));
    expect(server.requests.at(-1)).toBe("GET /v1/keys/key-19");
  });

  it("is proven by one reading when the list had a single page: nothing can shift there", async () => {
    const { server, engine, listings, revokeOthers } = await begin();
    await engine.up();
    revokeOthers(18);
    server.revoke(String(engine.outputs.keyId));
    expect(await engine.refresh()).toBe("gone");
    expect(listings()).toBe(1);
  });

  it("is proven by one reading of a list without pages", async () => {
    const { server, vendor } = await beginPaged({ ...dialect("by cursor"), pagination: undefined }, 1);
    const list = (await vendor.list?.({}, "shared")) ?? [];
    expect(await vendor.completeList?.({}, list)).toBe(list);
    expect(server.requests).toHaveLength(1);
  });

  it("is proven by one more reading for all keys that are missing, at once or later", async () => {
    const { server, vendor } = await beginPaged(byPage, 20);
    const list = (await vendor.list?.({}, "shared")) ?? [];
    const [one, other] = await Promise.all([
      vendor.completeList?.({}, list),
      vendor.completeList?.({}, list),
    ]);
    expect(other).toBe(one);
    expect(one?.map(({ id }) => id)).toEqual(server.ids);
    expect(server.requests).toHaveLength(2 * byPage.requests(20));

    const later = (await vendor.list?.({}, "shared")) ?? [];
    expect(await vendor.completeList?.({}, later)).toBe(later);
    expect(server.requests).toHaveLength(2 * byPage.requests(20));
  });

  it("stays unknown when the confirming reading fails; the next request repeats it", async () => {
    const { server, vendor } = await beginPaged(byPage, 20);
    const list = (await vendor.list?.({}, "shared")) ?? [];
    server.lasting = false;
    server.faults.set(7 + 4, (response) => response.writeHead(403).end());
    await failure(Promise.resolve(vendor.completeList?.({}, list)));
    expect(await vendor.completeList?.({}, list)).toHaveLength(20);
  });
});
