import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { createAndFind } from "../../provider/lifecycle/steps/createAndFind";
import { closeAll, failure, json, type Received, serve } from "../support/http/loopback";
import { ModelWorld } from "../support/lifecycle/world";
import { parse } from "../support/vendor/definitions";
import { overHttp } from "../support/vendor/overHttp";

afterEach(closeAll);

type Operations = NonNullable<ServiceDefinitionInput["operations"]>;
type Answer = readonly [status: number, body?: unknown, headers?: Record<string, string>];

const gone = [404, { message: "There is no such key." }] as const;

/** A vendor of these operations that answers by a table of method and address; a list of answers is used up in turn. */
async function vendorOf(
  operations: Operations,
  table: Record<string, Answer | Answer[]>,
  others: Partial<ServiceDefinitionInput> = {},
  listLagMs = 0,
) {
  const { received, url } = await serve((response, { method, url: address }) => {
    const entry = table[`${method} ${address}`] ?? [500, {}];
    const [status, body, headers] = (
      Array.isArray(entry[0]) ? (entry.length > 1 ? (entry as Answer[]).shift() : entry[0]) : entry
    ) as Answer;
    if (typeof body === "object") return json(response, status, body, headers);
    return response.writeHead(status, headers).end(body);
  });
  const definition = parse({
    name: "acme",
    path: "/keys",
    operations,
    errors: [{ message: "/message" }],
    ...others,
  });
  const vendor = overHttp(definition, {
    name: "prod",
    baseUrl: new URL(url),
    credentials: { token: "t" },
    policy: { attempts: 1 },
    listLagMs,
  });
  return { vendor, definition, listLagMs, received, sent: () => received.map(spelt) };
}

/** The key of a create, as the lifecycle finds it where the response does not tell its id. */
function finder({ vendor, definition, listLagMs }: Awaited<ReturnType<typeof vendorOf>>) {
  const operation = new ModelWorld(definition);
  const service = { definition };
  const place = { definition, connection: "prod", vendor, pathParameters: {}, listLagMs, label: "Acme key" };
  return async (fields: Readonly<Record<string, string>>) => {
    const inputs = { service, connection: "prod", pathParameters: {}, fields };
    return (await createAndFind(operation, place, inputs, [])).key;
  };
}

function spelt({ method, url, body }: Received): string {
  return `${method} ${url}${body === "" ? "" : ` ${body}`}`;
}

