import { engineUnknown } from "../../../provider/base/unknown";
import { redact } from "../../../provider/redaction/redactor";
import { applications, xentree } from "../../support/vendor/definitions";
import { answer, created, read, service } from "../../support/vendor/wire";

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
  key_value: "xntr-canary-0123456789",
};

describe("a key in an answer", () => {
  it("has our field names, and no value", () => {
    const key = read(xentree, told);
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
    expect(read(applications, { id: 17 })?.id).toBe("17");
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
  ])("is ignored without an id: %j", (body) => {
    expect(read(xentree, body)).toBeUndefined();
  });

  it("ignores a field of another type than declared: it could not be compared", () => {
    const odd = {
      id: "1",
      name: 7,
      permissions: "read",
      rate_limit_per_minute: "much",
      is_active: "yes",
      expires_at: 5,
    };
    expect(read(xentree, odd)?.fields).toEqual({});
    expect(read(xentree, { id: "1", permissions: ["read", 1] })?.fields).toEqual({});
    expect(read(xentree, { id: "1", rate_limit_per_minute: 1.5 })?.fields).toEqual({});
  });

  it.each([
    ["half a surrogate pair, which the engine would drop", "a\ud800b"],
    ["the engine's own word for what is not known, at which it refuses everything", engineUnknown],
  ])("is ignored when its id could not be stored: %s", (_, id) => {
    expect(read(xentree, { ...told, id })).toBeUndefined();
  });

  it.each(["a\u001b[31m\r\n\u0000::\u202e", "x".repeat(10_000), "../%2f", ".."])(
    "keeps an odd id to the letter, for by no other is the key found again: %j",
    (id) => {
      expect(read(xentree, { ...told, id })?.id).toBe(id);
    },
  );

  it("ignores text that could not be stored", () => {
    const odd = { id: "1", name: engineUnknown, prefix: "a\ud800b", permissions: ["read", engineUnknown] };
    expect(read(xentree, odd)?.fields).toEqual({});
  });

  it("ignores a field that repeats the value: the state would hold it in the clear", () => {
    const { key_value: value } = told;
    const key = read(xentree, {
      ...told,
      prefix: value,
      name: `Bearer ${value}`,
      permissions: ["read", value],
    });
    expect(JSON.stringify(key)).not.toContain("canary");
    expect(key?.fields).toMatchObject({ tenantId: told.tenant_id });
  });

  it("ignores JSON that repeats the value at any depth, as a text or as a name", () => {
    const definition = service({ more: { type: "json" }, value: "key" });
    for (const more of [{ a: [told.key_value] }, { [told.key_value]: 1 }]) {
      expect(created(definition, { id: "1", key: told.key_value, more })?.fields).toStrictEqual({});
    }
  });

  it("keeps a field that holds no more of the value than a mask", () => {
    const definition = service({ hint: {}, value: "key" });
    expect(read(definition, { id: "1", key: "****", hint: "sk_****" })?.fields).toStrictEqual({
      hint: "sk_****",
    });
  });

  it("keeps a second secret that contains the value", () => {
    const definition = service({ url: { secret: true }, value: "key" });
    const url = `https://acme.example/?key=${told.key_value}`;
    expect(created(definition, { id: "1", key: told.key_value, url })?.fields).toStrictEqual({ url });
    expect(redact(url)).toBe("[secret]");
  });

  it("is ignored when the id is the value itself: it would be in the state, in addresses and in messages", () => {
    expect(read(xentree, { ...told, id: told.key_value })).toBeUndefined();
  });

  it("inherits no field from the body's prototype", () => {
    const body = Object.create({ id: "1", name: "ci" });
    expect(read(xentree, body)).toBeUndefined();
    expect(read(xentree, Object.assign(body, { id: "2" }))).toStrictEqual({ id: "2", fields: {} });
  });

  it("ignores a write-only field: masked or empty, it is no drift", () => {
    const definition = service({ webhook: { input: "optional", writeOnly: true } });
    for (const webhook of ["", "****", null]) {
      expect(read(definition, { id: "1", webhook })?.fields).toStrictEqual({});
      expect(created(definition, { id: "1", value: "v", webhook })?.fields).toStrictEqual({});
    }
  });

  it("returns a second secret when it is created; later responses about it are ignored", () => {
    const definition = service({ signingKey: { wire: "signing_key", secret: true } });
    const body = { id: "1", value: "v", signing_key: "second-secret-1" };
    expect(created(definition, body)?.fields).toStrictEqual({ signingKey: "second-secret-1" });
    expect(redact("second-secret-1")).toBe("[secret]");
    expect(read(definition, { ...body, signing_key: "****" })?.fields).toStrictEqual({});
    expect(read(definition, body, { answer: "listed" })?.fields).toStrictEqual({});
  });
});

describe("a value in the answer to create", () => {
  it("is found under the vendor's name", () => {
    expect(created(xentree, told)?.value).toBe(told.key_value);
    expect(created(applications, { id: "1", key: "app_1" })?.value).toBe("app_1");
  });

  it("is kept when the response has no id", () => {
    expect(created(xentree, { key_value: "xntr-1", name: "ci" })).toStrictEqual({
      id: undefined,
      fields: { name: "ci" },
      value: "xntr-1",
    });
  });

  it("is a secret from then on, but for the part that the vendor publishes", () => {
    const value = "xntr-0123456789abcdefghijklmnopqrstuvwxyz";
    created(xentree, { key_value: value, prefix: value.slice(0, 24) });
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
  ])("is missing in %j", (body) => {
    expect(created(xentree, body)).toBeUndefined();
  });

  it("is read neither from a get nor from a list", () => {
    for (const source of [answer(told), answer(told, { answer: "listed" })]) {
      expect(JSON.stringify(read(xentree, source.item, source))).not.toContain("canary");
    }
  });
});
