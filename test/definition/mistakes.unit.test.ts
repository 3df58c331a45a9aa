import fc from "fast-check";
import { variablesOf } from "../../provider/api/variables";
import { requestOf } from "../../provider/api/wire/request";
import { ApiKeysError } from "../../provider/base/errors";
import { examine } from "../../provider/definition/examine";
import { problemText } from "../../provider/definition/registry";
import { acme } from "../support/vendor/definitions";

function mistakes(data: unknown): string[] {
  return (examine(data).problems ?? []).map(problemText);
}

/** What is said of a definition that is right but for this. */
function complaints(wrong: object): string[] {
  return mistakes({ name: "acme", path: "/keys", ...wrong });
}

describe("a definition with mistakes", () => {
  it("gets ten different ones reported at once, each with its path", () => {
    const told = complaints({
      name: "Acme",
      titel: "Acme",
      kind: "singelton",
      auth: { scheme: "headers" },
      pathParameters: { rotation: {} },
      fields: { scopes: { type: "text" }, set: { set: true }, status: {} },
      operations: {
        create: { path: "/keys/{nmae}" },
        list: { pagination: { style: "cursor", next: "next", parameter: "after" } },
        update: { fields: ["scope"] },
      },
    });
    expect(told.map((text) => text.slice(0, text.indexOf(":"))).sort()).toEqual(
      [
        "/auth/headers",
        "/fields/scopes/type",
        "/fields/set/set",
        "/fields/status",
        "/kind",
        "/name",
        "/operations/create/path",
        "/operations/list/pagination/next",
        "/operations/update/fields",
        "/pathParameters/rotation",
        "/titel",
      ].sort(),
    );
  });

  it.each<[string, object, string]>([
    [
      "a property's",
      { pathParameter: {} },
      '/pathParameter: there is no such property; did you mean "pathParameters"?',
    ],
    [
      "a deep property's",
      { fields: { a: { writeonly: true } } },
      '/fields/a/writeonly: there is no such property; did you mean "writeOnly"?',
    ],
    ["a choice's", { kind: "singelton" }, '; did you mean "singleton"?'],
    [
      "a variable's",
      { operations: { create: { path: "/keys/{nam}" } } },
      '{nam} is no variable here; did you mean "name"?',
    ],
    [
      "a field's",
      { operations: { update: { fields: ["nam"] } } },
      'nam is no field that a program can set; did you mean "name"?',
    ],
    [
      "a tenant's field's",
      { fields: { teamId: {} }, tenant: { field: "teamid" } },
      'teamid is not among the fields; did you mean "teamId"?',
    ],
  ])("gets the nearest name suggested when %s is mistyped", (_, wrong, hint) => {
    const [told = "", ...others] = complaints(wrong);
    expect(others).toEqual([]);
    expect(told).toContain(hint);
  });

  it.each<[string, object, string]>([
    [
      "a place",
      { fields: { a: { wire: { read: { header: "X A" } } } } },
      "/fields/a/wire/read/header: must be a header name (RFC 9110)",
    ],
    [
      "a place's part",
      { fields: { a: { wire: { read: { body: "/a", part: "(" } } } } },
      "/fields/a/wire/read/part: must be a regular expression",
    ],
    [
      "a field",
      { fields: { a: 5 } },
      "/fields/a: must be a name, a JSON Pointer, an object, or null for a field that there is not",
    ],
    ["one condition of several", { success: [{ status: 200 }, { status: 20 }] }, "/success/1/status: "],
    [
      "one update of several",
      { operations: { update: [{ method: "PUT" }, { methd: "PUT" }] } },
      "/operations/update/1/methd: ",
    ],
    [
      "one way to authenticate",
      { auth: [{ scheme: "bearer" }, { scheme: "query" }] },
      "/auth/1/parameter: is missing",
    ],
  ])("gets the intended form of %s suggested", (_, wrong, text) => {
    const told = complaints(wrong);
    expect(told.filter((line) => line.startsWith(text))).toHaveLength(1);
  });

  it("gets a mistake reported once that it makes once for all operations", () => {
    expect(complaints({ path: "/{team}/keys", headers: { "X-Team": "{team}" } })).toEqual([
      expect.stringMatching("^/path: {team} is no variable here"),
      expect.stringMatching("^/headers/X-Team: {team} is no variable here"),
    ]);
  });

  it("gets nothing reported about the correct items of a list with a mistake", () => {
    const login = { scheme: "login", login: { path: "/in" }, accessToken: "t", captures: { org: "org" } };
    const told = complaints({ path: "/{org}/keys", auth: [5, 6, login] });
    expect(told.map((text) => text.slice(0, text.indexOf(":")))).toEqual(["/auth/0", "/auth/1"]);
  });

  it("is refused for its depth when it is too deep to be read", () => {
    const deep = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);
    expect(complaints({ operations: { create: { body: deep } } })).toEqual(["/: is deeper than 64 levels"]);
  });
});

