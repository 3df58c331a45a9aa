import { closeAll, json, serve } from "../../support/http/loopback";
import { beginPaged, refusal } from "../../support/lifecycle/pagedReader";
import { dialect } from "../../support/vendor/dialects";

afterEach(closeAll);

/** A list whose first page names this next one, in its way. */
async function naming(title: string, address: (listUrl: string) => string) {
  const { server, ids } = await beginPaged(dialect(title), 6);
  server.tell = ({ start, url }) => {
    if (start > 0) return {};
    const next = address(url);
    return title === "by Link header" ? { link: `<${next}>; rel="next"` } : { beside: { links: { next } } };
  };
  return { server, ids };
}

const query = "tag=a&tag=b+c&page=2";

describe.each(["by Link header", "by an address in the body"])(
  "the next page's address, told %s,",
  (title) => {
    it.each<[string, (listUrl: string) => string]>([
      ["absolute", (url) => `${url}?${query}`],
      ["a path", () => `/v1/keys?${query}`],
      ["a query", () => `?${query}`],
      ["relative", () => `./keys?${query}`],
      ["spelt with needless encoding", (url) => `${url.replace("keys", "%6beys")}?${query}`],
      ["followed by a fragment", (url) => `${url}?${query}#top`],
      ["of the same origin in capitals", (url) => `${url.replace("http:", "HTTP:")}?${query}`],
    ])("may be %s, and keeps its query unchanged", async (_, address) => {
      const { server, ids } = await naming(title, address);
      expect(await ids()).toEqual(server.ids);
      expect(server.requests).toEqual(["GET /v1/keys", `GET /v1/keys?${query}`]);
    });

    it("is refused at another origin, and no request, hence no credential, goes there", async () => {
      const elsewhere = await serve((response) => json(response, 200, { data: [] }));
      const { server, ids } = await naming(title, () => `${elsewhere.url}/v1/keys?${query}`);
      expect(await refusal(ids())).toContain(
        `names a next page at another origin, ${elsewhere.url}, so nothing can be concluded about a key that is not on it. ` +
          "Credentials go to the list's own address only.",
      );
      expect(elsewhere.received).toEqual([]);
      expect(server.requests).toHaveLength(1);
    });

    it.each<[string, (listUrl: string) => string, string]>([
      ["another scheme", (url) => `${url.replace("http:", "https:")}?${query}`, "another origin, https://"],
      ["a scheme that is none of the web's", () => `data:text/plain,${query}`, "another origin, null"],
      [
        "another host without a scheme",
        () => `//evil.example/v1/keys?${query}`,
        "another origin, http://evil.example",
      ],
      [
        "a host that begins like the list's",
        (url) => `${url.replace("/v1", ".evil.example/v1")}?${query}`,
        "something that is no address",
      ],
      ["another path", () => `/v1/secrets?${query}`, "another path"],
      ["a path below the list's", (url) => `${url}/2?${query}`, "another path"],
      ["a path above the list's", (url) => `${url}/..?${query}`, "another path"],
      ["a path that encodes a slash", (url) => `${url.replace("/keys", "%2Fkeys")}?${query}`, "another path"],
      ["a path that cannot be decoded", (url) => `${url}%ff?${query}`, "another path"],
      ["what is no address", () => "http://[", "something that is no address"],
    ])("is refused where it is %s", async (_, address, problem) => {
      const { server, ids } = await naming(title, address);
      expect(await refusal(ids())).toContain(problem);
      expect(server.requests).toHaveLength(1);
    });
  },
);

describe("a Link header", () => {
  const told = async (link: string) => {
    const { server, ids } = await beginPaged(dialect("by Link header"), 6);
    server.tell = ({ start }) => (start > 0 ? {} : { link });
    return { server, ids };
  };

  it("may name the same next page twice", async () => {
    const { server, ids } = await told(`<?${query}>; rel=next, </v1/keys?${query}>; rel="next"`);
    expect(await ids()).toEqual(server.ids);
  });

  it("that names several next pages is an error", async () => {
    const { ids } = await told(`<?${query}>; rel=next, <?page=3>; rel=next`);
    expect(await refusal(ids())).toContain("names several next pages");
  });

  it("that cannot be read is an error, whatever the pagination: it may name a next page", async () => {
    const { ids } = await told(`?${query}; rel=next`);
    expect(await refusal(ids())).toContain("has a Link header that cannot be read");
    const paged = await beginPaged(dialect("by page, until an empty one"), 0);
    paged.server.tell = () => ({ link: "page 2" });
    expect(await refusal(paged.ids())).toContain("has a Link header that cannot be read");
  });
});

describe("constants in a list's query", () => {
  const active = { status: "active & well" };

  it.each([
    ["by cursor", "GET /v1/keys?status=active%20%26%20well"],
    ["by page, until an empty one", "GET /v1/keys?status=active%20%26%20well&page=1"],
  ])("go with every page when it comes %s", async (title, first) => {
    const { server, ids } = await beginPaged(dialect(title), 20, active);
    expect(await ids()).toEqual(server.ids);
    expect(server.requests[0]).toBe(first);
    expect(server.requests.every((request) => request.includes("status=active%20%26%20well"))).toBe(true);
  });

  it("go with the first page only where the vendor names the address of the next", async () => {
    const { server, ids } = await beginPaged(dialect("by Link header"), 6, active);
    expect(await ids()).toEqual(server.ids);
    expect(server.requests).toEqual(["GET /v1/keys?status=active%20%26%20well", `GET /v1/keys?${query}`]);
  });

  it("go with a list that comes whole", async () => {
    const { server, ids } = await beginPaged({ ...dialect("by cursor"), pagination: undefined }, 2, active);
    server.tell = () => ({});
    expect(await ids()).toEqual(server.ids);
    expect(server.requests).toEqual(["GET /v1/keys?status=active%20%26%20well"]);
  });
});