describe("a revocation", () => {
  const two = { revoke: { method: "POST", path: "/keys/{keyId}/revoke" }, remove: {} } as const;

  it("in two steps sends both requests", async () => {
    const { vendor, sent } = await vendorOf(two, {
      "POST /keys/1/revoke": [200, {}],
      "DELETE /keys/1": [204],
    });
    expect(await vendor.revoke({}, "1", "ci")).toBe("revoked");
    expect(sent()).toEqual(["POST /keys/1/revoke", "DELETE /keys/1"]);
  });

  it("in two steps also deletes a key that the first refuses because it is revoked already", async () => {
    const { vendor } = await vendorOf(two, {
      "POST /keys/1/revoke": [409, { message: "It is revoked." }],
      "DELETE /keys/1": [204],
    });
    expect(await vendor.revoke({}, "1", "ci")).toBe("revoked");
  });

  it("in two steps reports why the first was refused when the second has no effect", async () => {
    const { vendor } = await vendorOf(two, {
      "POST /keys/1/revoke": [409, { message: "It is in use." }],
      "DELETE /keys/1": [404, {}],
    });
    expect((await failure(vendor.revoke({}, "1", "ci"))).message).toContain("It is in use.");
  });

  it("that fails is told of with the id once, also of a key without a name", async () => {
    const { vendor } = await vendorOf({ revoke: {} }, { "DELETE /keys/1": [403, { message: "No." }] });
    expect((await failure(vendor.revoke({}, "1", "ci"))).message).toContain(
      'revoke API key "ci" (1) (connection',
    );
    expect((await failure(vendor.revoke({}, "1", "1"))).message).toContain('revoke API key "1" (connection');
  });

  it("in two steps stops after a 401: nothing was revoked", async () => {
    const { vendor, sent } = await vendorOf(two, {
      "POST /keys/1/revoke": [403, { message: "No." }],
      "DELETE /keys/1": [204],
    });
    await failure(vendor.revoke({}, "1", "ci"));
    expect(sent()).toEqual(["POST /keys/1/revoke"]);
  });

  it("by a field that is set, with the id as a number in the body", async () => {
    const revoke = { method: "POST", path: "/update", body: { id: "{keyId}", active: false } } as const;
    const { vendor, sent } = await vendorOf(
      { revoke },
      { "POST /update": [200, {}] },
      { fields: { id: { type: "integer" } } },
    );
    expect(await vendor.revoke({}, "7", "ci")).toBe("revoked");
    expect(sent()).toEqual(['POST /update {"id":7,"active":false}']);
  });

  it.each<[string, Operations["revoke"], Answer, string]>([
    ["the vendor's own 404", {}, gone, "absent"],
    ["a 404 that may be anyone's", {}, [404, {}], "unproven"],
    [
      "a code in a 200",
      { notFound: { status: 200, at: "/code", equals: 404 } },
      [200, { code: 404 }],
      "absent",
    ],
    ["a success by its body", { success: { at: "/ok", equals: true } }, [200, { ok: true }], "revoked"],
    ["a success without a body", { success: { status: 204 } }, [204], "revoked"],
    ["a login page", {}, [200, "<html>", { "content-type": "text/html" }], "unproven"],
    [
      "a login page where a success is any 200",
      { success: { status: 200 } },
      [200, "<html>", { "content-type": "text/html" }],
      "unproven",
    ],
    [
      "a mere OK that is declared to be a success",
      { success: { status: 200 } },
      [200, "OK", { "content-type": "text/plain" }],
      "revoked",
    ],
  ])("with %s as its response has the expected outcome", async (_, revoke, answer, outcome) => {
    const { vendor } = await vendorOf({ revoke }, { "DELETE /keys/1": answer });
    expect(await vendor.revoke({}, "1", "ci")).toBe(outcome);
  });

  it("with a success status and a body that reports a failure is refused", async () => {
    const revoke = { success: { at: "/ok", equals: true } };
    const { vendor } = await vendorOf(
      { revoke },
      { "DELETE /keys/1": [200, { ok: false, message: "Not yours." }] },
    );
    expect((await failure(vendor.revoke({}, "1", "ci"))).message).toContain("Not yours.");
  });

  it.each<[string, unknown, string]>([
    ["is still there", [{ id: "1", active: true }], "unproven"],
    ["is there, but ended", [{ id: "1", active: false }], "revoked"],
    ["is gone", [], "absent"],
  ])("whose success proves nothing is confirmed by reading the key: the key %s", async (_, body, outcome) => {
    const fields = { active: {} };
    const { vendor } = await vendorOf(
      { revoke: { verify: true } },
      { "DELETE /keys/1": [200, {}], "GET /keys": [200, body] },
      { fields },
    );
    expect(await vendor.revoke({}, "1", "ci")).toBe(outcome);
  });
});

