import { ApiKeysError } from "../../provider/base/errors";
import { instantText } from "../../provider/base/time";
import type { ServiceDefinition } from "../../provider/definition/definition";
import {
  type Asking,
  allKeys,
  fits,
  type KeyFilter,
  keyInfo,
  type LookupPlace,
  oneKey,
  readLook,
} from "../../provider/lookup";
import type { Vendor } from "../../provider/vendor";
import { day, start } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";
import { ModelVendor } from "../support/vendor/modelVendor";

const applicationId = "123e4567-e89b-12d3-a456-426614174000";
const at = (days: number) => instantText(start + days * day);
const key = (fields: Record<string, unknown>) => keyInfo(xentree, {}, { id: "1", fields }, start);
const problemsOf = (definition: ServiceDefinition, given: object, asking: Asking = "many") => {
  try {
    readLook(definition, { ...given }, asking, start);
  } catch (error) {
    if (error instanceof ApiKeysError && error.code === "INVALID_INPUT") return error.message;
    throw error;
  }
  throw new Error("The arguments were accepted.");
};

describe("a key that was looked at", () => {
  it("has all that the vendor told, volatile fields and parents too, and no value", () => {
    const fields = { name: "ci", lastUsedAt: at(-1), expiresAt: null, active: true, value: "canary" };
    const seen = keyInfo(xentree, { place: "here" }, { id: "1", fields }, start);
    expect(seen).toEqual({ keyId: "1", status: "active", place: "here", name: "ci", lastUsedAt: at(-1) });
  });

  it.each([
    ["active", { expiresAt: at(1) }],
    ["expired", { expiresAt: at(-1) }],
    ["revoked", { active: false }],
  ])("is %s with %j", (status, fields) => {
    expect(key(fields).status).toBe(status);
  });
});

describe("the filter", () => {
  it.each<[KeyFilter, Record<string, unknown>, Record<string, unknown>]>([
    [{ name: "ci" }, { name: "ci" }, { name: "ci-2" }],
    [{ prefix: "xntr-ab" }, { prefix: "xntr-abc" }, { prefix: "xntr-b" }],
    [{ prefix: "xntr-ab" }, { prefix: "xntr-ab" }, {}],
    [{ active: true }, {}, { active: false }],
    [{ active: false }, { expiresAt: at(-1) }, { expiresAt: at(1) }],
    [{ unusedSinceMs: start }, { lastUsedAt: at(-1) }, { lastUsedAt: at(1) }],
    [{ unusedSinceMs: start }, { createdAt: at(-1) }, { createdAt: at(1) }],
    // Used since, though it was created before.
    [
      { unusedSinceMs: start },
      { createdAt: at(-2), lastUsedAt: null },
      { createdAt: at(-2), lastUsedAt: at(1) },
    ],
    // A key of unknown age may be a new one.
    [{ unusedSinceMs: start }, { createdAt: at(-1) }, {}],
    [{ expiringBeforeMs: start }, { expiresAt: at(-1) }, { expiresAt: at(1) }],
    [{ expiringBeforeMs: start }, { expiresAt: at(-1) }, { expiresAt: null }],
    [{ name: "ci", active: true }, { name: "ci" }, { name: "ci", active: false }],
  ])("%j lets %j pass, and not %j", (filter, fitting, other) => {
    expect([fitting, other].map((fields) => fits(filter, key(fields)))).toEqual([true, false]);
  });

  it("takes moments as they are, and time spans before or after now", () => {
    const { filter } = readLook(xentree, { unusedSince: "90d", expiringBefore: "2w" }, "many", start);
    expect(filter).toMatchObject({ unusedSinceMs: start - 90 * day, expiringBeforeMs: start + 14 * day });
    const moments = { unusedSince: at(-3), expiringBefore: at(5) };
    expect(readLook(xentree, moments, "many", start).filter).toMatchObject({
      unusedSinceMs: start - 3 * day,
      expiringBeforeMs: start + 5 * day,
    });
  });
});

