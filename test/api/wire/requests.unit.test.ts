import { variablesOf } from "../../../provider/api/variables";
import { requestOf, type SentFields } from "../../../provider/api/wire/request";
import type { ServiceDefinitionInput } from "../../../provider/definition/definition";
import { xentree } from "../../support/vendor/definitions";
import { nowMs, service } from "../../support/vendor/wire";

type Operations = NonNullable<ServiceDefinitionInput["operations"]>;

const inputs = { name: "ci", scopes: ["b", "a"], limit: 5, connection: "acme", value: "mine", id: "mine" };

/** The request that creates a key. */
function creating(
  create: Operations["create"],
  others: Partial<ServiceDefinitionInput> = {},
  given: object = inputs,
) {
  const fields = {
    name: { wire: "label", input: "optional" },
    scopes: { type: "strings", input: "optional" },
    limit: { type: "integer", input: "optional" },
    ...others.fields,
  } as const;
  const definition = service(fields, { ...others, operations: { create } });
  const names = Object.keys(definition.fields).filter((name) => definition.fields[name]?.input);
  const sent: SentFields = { place: "create", names, inputs: given as SentFields["inputs"], nowMs };
  const variables = variablesOf(definition, {}, { team: "7" }, sent.inputs, nowMs);
  return requestOf(definition, definition.operations.create, variables, sent);
}

describe("a request to create", () => {
  it("holds the inputs under the vendor's names, and nothing else", () => {
    expect(creating({})).toStrictEqual({
      method: "POST",
      path: "/keys",
      body: { label: "ci", scopes: ["b", "a"], limit: 5 },
    });
  });

  it("of a built-in service is what its page shows", () => {
    const names = Object.keys(xentree.fields).filter((name) => xentree.fields[name]?.input);
    const given = {
      name: "ci",
      rateLimitPerMinute: 60,
      permissions: [],
      expiresIn: "90d",
      allowedIps: undefined,
    };
    const sent: SentFields = { place: "create", names, inputs: given, nowMs };
    expect(requestOf(xentree, xentree.operations.create, {}, sent).body).toStrictEqual({
      name: "ci",
      rate_limit_per_minute: 60,
      permissions: [],
    });
  });

  it("has the fields in an envelope, and the rest of the body around it", () => {
    expect(
      creating({ bodyEnvelope: "/data/key", body: { type: "key", data: { kind: "k" } } }).body,
    ).toStrictEqual({
      type: "key",
      data: { kind: "k", key: { label: "ci", scopes: ["b", "a"], limit: 5 } },
    });
  });

  it("has constants beside the fields, a field before a constant", () => {
    expect(creating({ body: { kind: "k", label: "none", on: true, none: null } }).body).toMatchObject({
      kind: "k",
      label: "ci",
      on: true,
      none: null,
    });
  });

  it("sends a field that stands in a template there and nowhere else", () => {
    const request = creating({ path: "/keys/{name}", query: { max: "{limit}" }, body: { what: "{scopes}" } });
    expect(request).toStrictEqual({
      method: "POST",
      path: "/keys/ci",
      query: { max: "5" },
      body: { what: ["b", "a"] },
    });
  });

  it("keeps the type of a variable that stands alone, and makes text of one among others", () => {
    const body = { alone: "{limit}", among: "at most {limit}", deep: [{ all: "{scopes}" }] };
    expect(creating({ body }).body).toMatchObject({
      alone: 5,
      among: "at most 5",
      deep: [{ all: ["b", "a"] }],
    });
  });

  it("leaves out what a variable without a value stands in", () => {
    const request = creating(
      {
        query: { max: "{limit}", all: "1" },
        headers: { "X-Max": "{limit}" },
        body: { list: ["{limit}", "x"], text: "of {limit}" },
      },
      {},
      { name: "ci" },
    );
    expect(request).toStrictEqual({
      method: "POST",
      path: "/keys",
      query: { all: "1" },
      body: { list: ["x"], label: "ci" },
    });
  });

  it("leaves braces that hold no name as they are, as in GraphQL", () => {
    const query = "mutation ($name: String!) { createKey(name: $name) { id token } }";
    expect(
      creating({ body: { query, variables: { name: "{name}" } } }, { fields: { scopes: null, limit: null } })
        .body,
    ).toStrictEqual({
      query,
      variables: { name: "ci" },
    });
  });

  it("does not read a value as a template again", () => {
    expect(
      creating({ body: { note: "for {name}" } }, {}, { name: "{limit} {value}", limit: 5 }).body,
    ).toMatchObject({
      note: "for {limit} {value}",
    });
  });

  it("says where a body is a form", () => {
    expect(creating({ encoding: "form" })).toMatchObject({ encoding: "form", body: { label: "ci" } });
    expect(creating({}, { encoding: "form" })).toMatchObject({ encoding: "form" });
    expect(creating({ encoding: "json" }, { encoding: "form" })).not.toHaveProperty("encoding");
  });

  it("has the headers of the service and of the operation, in lower case", () => {
    const headers = { "X-Version": "1" };
    expect(creating({ headers: { "X-Who": "{name}" } }, { headers })).toMatchObject({
      headers: { "x-version": "1", "x-who": "ci" },
    });
  });

  it("has a path parameter as a number where JSON bodies have it so", () => {
    const pathParameters = { team: { type: "integer" } } as const;
    expect(creating({ body: { team: "{team}" } }, { pathParameters }).body).toMatchObject({ team: 7 });
    expect(creating({ body: { team: "{team}" } }, { pathParameters: { team: {} } }).body).toMatchObject({
      team: "7",
    });
    expect(creating({ path: "/teams/{team}/keys" }, { pathParameters }).path).toBe("/teams/7/keys");
  });

  it("tells of never as the definition has it, null among it", () => {
    const fields = { expiresAt: { input: "optional", never: null } } as const;
    expect(creating({}, { fields }, { name: "ci" }).body).toStrictEqual({ label: "ci", expiresAt: null });
  });

  it("sends names that every object has where the program sets them, and then as they are", () => {
    const odd = (name: string) => ({ wire: name, input: "optional" }) as const;
    const fields = { a: odd("constructor"), b: odd("toString"), c: odd("__proto__") };
    const given = { a: "1", b: "2", c: "3" };
    const text = '{"constructor":"1","toString":"2","__proto__":"3"}';
    expect(JSON.stringify(creating({}, { fields }, given).body)).toBe(text);
    expect(JSON.stringify(creating({ body: {} }, { fields }, given).body)).toBe(text);
    expect(creating({}, { fields }, {}).body).toStrictEqual({});
  });

  it("cannot be made where its path is not filled, and says so", () => {
    expect(() => creating({ path: "/keys/{name}" }, {}, {})).toThrow(
      "The path /keys/{name} cannot be filled: {name} has no value.",
    );
  });
});

