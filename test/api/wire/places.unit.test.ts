import { createHash } from "node:crypto";
import { headersRead } from "../../../provider/api/wire/places";
import { created, read, service } from "../../support/vendor/wire";

describe("a field stands", () => {
  it.each<[string, string, unknown]>([
    ["under a name", "label", { id: "1", label: "ci" }],
    ["at a pointer", "/meta/label", { id: "1", meta: { label: "ci" } }],
    ["at a pointer with escapes", "/a~1b/~0c", { id: "1", "a/b": { "~c": "ci" } }],
  ])("%s", (_, wire, body) => {
    expect(read(service({ label: wire }), body)?.fields).toStrictEqual({ label: "ci" });
  });

  it("in a part of a text, by a pattern's first group, or by all that it matches", () => {
    const definition = service({
      id: { wire: { read: { at: "/self", part: "[^/]+$" } } },
      team: { wire: { read: { at: "/self", part: "teams/([^/]+)" } } },
      none: { wire: { read: { at: "/self", part: "users/(.*)" } } },
    });
    expect(read(definition, { self: "/teams/blue/keys/k-7" })).toStrictEqual({
      id: "k-7",
      fields: { team: "blue" },
    });
  });

  it("in a part of a number", () => {
    expect(read(service({ id: { wire: { read: { at: "n", part: "^..." } } } }), { n: 123_456 })?.id).toBe(
      "123",
    );
  });

  it("where a pattern finds it that is invalid with the Unicode flag", () => {
    const definition = service({ id: { wire: { read: { at: "self", part: String.raw`key\-(\w+)` } } } });
    expect(read(definition, { self: "key-7" })?.id).toBe("7");
  });

  it("nowhere in a text that is too long for a pattern", () => {
    const definition = service({ id: { wire: { read: { at: "self", part: "k+$" } } } });
    expect(read(definition, { self: "k".repeat(10_000) })?.id).toHaveLength(10_000);
    expect(read(definition, { self: "k".repeat(1_000_000) })).toBeUndefined();
  });

  it("past the envelope, and in a header of any case", () => {
    const definition = service({
      id: { wire: { created: { body: "/id" } } },
      value: { wire: { created: { header: "X-Key" } } },
    });
    const body = { id: "1", data: {} };
    const source = { item: body.data, body, headers: { "x-key": "secret-value-7" } };
    expect(created(definition, body, source)).toMatchObject({ id: "1", value: "secret-value-7" });
    expect(headersRead(definition)).toEqual(["x-key"]);
  });

  it("in another field's text: the id in the secret, or a prefix of it", () => {
    const definition = service({
      id: { wire: { created: { field: "value", part: "^[^.]+" }, read: "id" } },
      prefix: { wire: { created: { field: "value", part: "^.{6}" }, read: "hint" } },
      value: "token",
    });
    const key = created(definition, { token: "k77abc.rest-of-the-secret" });
    expect(key).toStrictEqual({
      id: "k77abc",
      fields: { prefix: "k77abc" },
      value: "k77abc.rest-of-the-secret",
    });
    expect(read(definition, { id: "k77abc", hint: "k77abc" })).toStrictEqual({
      id: "k77abc",
      fields: { prefix: "k77abc" },
    });
  });

  it("in a digest of the secret, for keys that have no other id", () => {
    const definition = service({ id: { wire: { created: { field: "value", digest: true } } }, value: "key" });
    const digest = createHash("sha256").update("secret-value-7").digest("hex").slice(0, 32);
    expect(created(definition, { key: "secret-value-7" })?.id).toBe(digest);
    expect(read(definition, { key: "secret-value-7" }, { answer: "listed" })).toStrictEqual({
      id: digest,
      fields: {},
    });
  });

  it("in one place of each response; a place that is not declared is the same as the one before or after it", () => {
    const { fields } = service({
      one: { wire: { created: "a", listed: "c" }, input: "optional" },
      two: { wire: { create: "d", update: "b", read: { body: "/c" } }, input: "optional" },
      three: { wire: { listed: { at: "x" } } },
      four: "y",
    });
    expect(fields.one?.wire).toEqual({
      create: "a",
      update: "a",
      created: "a",
      rotated: "a",
      read: "a",
      listed: "c",
    });
    expect(fields.two?.wire).toEqual({
      create: "d",
      update: "b",
      created: { body: "/c" },
      rotated: { body: "/c" },
      read: { body: "/c" },
      listed: { body: "/c" },
    });
    expect(fields.three?.wire).toMatchObject({ create: "three", created: { at: "x" }, read: { at: "x" } });
    expect(fields.four?.wire).toEqual({
      create: "y",
      update: "y",
      created: "y",
      rotated: "y",
      read: "y",
      listed: "y",
    });
  });
});

describe("a field that follows from a condition", () => {
  const active = (when: object) => service({ active: { when } });

  it.each<[string, object, unknown, unknown]>([
    ["equals", { at: "/status", equals: "enabled" }, { status: "enabled" }, true],
    ["equals", { at: "/status", equals: "enabled" }, { status: "off" }, false],
    ["several that it may equal", { at: "/status", equals: ["enabled", 1] }, { status: 1 }, true],
    ["several that it may equal", { at: "/status", equals: ["enabled", 1] }, { status: "1" }, false],
    ["matches", { at: "/status", matches: "^en" }, { status: "enabled" }, true],
    ["matches", { at: "/status", matches: "^en" }, { status: 7 }, false],
    ["exists", { at: "/revokedAt", exists: false }, { revokedAt: null }, true],
    ["exists", { at: "/revokedAt", exists: false }, {}, true],
    ["exists", { at: "/revokedAt", exists: false }, { revokedAt: "2026-01-01" }, false],
    ["all of several", { at: "/status", matches: "a", equals: "abc" }, { status: "ab" }, false],
  ])("has the value for %s: %j of %j", (_, when, body, told) => {
    expect(read(active(when), { id: "1", ...(body as object) })?.fields.active).toBe(told);
  });

  it("is missing when the condition's place is: a new key is not revoked", () => {
    expect(read(active({ at: "/status", equals: "enabled" }), { id: "1" })?.fields).toStrictEqual({});
  });
});

it("a name that every object has is read only where the vendor sends it", () => {
  const odd = service({ builder: "constructor", words: "toString" });
  expect(read(odd, { id: "1" })?.fields).toStrictEqual({});
  expect(read(odd, JSON.parse('{"id":"1","constructor":"a","toString":7}'))?.fields).toStrictEqual({
    builder: "a",
  });
});