describe("any JSON", () => {
  const runs = { numRuns: 500, seed: 1 };

  it("is examined without a throw, and is a definition or has mistakes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (data) => {
        const { definition, problems } = examine(data);
        expect(definition === undefined).toBe((problems?.length ?? 0) > 0);
      }),
      runs,
    );
  });

  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      "{keyId}",
      "{x}",
      "/a/{keyId}",
      "{",
      "/..",
      "",
      "__proto__",
      "constructor",
      "suffix",
      "joined",
      "\ud800",
      "date",
      "POST",
    ),
  );
  const place = fc.constantFrom(
    "name", "path", "kind", "headers", "notFound", "success", "fields", "fields.id", "fields.name", "fields.value",
    "fields.value.wire", "fields.name.type", "fields.name.as", "fields.name.values", "fields.expiresAt.as",
    "fields.expiresAt.never", "fields.toString", "pathParameters", "pathParameters.team", "operations.create.path",
    "operations.create.body", "operations.create.query", "operations.create.headers", "operations.create.method",
    "operations.create.bodyEnvelope", "operations.list", "operations.list.pagination", "operations.list.envelope",
    "operations.revoke.path", "operations.revoke.body", "operations.update", "operations.rotate", "operations.get",
    "tenant", "uniqueNames", "errors", "auth",
  ); // biome-ignore format: one list

  it("in a definition is reported, or leads to requests that fail in our own words only", () => {
    let passed = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(place, odd), { minLength: 1, maxLength: 3 }), (changes) => {
        const data = { ...acme(), fields: { ...acme().fields, expiresAt: { input: "optional" } } };
        for (const [at, value] of changes) put(data, at.split("."), value);
        const { definition } = examine(data);
        if (!definition) return;
        passed++;
        const inputs = { keyId: "1", name: "ci", expiresAt: "2027-01-01T00:00:00Z", expiresIn: "30d" };
        const { create, list, get, update, rotate, revoke, remove } = definition.operations;
        for (const operation of [create, list, get, ...update, rotate, revoke, remove]) {
          if (!operation) continue;
          for (const sent of [
            undefined,
            { place: "create", names: Object.keys(definition.fields), inputs, nowMs: 0 } as const,
          ]) {
            try {
              requestOf(definition, operation, variablesOf(definition, {}, { team: "t" }, inputs, 0), sent);
            } catch (error) {
              expect(error).toBeInstanceOf(ApiKeysError);
            }
          }
        }
      }),
      runs,
    );
    expect(passed).toBeGreaterThan(20);
  });
});

function put(root: object, [key = "", ...rest]: readonly string[], value: unknown): void {
  const target = root as Record<string, unknown>;
  if (rest.length === 0) {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
    return;
  }
  const inner = Object.hasOwn(target, key) ? target[key] : undefined;
  const next = typeof inner === "object" && inner !== null ? inner : {};
  target[key] = next;
  put(next, rest, value);
}
