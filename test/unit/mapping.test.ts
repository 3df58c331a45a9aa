import { redact } from "../../provider/redactor";
import type { ServiceDefinition } from "../../provider/service/definition";
import { incompleteList } from "../../provider/service/incompleteList";
import { keyFromWire, keysFromWire, toWire, valueFromWire, wireName } from "../../provider/service/wire/key";
import { engineUnknown } from "../../provider/unknown";
import { acme, applications, parse, sendkit, xentree } from "./support/definitions";

const told = {
  id: "497f6eca-6276-4993-bfeb-53cbbbba6f08",
  name: "ci",
  prefix: "xntr-TM2s4obr3gg",
  tenant_id: "34f5c98e-f430-457b-a812-92637d0c6fd0",
  organization_id: null,
  permissions: ["read"],
  rate_limit_per_minute: 60,
  expires_at: null,
  is_active: true,
  created_at: "2026-06-01T12:00:00.000Z",
  key_value: "xntr-canary",
};

describe("a request to create", () => {
  it("holds the inputs under the vendor's names, and nothing else", () => {
    const body = toWire(xentree, {
      name: "ci",
      rateLimitPerMinute: 60,
      expiresAt: "2027-01-01T00:00:00Z",
      permissions: [],
      connection: "xentree",
      expiresIn: "90d",
      id: "mine",
      prefix: "mine",
      value: "mine",
      allowedIps: undefined,
    });
    expect(body).toStrictEqual({
      name: "ci",
      rate_limit_per_minute: 60,
      expires_at: "2027-01-01T00:00:00Z",
      permissions: [],
    });
  });
});

describe("a key in an answer", () => {
  it("comes under our names, without its value", () => {
    const key = keyFromWire(xentree, told);
    expect(key).toStrictEqual({
      id: told.id,
      fields: {
        name: "ci",
        prefix: told.prefix,
        tenantId: told.tenant_id,
        organizationId: null,
        permissions: ["read"],
        rateLimitPerMinute: 60,
        expiresAt: null,
        active: true,
        createdAt: told.created_at,
      },
    });
    expect(JSON.stringify(key)).not.toContain("canary");
  });

  it("may have a number for its id", () => {
    expect(keyFromWire(applications, { id: 17 })?.id).toBe("17");
  });

  it.each([
    undefined,
    null,
    "text",
    5,
    [],
    {},
    { id: "" },
    { id: null },
    { id: 1.5 },
    { id: 2 ** 53 },
    { id: {} },
  ])("is none where there is no id: %j", (body) => {
    expect(keyFromWire(xentree, body)).toBeUndefined();
  });

  it("tells nothing by a field of another type than declared: it could not be compared", () => {
    const odd = {
      id: "1",
      name: 7,
      permissions: "read",
      rate_limit_per_minute: "60",
      is_active: "yes",
      expires_at: 5,
    };
    expect(keyFromWire(xentree, odd)?.fields).toEqual({});
    expect(keyFromWire(xentree, { id: "1", permissions: ["read", 1] })?.fields).toEqual({});
    expect(keyFromWire(xentree, { id: "1", rate_limit_per_minute: 1.5 })?.fields).toEqual({});
  });

  it.each([
    ["half a surrogate pair, which the engine would drop", "a\ud800b"],
    ["the engine's own word for what is not known, at which it refuses everything", engineUnknown],
  ])("is none where its id could not be kept: %s", (_, id) => {
    expect(keyFromWire(xentree, { ...told, id })).toBeUndefined();
  });

  it.each(["a\u001b[31m\r\n\u0000::\u202e", "x".repeat(10_000), "../%2f", ".."])(
    "keeps an odd id to the letter, for by no other is the key found again: %j",
    (id) => {
      expect(keyFromWire(xentree, { ...told, id })?.id).toBe(id);
    },
  );

  it("tells nothing by text that could not be kept", () => {
    const odd = { id: "1", name: engineUnknown, prefix: "a\ud800b", permissions: ["read", engineUnknown] };
    expect(keyFromWire(xentree, odd)?.fields).toEqual({});
  });

  it("tells nothing by a field that repeats the value: state keeps it in the clear", () => {
    const { key_value: value } = told;
    const key = keyFromWire(xentree, { ...told, prefix: value, name: value, permissions: ["read", value] });
    expect(JSON.stringify(key)).not.toContain("canary");
    expect(key?.fields).toMatchObject({ tenantId: told.tenant_id });
  });

  it("is none where the id is the value itself: it would be in the state, in addresses and in messages", () => {
    expect(keyFromWire(xentree, { ...told, id: told.key_value })).toBeUndefined();
  });

  it("inherits no field from the body's prototype", () => {
    const body = Object.create({ id: "1", name: "ci" });
    expect(keyFromWire(xentree, body)).toBeUndefined();
    expect(keyFromWire(xentree, Object.assign(body, { id: "2" }))).toStrictEqual({ id: "2", fields: {} });
  });
});