describe("the arguments of a look", () => {
  it("lead to the connection of the service's name and the place of the keys", () => {
    expect(readLook(sendkit, { workspaceId: "w", name: undefined }, "many", start)).toMatchObject({
      connection: "sendkit",
      parents: { workspaceId: "w" },
    });
  });

  it("with mistakes are refused with a word on each", () => {
    expect(
      problemsOf(applications, { applicationID: applicationId, keyId: "1", active: "yes", name: "" }),
    ).toBe(
      "applicationID is no argument of it; did you mean applicationId?; keyId is no argument of it; " +
        "active must be true or false; name must not be empty; applicationId is missing: say where the keys belong.",
    );
    const wrong =
      'must be a date and time with a zone (RFC 3339), such as 2027-01-31T00:00:00Z, or a time span, such as "90d"';
    expect(problemsOf(xentree, { unusedSince: "yesterday", expiringBefore: "2027-01-31" })).toBe(
      `unusedSince ${wrong}; expiringBefore ${wrong}.`,
    );
    expect(problemsOf(xentree, { name: "ci" }, "all")).toBe("name is no argument of it.");
  });

  it.each([
    [
      "unusedSince",
      "SendKit does not tell the lastUsedAt",
      sendkit,
      { workspaceId: "w", unusedSince: "90d" },
    ],
    [
      "expiringBefore",
      "SendKit does not tell the expiresAt",
      sendkit,
      { workspaceId: "w", expiringBefore: "9d" },
    ],
    ["prefix", "Acme does not tell the prefix", parse(acme()), { prefix: "ab" }],
  ])("cannot filter by %s where %s: no key would be told from another", (name, why, definition, given) => {
    expect(problemsOf(definition, given)).toBe(`${name} cannot be judged: ${why} of its keys.`);
  });

  it("may give a parent the name of a filter", () => {
    const { parents: _, operations, ...rest } = { ...acme(), parents: {} };
    const path = "/v1/{active}/keys";
    const definition = parse({
      ...rest,
      parents: { active: {} },
      operations: { ...operations, list: { ...operations.list, path } },
    });
    const look = readLook(definition, { active: "here" }, "many", start);
    expect(look).toMatchObject({ parents: { active: "here" } });
    expect(look.filter.active).toBeUndefined();
  });
});

describe("a look", () => {
  const vendorOf = (definition: ServiceDefinition) => new ModelVendor(definition, () => start);
  const placeOf = (definition: ServiceDefinition, vendor: Vendor, parents = {}): LookupPlace => ({
    definition,
    vendor,
    parents,
    connection: "prod",
  });

  it("at a vendor that has no list says so, and still finds a key by its id", async () => {
    const { list: _, ...operations } = acme().operations;
    const get = { method: "GET", path: "/v1/keys/{keyId}", evidence: "assumed" } as const;
    const definition = parse({ ...acme(), operations: { ...operations, get } });
    const vendor = vendorOf(definition);
    const { id } = vendor.issue({}, { name: "ci" });
    const place = placeOf(definition, vendor);
    await expect(allKeys(place, start)).rejects.toThrow(
      "Acme has no list of its keys, so they can only be looked at one by one: ask for a key by keyId.",
    );
    expect(await oneKey(place, id, {}, start)).toMatchObject({ keyId: id, name: "ci" });
  });

  it("at a singleton sees the one key, and not by another's id", async () => {
    const vendor = vendorOf(sendkit);
    const parents = { workspaceId: "w" };
    const place = placeOf(sendkit, vendor, parents);
    expect(await allKeys(place, start)).toEqual([]);
    const { id } = vendor.issue(parents, { name: "mail" });
    expect(await allKeys(place, start)).toMatchObject([{ keyId: id, workspaceId: "w" }]);
    expect(await oneKey(place, undefined, {}, start)).toMatchObject({ keyId: id });
    await expect(oneKey(place, "an older one", {}, start)).rejects.toThrow(
      'No SendKit key has the id an older one and fits what is asked (connection "prod").',
    );
  });

  it("for one key names those that fit when there are several, and how to go on", async () => {
    const vendor = vendorOf(xentree);
    for (let count = 0; count < 12; count++) vendor.issue({}, { name: "ci" });
    await expect(oneKey(placeOf(xentree, vendor), undefined, { name: "ci" }, start)).rejects.toThrow(
      '12 Xentree keys fit what is asked (connection "prod"): key-1, key-2, key-3, key-4, key-5, key-6, key-7, ' +
        "key-8, key-9, key-10 and 2 more. Ask for one of them by keyId, or for all with getApiKeys.",
    );
  });

  it.each([
    ["by its id", "key-1", {}],
    ["by filters", undefined, { name: "ci" }],
  ])("for one key %s concludes its absence from a list that proves it alone", async (_, keyId, filter) => {
    const vendor = vendorOf(xentree);
    vendor.issue({}, { name: "ci" });
    const { list } = vendor;
    if (!list) throw new Error("Xentree has a list.");
    // As a reading of several pages that has missed the key.
    const missing: Vendor = Object.assign(vendor, {
      list: async () => [],
      completeList: (parents: object) => list({ ...parents }, "fresh"),
    });
    expect(await oneKey(placeOf(xentree, missing), keyId, filter, start)).toMatchObject({ name: "ci" });
  });
});