describe("a request for one key", () => {
  it("has the id as a number in a body where ids are numbers, and as it is where they are not", () => {
    const operations = { revoke: { method: "POST", path: "/revoke", body: { id: "{keyId}" } } } as const;
    const body = (id: object, keyId: string) => {
      const definition = service({ id }, { operations });
      return requestOf(
        definition,
        definition.operations.revoke,
        variablesOf(definition, {}, {}, { keyId }, nowMs),
      ).body;
    };
    expect(body({ type: "integer" }, "17")).toStrictEqual({ id: 17 });
    expect(body({ type: "integer" }, "9007199254740993")).toStrictEqual({ id: 9007199254740993n });
    expect(body({ type: "integer" }, "1.5")).toStrictEqual({ id: "1.5" });
    expect(body({ type: "integer" }, "017")).toStrictEqual({ id: "017" });
    expect(body({}, "17")).toStrictEqual({ id: "17" });
  });

  it("has no body where none is declared", () => {
    const definition = service({});
    const variables = variablesOf(definition, {}, {}, { keyId: "k/1" }, nowMs);
    expect(requestOf(definition, definition.operations.revoke, variables)).toStrictEqual({
      method: "DELETE",
      path: "/keys/k%2F1",
    });
  });

  it("may name it by any field, in the vendor's own form, and by what the login told", () => {
    const revoke = { path: "/o/{org}/revoke", query: { name: "{name}", since: "{createdAt}" } } as const;
    const auth = {
      scheme: "login",
      login: { path: "/in" },
      accessToken: "t",
      captures: { org: "org" },
    } as const;
    const definition = service({ createdAt: { as: "epoch-seconds" } }, { auth, operations: { revoke } });
    const known = { keyId: "1", name: "ci", createdAt: "2026-06-01T12:00:00Z" };
    expect(
      requestOf(
        definition,
        definition.operations.revoke,
        variablesOf(definition, { org: "o-1" }, {}, known, nowMs),
      ),
    ).toStrictEqual({
      method: "DELETE",
      path: "/o/o-1/revoke",
      query: { name: "ci", since: String(nowMs / 1_000) },
    });
  });
});