describe("a value in the answer to create", () => {
  it("is found under the vendor's name", () => {
    expect(valueFromWire(xentree, told)).toBe("xntr-canary");
    expect(valueFromWire(applications, { key: "app_1" })).toBe("app_1");
  });

  it("is a secret from then on, but for the part that the vendor publishes", () => {
    const value = "xntr-0123456789abcdefghijklmnopqrstuvwxyz";
    valueFromWire(xentree, { key_value: value, prefix: value.slice(0, 24) });
    expect(redact(`${value.slice(0, 24)} ${value}`)).toBe(`${value.slice(0, 24)} [secret]`);
  });

  it.each([
    undefined,
    null,
    "text",
    {},
    { key_value: "" },
    { key_value: null },
    { key_value: ["x"] },
    { key_value: engineUnknown },
    { key_value: "a\ud800b" },
  ])("is none in %j", (body) => {
    expect(valueFromWire(xentree, body)).toBeUndefined();
  });
});

describe("names that every object has", () => {
  const odd = parse({
    ...acme(),
    name: "odd",
    fields: {
      ...acme().fields,
      builder: { wire: "constructor", type: "string", input: "optional" },
      words: { wire: "toString", type: "string", input: "optional" },
      proto: { wire: "__proto__", type: "string", input: "optional" },
    },
  });

  it("are sent only where the program sets them, and then as they are", () => {
    expect(toWire(odd, {})).toStrictEqual({});
    const body = toWire(odd, { builder: "a", words: "b", proto: "c" });
    expect(JSON.stringify(body)).toBe('{"constructor":"a","toString":"b","__proto__":"c"}');
  });

  it("are read only where the vendor sends them", () => {
    expect(keyFromWire(odd, { id: "1" })?.fields).toStrictEqual({});
    const body = JSON.parse('{"id":"1","constructor":"a","toString":7}');
    expect(keyFromWire(odd, body)?.fields).toStrictEqual({ builder: "a" });
  });
});

describe("a list", () => {
  const keysOf = (definition: ServiceDefinition, body: unknown) =>
    keysFromWire(definition, body, incompleteList(definition.title, "prod"));
  const refusal = (service: string, problem: string) =>
    `The list of ${service} keys (connection "prod") ${problem}, so nothing can be concluded about a key that is not on it. ` +
    "Check the connection's base URL, and the service definition against the vendor's page.";

  it("may be empty", () => {
    expect(keysOf(xentree, [])).toEqual([]);
  });

  it("is found in the service's envelope", () => {
    expect(keysOf(sendkit, { data: [{ id: "1" }] })).toEqual([{ id: "1", fields: {} }]);
  });

  it.each([undefined, null, {}, { items: [] }, "[]"])("that is no array proves nothing: %j", (body) => {
    expect(() => keysOf(xentree, body)).toThrow(refusal("Xentree", "holds no list at the top of the body"));
  });

  it("that is not in the envelope proves nothing", () => {
    expect(() => keysOf(sendkit, [])).toThrow(refusal("SendKit", "holds no list at /data"));
  });

  it("with an item that has no id proves nothing: it may be the key that is looked for", () => {
    expect(() => keysOf(xentree, [told, { name: "canary" }])).toThrow(
      refusal("Xentree", "names no id at /1"),
    );
    expect(() => keysOf(sendkit, { data: [null] })).toThrow(refusal("SendKit", "names no id at /data/0"));
  });
});

it("a field's wire name is its own unless the definition says otherwise", () => {
  expect(wireName("name", { type: "string", evidence: "assumed" })).toBe("name");
  expect(wireName("active", { type: "boolean", wire: "is_active", evidence: "assumed" })).toBe("is_active");
});
