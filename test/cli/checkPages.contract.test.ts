import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { closeAll, json, serve } from "../support/http/loopback";
import { checkLive } from "../support/lifecycle/liveCheck";

afterEach(closeAll);

type ListInput = NonNullable<NonNullable<ServiceDefinitionInput["operations"]>["list"]>;

/** A live check at a vendor with so many keys of others, whose list is what `page` makes of all keys and a query. */
async function tried(
  others: number,
  list: ListInput,
  page: (keys: readonly object[], query: URLSearchParams) => object | undefined,
) {
  let keys: object[] = Array.from({ length: others }, (_, index) => ({ id: `theirs-${index}` }));
  const { url } = await serve((response, { method, url: address, body }) => {
    if (method === "POST") {
      const key = { id: "ours", name: JSON.parse(body).name };
      keys = [...keys, key];
      return json(response, 201, { ...key, value: "acme-canary-0123456789" });
    }
    if (method === "DELETE") {
      keys = keys.slice(0, others);
      return json(response, 200, {});
    }
    const answer = page(keys, new URL(address, "http://vendor").searchParams);
    return answer ? json(response, 200, answer) : json(response, 400, { message: "The page is too small." });
  });
  return checkLive(
    { name: "acme", path: "/keys", operations: { list: { envelope: "/keys", ...list } } },
    url,
  );
}

const whole = (keys: readonly object[]) => ({ keys });

describe("a live check of a list without pages", () => {
  it("points out that it ends where a page would", async () => {
    const { good, told } = await tried(19, {}, whole);
    expect(told).toContain("? list: 20 keys, as many as vendors put on one page.");
    expect(good).toBe(true);
  });

  it("has nothing to say of any other number of keys, or where a cap is declared", async () => {
    expect((await tried(20, {}, whole)).told).not.toContain("? list");
    expect((await tried(19, { completeness: { cap: 50 } }, whole)).told).not.toContain("? list");
  });

  it("asks for one key where the query has a limit, and says what that means", async () => {
    const list: ListInput = { query: { limit: "100" } };
    const cut = await tried(2, list, (keys, query) => ({ keys: keys.slice(0, Number(query.get("limit"))) }));
    expect(cut.told).toContain(
      "? list: asked for one key, the vendor shows 1 of 3. A list longer than 100 keys is cut: declare the pagination.",
    );
    expect(cut.good).toBe(true);
    expect((await tried(2, list, whole)).told).toContain("list: asked for one key, the vendor shows all 3");
  });

  it("fails where the list says that there are more keys", async () => {
    const { good, told } = await tried(2, {}, (keys) => ({ keys, total: 40 }));
    expect(told).toContain("! list: The list of Acme keys");
    expect(good).toBe(false);
  });
});

describe("a live check of a list in pages", () => {
  const byPage: ListInput = {
    pagination: { style: "page", parameter: "page", sizeParameter: "limit", size: 100 },
  };
  const paged = (keys: readonly object[], query: URLSearchParams) => {
    const size = Number(query.get("limit"));
    const start = (Number(query.get("page")) - 1) * size;
    return { keys: keys.slice(start, start + size) };
  };

  it("reads it in pages of one key as well", async () => {
    const { good, told } = await tried(2, byPage, paged);
    expect(told).toContain("list: pages of one key lead to all 3 keys");
    expect(good).toBe(true);
  });

  it("fails where those do not lead to every key", async () => {
    const { good, told } = await tried(2, byPage, (keys, query) =>
      query.get("page") === "2" ? { keys: [] } : paged(keys, query),
    );
    expect(told).toContain("! list: pages of one key show 1 of 3 keys");
    expect(good).toBe(false);
  });

  it("asks for them in the list's own query where the pagination has no parameter for the size", async () => {
    const list: ListInput = {
      query: { limit: "100" },
      pagination: { style: "cursor", parameter: "cursor", next: "/next" },
    };
    const { good, told } = await tried(2, list, (keys, query) => {
      const end = Number(query.get("cursor") ?? 0) + Number(query.get("limit"));
      const next = end < keys.length ? String(end) : null;
      return { keys: keys.slice(end - Number(query.get("limit")), end), next };
    });
    expect(told).toContain("list: pages of one key lead to all 3 keys");
    expect(good).toBe(true);
  });

  it("is no worse for a vendor that refuses them", async () => {
    const { good, told } = await tried(2, byPage, (keys, query) =>
      query.get("limit") === "1" ? undefined : paged(keys, query),
    );
    expect(told).toContain("list: pages of one key were refused with HTTP 400");
    expect(good).toBe(true);
  });
});
