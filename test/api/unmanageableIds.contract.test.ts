import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { closeAll, json, serve } from "../support/http/loopback";
import { failure } from "../support/lifecycle/modelEngine";
import { parse } from "../support/vendor/definitions";
import { overHttp } from "../support/vendor/overHttp";

afterEach(closeAll);

const value = "acme-canary-0123456789";

/** A vendor that gives a new key this id, as JSON, and takes every other request for a success. */
async function vendorOf(id: string, part: Partial<ServiceDefinitionInput> = {}) {
  const { received, url } = await serve((response, { method }) => {
    if (method !== "POST" || received.length > 1) return json(response, 200, {});
    response.writeHead(201, { "content-type": "application/json" });
    response.end(`{"id":${id},"name":"ci","value":${JSON.stringify(value)}}`);
  });
  const vendor = overHttp(parse({ name: "acme", path: "/keys", ...part }), {
    name: "prod",
    baseUrl: new URL(url),
    credentials: { token: "t" },
    policy: { attempts: 1 },
    listLagMs: 0,
  });
  const sent = () => received.map(({ method, url: path, body }) => `${method} ${path} ${body}`.trim());
  return { vendor, sent };
}

const byBody = { revoke: { method: "POST", path: "/revoke", body: { id: "{keyId}" } } } as const;

describe("a new key whose id no path can hold", () => {
  it.each([".", ".."])("such as %s is reported at create where nothing can revoke it", async (id) => {
    const { vendor, sent } = await vendorOf(JSON.stringify(id));
    const { code, message } = await failure(vendor.create({}, { name: "ci" }));
    expect(code).toBe("ORPHAN_SUSPECTED");
    expect(message).toContain(`with the id "${id}", which no path can hold`);
    expect(message).not.toContain(value);
    expect(sent()).toHaveLength(1);
  });

  it("is revoked at create by a request that has the id in its body", async () => {
    const get = { method: "GET", path: "/keys/{keyId}" } as const;
    const { vendor, sent } = await vendorOf('".."', { operations: { ...byBody, get } });
    const { code, message } = await failure(vendor.create({}, { name: "ci" }));
    expect(code).toBe("RESPONSE_INVALID");
    expect(message).toContain("The key was revoked.");
    expect(sent().slice(1)).toEqual(['POST /revoke {"id":".."}']);
  });

  it("is kept where no request has the id in its path", async () => {
    const { vendor } = await vendorOf('".."', { operations: { ...byBody, get: null } });
    expect(await vendor.create({}, { name: "ci" })).toMatchObject({ id: "..", value });
  });

  it("is no key without an id: it is looked for as one whose response was lost", async () => {
    const { vendor } = await vendorOf('""');
    expect((await failure(vendor.create({}, { name: "ci" }))).code).toBe("OUTCOME_UNKNOWN");
  });
});

it("an id that no path can hold is not taken from the answer to a rotation", async () => {
  const rotate = { path: "/keys/{keyId}/rotate" };
  const { vendor } = await vendorOf('".."', { operations: { rotate } });
  const { code, message } = await failure(vendor.rotate?.({}, { keyId: "7" }, {}) ?? Promise.resolve());
  expect(code).toBe("OUTCOME_UNKNOWN");
  expect(message).toContain('a success with the id "..", which no path can hold');
});

describe("a name that no path can hold", () => {
  const byName = { revoke: { method: "DELETE", path: "/keys/{name}" } } as const;

  it("is refused before the create where the key is revoked by its name", async () => {
    const { vendor, sent } = await vendorOf('"7"', { operations: byName });
    const { code, message } = await failure(vendor.create({}, { name: ".." }));
    expect(code).toBe("INVALID_INPUT");
    expect(message).toContain('name is "..", which no path can hold');
    expect(sent()).toEqual([]);
  });

  it("does not matter where no path has it", async () => {
    const { vendor } = await vendorOf('"7"');
    expect(await vendor.create({}, { name: ".." })).toMatchObject({ id: "7" });
  });
});

it("an id beyond 2^53 goes out as it came in, digit by digit", async () => {
  const fields = { id: { type: "integer" } } as const;
  const { vendor, sent } = await vendorOf("9007199254740993", { fields, operations: byBody });
  const { id } = await vendor.create({}, { name: "ci" });
  expect(id).toBe("9007199254740993");
  await vendor.revoke({}, String(id), "ci");
  expect(sent()[1]).toBe('POST /revoke {"id":9007199254740993}');
});
