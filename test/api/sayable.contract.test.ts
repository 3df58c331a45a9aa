import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { examine } from "../../provider/definition/examine";
import { problemText } from "../../provider/definition/registry";
import { closeAll, json, serve } from "../support/http/loopback";
import { parse } from "../support/vendor/definitions";
import { overHttp } from "../support/vendor/overHttp";

afterEach(closeAll);

const prod = { name: "prod", credentials: { token: "t" }, policy: { attempts: 1 }, listLagMs: 0 } as const;

it("the id of a new key can come from the Location header", async () => {
  const { url } = await serve((response) => json(response, 201, { value: "v" }, { location: "/keys/k7" }));
  const id = { wire: { created: { header: "Location", part: "[^/]+$" }, read: "id" } };
  const vendor = overHttp(parse({ name: "acme", path: "/keys", fields: { id } }), {
    ...prod,
    baseUrl: new URL(url),
  });
  expect(await vendor.create({}, { name: "ci" })).toMatchObject({ id: "k7", value: "v" });
});

it("a value can come as bare text, with the id in a header", async () => {
  const { url } = await serve((response) => {
    response.writeHead(201, { "content-type": "text/plain; charset=utf-8", location: "/keys/k7" });
    response.end("secret-value-of-k7\n");
  });
  const fields = {
    id: { wire: { created: { header: "Location", part: "[^/]+$" }, read: "id" } },
    value: { wire: { created: { body: "" } } },
  };
  const vendor = overHttp(parse({ name: "acme", path: "/keys", fields }), { ...prod, baseUrl: new URL(url) });
  expect(await vendor.create({}, { name: "ci" })).toMatchObject({ id: "k7", value: "secret-value-of-k7" });
});

it("a create that fails is called by the key's name, or by none where keys have none", async () => {
  const { url } = await serve((response) => json(response, 400, { message: "No." }));
  const said = (fields: ServiceDefinitionInput["fields"], inputs: object) =>
    overHttp(parse({ name: "acme", path: "/keys", fields }), { ...prod, baseUrl: new URL(url) })
      .create({}, { ...inputs })
      .catch(({ message }) => message);
  expect(await said({}, { name: "ci" })).toMatch(/^Acme did not create API key "ci" /);
  expect(await said({ name: null }, {})).toMatch(/^Acme did not create an API key /);
});

it("a page for people is no value, whatever is asked", async () => {
  const { url } = await serve((response) => {
    response.writeHead(200, { "content-type": "text/html", location: "/keys/k7" });
    response.end("<h1>Welcome</h1>");
  });
  const fields = { value: { wire: { created: { body: "" } } } };
  const vendor = overHttp(parse({ name: "acme", path: "/keys", fields }), { ...prod, baseUrl: new URL(url) });
  await expect(vendor.create({}, { name: "ci" })).rejects.toThrow("without the key's value");
});

describe("a credential that create asks for once more", () => {
  const auth = { scheme: "basic" } as const;
  const definition = (create: object) => ({
    ...{ name: "acme", path: "/keys", auth, fields: { username: {} } },
    operations: { create },
  });

  it("comes from the connection, and a field of such a name goes before it", async () => {
    const { received, url } = await serve((response) => json(response, 201, { id: "k1", value: "v" }));
    const create = { body: { current_password: "{password}", owner: "{username}" } };
    const fields = { username: { input: "optional" } } as const;
    const vendor = overHttp(parse({ ...definition(create), fields }), {
      ...prod,
      credentials: { username: "u", password: "p" },
      baseUrl: new URL(url),
    });
    await vendor.create({}, { name: "ci" });
    expect(JSON.parse(received[0]?.body ?? "")).toEqual({ current_password: "p", name: "ci" });
  });

  it("cannot stand where servers log it", () => {
    const problems = examine(definition({ path: "/keys/{password}", query: { q: "{password}" } })).problems;
    expect((problems ?? []).map(problemText)).toEqual([
      expect.stringContaining("/operations/create/path: {password} is no variable here"),
      expect.stringContaining("/operations/create/query/q: {password} is no variable here"),
    ]);
  });
});