describe("a create whose response has no id", () => {
  const posted = { "POST /keys": [201, { value: "secret-value-1" }] } as const;
  const lists = (...bodies: unknown[]) => ({
    ...posted,
    "GET /keys": bodies.map((body) => [200, body] as Answer),
  });

  it("finds it in the list as the only new one", async () => {
    const create = finder(
      await vendorOf(
        { create: { identify: "new" } },
        lists([{ id: "1" }], [{ id: "1" }, { id: "2", name: "ci" }]),
      ),
    );
    expect(await create({ name: "ci" })).toMatchObject({
      id: "2",
      value: "secret-value-1",
      fields: { name: "ci" },
    });
  });

  it("finds it by its name among several new ones", async () => {
    const create = finder(
      await vendorOf(
        { create: { identify: "name" } },
        lists(
          [],
          [
            { id: "1", name: "theirs" },
            { id: "2", name: "ci" },
          ],
        ),
      ),
    );
    expect(await create({ name: "ci" })).toMatchObject({ id: "2" });
  });

  it("does not guess between two new ones", async () => {
    const create = finder(
      await vendorOf({ create: { identify: "new" } }, lists([], [{ id: "1" }, { id: "2" }])),
    );
    expect(await failure(create({ name: "ci" }))).toMatchObject({ code: "ORPHAN_SUSPECTED" });
  });

  it("does not take the only new key where it is to be found by a name that the list lacks", async () => {
    const create = finder(await vendorOf({ create: { identify: "name" } }, lists([], [{ id: "1" }])));
    expect(await failure(create({ name: "ci" }))).toMatchObject({ code: "ORPHAN_SUSPECTED" });
  });

  it("waits for a list that lags, and then says that it is not known", async () => {
    const late = finder(
      await vendorOf({ create: { identify: "new" } }, lists([], [], [], [{ id: "2" }]), {}, 8_000),
    );
    expect(await late({ name: "ci" })).toMatchObject({ id: "2" });
    const never = finder(await vendorOf({ create: { identify: "new" } }, lists([]), {}, 8_000));
    expect(await failure(never({ name: "ci" }))).toMatchObject({
      code: "ORPHAN_SUSPECTED",
    });
  });

  it("reports a possible orphan when the list cannot be read afterwards: the key exists", async () => {
    const table = {
      ...posted,
      "GET /keys": [
        [200, []],
        [403, { message: "No." }],
      ] as Answer[],
    };
    const create = finder(await vendorOf({ create: { identify: "new" } }, table));
    expect(await failure(create({ name: "ci" }))).toMatchObject({ code: "ORPHAN_SUSPECTED" });
  });

  it("runs one at a time: of two at once, each would see the other's key as new", async () => {
    const bench = await vendorOf(
      { create: { identify: "new" } },
      lists([], [{ id: "1" }], [{ id: "1" }], [{ id: "1" }, { id: "2" }]),
    );
    const create = finder(bench);
    const made = await Promise.all([create({ name: "a" }), create({ name: "b" })]);
    expect(made.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(bench.sent().filter((request) => request.startsWith("POST"))).toHaveLength(2);
  });

  it("has an unknown outcome when the definition does not say how to find the key", async () => {
    const { vendor } = await vendorOf({}, { ...posted });
    expect(await failure(vendor.create({}, { name: "ci" }))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
  });
});

describe("a read after a create", () => {
  it("adds the fields that the response lacked, and keeps the value when it fails", async () => {
    const operations = { create: { verify: true }, get: {} } as const;
    const fields = { prefix: {} };
    const answer = [201, { id: "1", value: "secret-value-1" }] as const;
    const seen = await vendorOf(
      operations,
      { "POST /keys": answer, "GET /keys/1": [200, { id: "1", prefix: "sec" }] },
      { fields },
    );
    expect(await seen.vendor.create({}, { name: "ci" })).toMatchObject({
      value: "secret-value-1",
      fields: { prefix: "sec" },
    });
    const unseen = await vendorOf(operations, { "POST /keys": answer, "GET /keys/1": [403, {}] }, { fields });
    expect(await unseen.vendor.create({}, { name: "ci" })).toMatchObject({
      id: "1",
      value: "secret-value-1",
    });
  });
});

describe("an update", () => {
  const fields = {
    scopes: { type: "strings", input: "optional" },
    limit: { type: "integer", input: "optional" },
  } as const;
  const known = { keyId: "1", name: "ci", scopes: ["a"], limit: 5 };
  const asked = { name: "ci", scopes: ["b"] };
  const run = async (
    update: Operations["update"],
    table: Record<string, Answer>,
    changed = ["scopes", "limit"],
    more: Operations = {},
  ) => {
    const { vendor, sent } = await vendorOf({ update, ...more } as Operations, table, { fields });
    return { key: await vendor.update?.({}, known, asked, changed), sent: sent() };
  };

  it("by PATCH sends what has changed, and null for what the program no longer sets", async () => {
    const { key, sent } = await run({}, { "PATCH /keys/1": [200, { id: "1", scopes: ["b"] }] });
    expect(sent).toEqual(['PATCH /keys/1 {"scopes":["b"],"limit":null}']);
    expect(key).toEqual({ id: "1", fields: { scopes: ["b"] } });
  });

  it("by PUT sends everything that the program has ever set", async () => {
    const { sent } = await run({ method: "PUT" }, { "PUT /keys/1": [200, {}] }, ["scopes"]);
    expect(sent).toEqual(['PUT /keys/1 {"name":"ci","scopes":["b"]}']);
  });

  it("sends a request for each part that has changed, and none for the others", async () => {
    const update: Operations["update"] = [
      { path: "/keys/{keyId}/scopes", fields: ["scopes"] },
      { path: "/keys/{keyId}/limit", fields: ["limit"] },
      {},
    ];
    const { sent } = await run(update, {
      "PATCH /keys/1/scopes": [204],
      "PATCH /keys/1/limit": [204],
    });
    expect(sent).toEqual(['PATCH /keys/1/scopes {"scopes":["b"]}', 'PATCH /keys/1/limit {"limit":null}']);
  });

  it("ignores a response that is about another key", async () => {
    expect((await run({}, { "PATCH /keys/1": [200, { id: "2", scopes: ["z"] }] })).key).toBeUndefined();
  });

  it("of a missing key that the vendor answers with 200 is noticed by reading the key", async () => {
    const table = { "PATCH /keys/1": [200, {}], "GET /keys/1": gone } as Record<string, Answer>;
    expect((await failure(run({ verify: true }, table, ["scopes"], { get: {} }))).message).toContain(
      "has no such key",
    );
  });
});

describe("a rotation by the vendor", () => {
  const rotated = async (body: unknown) => {
    const { vendor } = await vendorOf({ rotate: {} }, { "POST /keys/1/rotate": [200, body] });
    return vendor.rotate?.({}, { keyId: "1", name: "ci" }, { name: "ci" });
  };

  it("keeps the id when the response has none, and takes a new one when it has", async () => {
    expect(await rotated({ value: "secret-value-2" })).toMatchObject({ id: "1", value: "secret-value-2" });
    expect(await rotated({ id: "9", value: "secret-value-2" })).toMatchObject({ id: "9" });
  });

  it("without a value in the response has an unknown outcome", async () => {
    expect(await failure(rotated({}))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
  });

  it("can return the value in a place of its own, even as the whole of a part of the response", async () => {
    const value = { wire: { created: "value", rotated: { body: "/result" } } };
    const { vendor } = await vendorOf(
      { rotate: {} },
      { "POST /keys/1/rotate": [200, { result: "secret-value-2" }] },
      { fields: { value } },
    );
    const rotated = await vendor.rotate?.({}, { keyId: "1", name: "ci" }, { name: "ci" });
    expect(rotated).toMatchObject({ id: "1", value: "secret-value-2" });
  });
});

describe("a list", () => {
  const only = { at: "/type", equals: "key" };

  it("in pages goes on after a page that holds no keys: later pages may", async () => {
    const pagination = { style: "offset", parameter: "skip", sizeParameter: "take", size: 2 } as const;
    const pages = {
      0: [
        { id: "u", type: "user" },
        { id: "v", type: "user" },
      ],
      2: [{ id: "1", type: "key" }],
    };
    const table = Object.fromEntries(
      Object.entries(pages).map(([skip, body]) => [`GET /keys?take=2&skip=${skip}`, [200, body] as Answer]),
    );
    const { vendor } = await vendorOf({ list: { only, pagination } }, table);
    expect((await vendor.list?.({}, "fresh"))?.map(({ id }) => id)).toEqual(["1"]);
  });

  it("asks for pages in its body where the vendor reads them there", async () => {
    const list = {
      method: "POST",
      path: "/search",
      body: { type: "key" },
      envelope: "/keys",
      pagination: { style: "cursor", in: "body", parameter: "after", next: "/next" },
    } as const;
    const table = {
      "POST /search": [
        [200, { keys: [{ id: "1" }], next: "c2" }],
        [200, { keys: [{ id: "2" }] }],
      ] as Answer[],
    };
    const { vendor, sent } = await vendorOf({ list }, table);
    expect(await vendor.list?.({}, "fresh")).toHaveLength(2);
    expect(sent()).toEqual(['POST /search {"type":"key"}', 'POST /search {"type":"key","after":"c2"}']);
  });

  it("ends where its total says so, which counts what are no keys of this kind as well", async () => {
    const list = {
      envelope: "/keys",
      only: { at: "/type", equals: "key" },
      pagination: { style: "page", parameter: "page", totalItems: "/total" },
    } as const;
    const items = [{ id: "1", type: "key" }, { type: "user" }, { id: "2", type: "key" }];
    const { vendor, sent } = await vendorOf(
      { list },
      { "GET /keys?page=1": [200, { keys: items, total: 3 }] },
    );
    expect((await vendor.list?.({}, "fresh"))?.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(sent()).toHaveLength(1);
  });

  it("whose pages are found in the body is no whole list where the Link header names another page", async () => {
    const list = { envelope: "/keys", pagination: { style: "link", next: "/next" } } as const;
    const link = { link: '<?page=2>; rel="next"' };
    const { vendor } = await vendorOf({ list }, { "GET /keys": [200, { keys: [], next: null }, link] });
    expect((await failure(vendor.list?.({}, "fresh") as Promise<unknown>)).message).toContain(
      "shows that there is more after page 1",
    );
  });

  it("is believed in spite of its total where totals are declared to lie", async () => {
    const table = { "GET /keys": [200, { keys: [{ id: "1" }], total: 9 }] } as Record<string, Answer>;
    const lying = await vendorOf({ list: { envelope: "/keys" } }, table);
    await failure(lying.vendor.list?.({}, "fresh") as Promise<unknown>);
    const ignored = await vendorOf({ list: { envelope: "/keys", completeness: "uncounted" } }, table);
    expect(await ignored.vendor.list?.({}, "fresh")).toHaveLength(1);
  });

  it("answered with the error for a missing key is an error, and not an empty list", async () => {
    const { vendor } = await vendorOf({}, { "GET /keys": gone }, { notFound: { status: 404 } });
    await failure(vendor.list?.({}, "fresh") as Promise<unknown>);
  });

  it("answered with the error that the definition declares for an empty list is empty", async () => {
    const { vendor } = await vendorOf({ list: { notFound: { status: 404 } } }, { "GET /keys": gone });
    expect(await vendor.list?.({}, "fresh")).toEqual([]);
  });
});

describe("a request that could reach another key than the intended one", () => {
  const byValue = {
    name: null,
    id: { wire: { field: "value", digest: true } },
    value: { wire: { created: "key", listed: "value" } },
  } as const;
  const operations = {
    revoke: { method: "POST", path: "/keys/delete", body: { secret: "{value}" } },
  } as const;

  it("is not sent when the field that identifies the key is unknown", async () => {
    const { vendor, sent } = await vendorOf(
      operations,
      { "GET /keys": [200, []], "POST /keys/delete": [200, {}] },
      { fields: byValue },
    );
    expect((await failure(vendor.revoke({}, "0123", "ci"))).message).toMatch(
      /names the key by value, which is not known/,
    );
    expect(sent()).toEqual(["GET /keys"]);
  });

  it("may identify the key by its value from the list, which is stored nowhere", async () => {
    const { vendor, sent } = await vendorOf(
      operations,
      { "GET /keys": [200, [{ value: "canary-value-of-a-key" }]], "POST /keys/delete": [200, {}] },
      { fields: byValue },
    );
    const [key] = (await vendor.list?.({}, "fresh")) ?? [];
    expect(JSON.stringify(key)).not.toContain("canary");
    expect(await vendor.revoke({}, String(key?.id), "ci")).toBe("revoked");
    expect(sent().at(-1)).toBe('POST /keys/delete {"secret":"canary-value-of-a-key"}');
  });
});

describe("a declared condition without a status", () => {
  const success = { at: "/error", exists: false } as const;

  it.each([401, 403, 429, 500, 503])(
    "does not take a response with status %d for a success",
    async (status) => {
      const { vendor } = await vendorOf({ revoke: { success } }, { "DELETE /keys/1": [status, { ok: 1 }] });
      expect(await failure(vendor.revoke({}, "1", "ci"))).toBeInstanceOf(Error);
    },
  );

  it.each([401, 403, 429, 500])(
    "takes no answer under %d for the word that there is no such key",
    async (status) => {
      const get = { notFound: { at: "/key", exists: false } } as const;
      const { vendor } = await vendorOf({ list: null, get }, { "GET /keys/1": [status, {}] });
      expect(await failure(vendor.get?.({}, "1") ?? Promise.resolve())).toBeInstanceOf(Error);
    },
  );

  it("does not take an HTML page for an empty list", async () => {
    const { vendor } = await vendorOf(
      { list: { notFound: { status: 404 } } },
      { "GET /keys": [404, "<html>no such site</html>", { "content-type": "text/html" }] },
    );
    expect(await failure(vendor.list?.({}, "fresh") ?? Promise.resolve())).toBeInstanceOf(Error);
  });
});

describe("a create with a 2xx status other than the declared one", () => {
  const success = { status: 201 } as const;

  it("may have created a key, so it does not count as refused", async () => {
    const { vendor } = await vendorOf(
      { create: { success } },
      { "POST /keys": [200, { id: "1", value: "secret-value-1" }] },
    );
    expect(await failure(vendor.create({}, { name: "ci" }))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
  });

  it("has created none when the vendor's error says so", async () => {
    const { vendor } = await vendorOf(
      { create: { success } },
      { "POST /keys": [200, { message: "No room." }] },
    );
    expect(await failure(vendor.create({}, { name: "ci" }))).toMatchObject({ code: "HTTP_PROBLEM" });
  });
});

describe("a value that a second request returns", () => {
  const operations = { reveal: { path: "/keys/{keyId}/reveal" }, rotate: {} } as const;
  const revealing = { "POST /keys/1/reveal": [200, { value: "secret-value-2" }] } as const;

  it("is requested by id, and replaces a masked value in the first response", async () => {
    const { vendor, sent } = await vendorOf(operations, {
      "POST /keys": [201, { id: "1", value: "****" }],
      ...revealing,
    });
    expect(await vendor.create({}, { name: "ci" })).toMatchObject({ id: "1", value: "secret-value-2" });
    expect(sent().map((request) => request.split(" ").slice(0, 2).join(" "))).toEqual([
      "POST /keys",
      "POST /keys/1/reveal",
    ]);
  });

  it("is requested after a rotation whose response has none", async () => {
    const { vendor } = await vendorOf(operations, { "POST /keys/1/rotate": [200, {}], ...revealing });
    const rotated = await vendor.rotate?.({}, { keyId: "1", name: "ci" }, { name: "ci" });
    expect(rotated).toMatchObject({ id: "1", value: "secret-value-2" });
  });

  it("leaves the outcome unknown when its request is refused: the key exists", async () => {
    const { vendor } = await vendorOf(operations, {
      "POST /keys": [201, { id: "1" }],
      "POST /keys/1/reveal": [403, { message: "No." }],
    });
    expect(await failure(vendor.create({}, { name: "ci" }))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
  });
});

it("a part of the value is not read from later responses, which may mask it", async () => {
  const { vendor } = await vendorOf(
    {},
    {
      "GET /keys": [200, [{ id: "1", value: "****************" }]],
      "POST /keys": [201, { id: "1", value: "secret-value-1" }],
    },
    { fields: { prefix: { wire: { field: "value", part: "^.{6}" } } } },
  );
  expect((await vendor.create({}, { name: "ci" })).fields.prefix).toBe("secret");
  expect(await vendor.list?.({}, "fresh")).toEqual([{ id: "1", fields: {} }]);
});

it("a colleague's key that appears first is not taken for the new key", async () => {
  const fields = { scope: { input: "optional" } } as const;
  const create = finder(
    await vendorOf(
      { create: { identify: "new" } },
      {
        "POST /keys": [201, { value: "secret-value-1" }],
        "GET /keys": [
          [200, []],
          [200, [{ id: "9", name: "colleague", scope: "all" }]],
        ],
      },
      { fields },
    ),
  );
  expect(await failure(create({ name: "ci", scope: "read" }))).toMatchObject({
    code: "ORPHAN_SUSPECTED",
  });
});

describe("a list that shows at most a fixed number of keys", () => {
  const list = { completeness: { cap: 2 } } as const;

  it("proves a key absent while it shows fewer", async () => {
    const { vendor } = await vendorOf({ list }, { "GET /keys": [200, [{ id: "1" }]] });
    const keys = (await vendor.list?.({}, "fresh")) ?? [];
    expect(await vendor.completeList?.({}, keys)).toEqual(keys);
  });

  it("proves nothing when it is full", async () => {
    const { vendor } = await vendorOf({ list }, { "GET /keys": [200, [{ id: "1" }, { id: "2" }]] });
    const keys = (await vendor.list?.({}, "fresh")) ?? [];
    expect((await failure(vendor.completeList?.({}, keys) ?? Promise.resolve())).message).toContain(
      "is full with 2 keys, which is all that it ever shows",
    );
  });
});

it("a revocation that takes effect late is checked again before it counts as unproven", async () => {
  const { vendor } = await vendorOf(
    { revoke: { verify: true } },
    {
      "DELETE /keys/1": [204],
      "GET /keys": [
        [200, [{ id: "1" }]],
        [200, [{ id: "1" }]],
        [200, []],
      ],
    },
    {},
    8_000,
  );
  expect(await vendor.revoke({}, "1", "ci")).toBe("absent");
});

it("a request that sends the whole key leaves out fields that the program no longer sets", async () => {
  const { vendor, sent } = await vendorOf(
    { update: { method: "PUT" } },
    { "PUT /keys/1": [200, {}] },
    { fields: { note: { input: "optional" }, limit: { type: "integer", input: "optional" } } },
  );
  await vendor.update?.({}, { keyId: "1", name: "ci", limit: 5 }, { name: "ci", note: "n" }, ["limit"]);
  expect(sent()).toEqual(['PUT /keys/1 {"name":"ci","note":"n"}']);
});