describe("a key that the vendor makes in the background", () => {
  const definition = parse({
    name: "acme",
    path: "/keys",
    fields: { value: "secret", id: { wire: { created: "job", rotated: "id", read: "id", listed: "id" } } },
    operations: {
      create: {},
      reveal: {
        method: "GET",
        path: "/jobs/{keyId}",
        envelope: "/key",
        until: { at: "/state", equals: "done" },
      },
    },
  });
  const vendorWith = async (looks: number) => {
    let jobs = 0;
    const { url, received } = await serve((response, { method }) => {
      if (method === "POST") return json(response, 202, { job: "j1" });
      const isDone = ++jobs > looks;
      json(response, 200, isDone ? { state: "done", key: { id: "k1", secret: "v" } } : { state: "running" });
    });
    return { received, vendor: overHttp(definition, { ...prod, baseUrl: new URL(url) }) };
  };

  it("is waited for, and known by the id that it has in the end", async () => {
    const { vendor, received } = await vendorWith(2);
    expect(await vendor.create({}, { name: "ci" })).toMatchObject({ id: "k1", value: "v" });
    expect(received.map(({ url }) => url)).toEqual(["/keys", "/jobs/j1", "/jobs/j1", "/jobs/j1"]);
  });

  it("may exist where its value has not come in time", async () => {
    const { vendor } = await vendorWith(9);
    await expect(vendor.create({}, { name: "ci" })).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
  });
});

it("an expiry can be told as a lifetime that counts from the creation", async () => {
  const createdAt = "2026-06-01T12:00:00Z";
  const { url } = await serve((response) =>
    json(response, 200, [
      { id: "k1", createdAt, ttl: 3600 },
      { id: "k2", createdAt, ttl: null },
      { id: "k3", createdAt, ttl: 1e18 },
      { id: "k4", ttl: 3600 },
    ]),
  );
  const expiresAt = { wire: "ttl", as: "lifetime-seconds", countsFrom: "createdAt" } as const;
  const vendor = overHttp(parse({ name: "acme", path: "/keys", fields: { createdAt: {}, expiresAt } }), {
    ...prod,
    baseUrl: new URL(url),
  });
  const keys = await vendor.list?.({}, "fresh");
  expect(keys?.map(({ fields }) => fields.expiresAt)).toEqual([
    "2026-06-01T13:00:00Z",
    null,
    null,
    undefined,
  ]);
});

it("a logout is refused with the reason", () => {
  const login = {
    scheme: "login",
    login: { path: "/login" },
    accessToken: "token",
    logout: { path: "/logout" },
  };
  const problems = examine({ name: "acme", path: "/keys", auth: login }).problems ?? [];
  expect(problems.map(problemText)).toEqual([
    expect.stringContaining("/auth/logout: there is no logout: the engine ends a provider without notice"),
  ]);
});

describe("an update that the vendor refuses because a field cannot be removed", () => {
  it.each([
    ["PUT", "left out note", 'sends: "changed"'],
    ["PATCH", "sent null for note", 'sends: "all"'],
  ] as const)("says what can be done: %s", async (method, did, remedy) => {
    const { url } = await serve((response) => json(response, 400, { message: "note is required" }));
    const fields = { note: { input: "optional" } } as const;
    const operations = { update: { method, fields: ["note"] } };
    const vendor = overHttp(parse({ name: "acme", path: "/keys", fields, operations }), {
      ...prod,
      baseUrl: new URL(url),
    });
    const refused = await vendor
      .update?.({}, { keyId: "k1", name: "ci", note: "n" }, { name: "ci" }, ["note"])
      .catch(({ message }) => message);
    expect(refused).toContain(`The request ${did}, which the program no longer sets.`);
    expect(refused).toContain("set note to what it is to be");
    expect(refused).toContain(remedy);
  });
});

it('a list can end with a next link that says results="false"', async () => {
  const { received, url } = await serve((response, { url: address }) => {
    const isLast = address.includes("cursor=2");
    const link = `<${url}/keys?cursor=${isLast ? 3 : 2}>; rel="next"; results="${!isLast}"`;
    json(response, 200, [{ id: isLast ? "k2" : "k1" }], { link });
  });
  const operations = { list: { pagination: { style: "link" } } } as const;
  const vendor = overHttp(parse({ name: "acme", path: "/keys", operations }), {
    ...prod,
    baseUrl: new URL(url),
  });
  expect((await vendor.list?.({}, "fresh"))?.map(({ id }) => id)).toEqual(["k1", "k2"]);
  expect(received).toHaveLength(2);
});

it("identify with reveal is refused: the value could not be asked for", () => {
  const operations = {
    create: { identify: "name" },
    reveal: { method: "GET", path: "/keys/{keyId}/secret" },
  };
  expect((examine({ name: "acme", path: "/keys", operations }).problems ?? []).map(problemText)).toEqual([
    "/operations/create/identify: cannot go with reveal, which asks for the value by the id that the response to create has to hold",
  ]);
});
