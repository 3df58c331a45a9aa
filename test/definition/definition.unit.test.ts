import { readProblem } from "../../provider/api/problem";
import { applications as applicationsData } from "../../provider/definition/builtin/applications";
import { sendkit as sendkitData } from "../../provider/definition/builtin/sendkit";
import { xentree as xentreeData } from "../../provider/definition/builtin/xentree";
import { examine } from "../../provider/definition/examine";
import { builtInNames, readDefinition, resolveService } from "../../provider/definition/registry";
import { reservedNames } from "../../provider/definition/rules";
import { pathVariables, templateVariables } from "../../provider/json/templates";
import { acme, parse } from "../support/vendor/definitions";

type Spoilt = Record<string, unknown> & {
  fields: Record<string, Record<string, unknown>>;
  operations: Record<string, Record<string, unknown> | undefined>;
  auth: Record<string, unknown>[];
  errors: Record<string, unknown>[];
};

/** The mistakes that are reported for a definition with one spoilt place. */
function complaint(spoil: (data: Spoilt) => void): string {
  const data = acme() as unknown as Spoilt;
  spoil(data);
  try {
    readDefinition(data);
  } catch (error) {
    return (error as Error).message;
  }
  return "no complaint";
}

it.each([xentreeData, applicationsData, sendkitData])("$name is what an examination makes of it", (data) => {
  expect(resolveService({ service: data.name })).toStrictEqual(examine(data).definition);
});

describe("a minimal definition", () => {
  const { definition } = examine({ name: "acme", path: "/v1/keys" });

  it("is completed with defaults", () => {
    expect(definition).toMatchObject({
      title: "Acme",
      kind: "collection",
      auth: [{ scheme: "headers", headers: { Authorization: "Bearer {token}" } }],
      pathParameters: {},
      statusHints: {},
      uniqueNames: false,
      reusesIds: false,
    });
    expect(definition).not.toHaveProperty("baseUrl");
  });

  it("has an id, a name that a program may set, and the value", () => {
    const { fields } = definition ?? {};
    expect(Object.keys(fields ?? {})).toEqual(["id", "name", "value"]);
    expect(fields?.name).toMatchObject({ type: "string", input: "optional", evidence: "documented" });
    expect(fields?.value).not.toHaveProperty("input");
    expect(fields?.id?.wire).toEqual({
      create: "id",
      update: "id",
      created: "id",
      rotated: "id",
      read: "id",
      listed: "id",
    });
  });

  it("creates by POST, lists by GET and revokes by DELETE, and does nothing else", () => {
    const { create, list, revoke, ...others } = definition?.operations ?? {};
    const usual = {
      query: {},
      headers: {},
      encoding: "json",
      bodyEnvelope: "",
      envelope: "",
      evidence: "documented",
    };
    expect(create).toEqual({ ...usual, method: "POST", path: "/v1/keys" });
    expect(list).toEqual({ ...usual, method: "GET", path: "/v1/keys", counted: true, provesAbsence: true });
    expect(revoke).toEqual({ ...usual, method: "DELETE", path: "/v1/keys/{keyId}" });
    expect(others).toEqual({ update: [] });
  });

  it("of a singleton gets and revokes at the path itself, and lists nothing", () => {
    const { operations } = parse({ name: "single", path: "/key", kind: "singleton" });
    expect(operations).toMatchObject({ get: { method: "GET", path: "/key" }, revoke: { path: "/key" } });
    expect(operations).not.toHaveProperty("list");
  });

  it("takes a 404 for the vendor's only when it is not a router's", () => {
    for (const message of ["API key k-7 was not found", "There is no such key", "Token does not exist"]) {
      expect(readProblem(parse({ name: "acme", path: "/v1/keys" }), 404, { message })?.aboutKeys).toBe(true);
    }
    for (const message of [
      "Not Found",
      "404 page not found",
      "Cannot GET /v1/keys",
      "Route GET:/v1/keys not found",
      "The requested URL was not found on the server.",
      "The requested resource was not found",
      "no Route matched with those values",
      "No static resource v1/keys.",
      "No message available",
    ]) {
      expect(readProblem(parse({ name: "acme", path: "/v1/keys" }), 404, { message })?.aboutKeys).toBe(false);
    }
  });
});

describe("a default of a definition", () => {
  it("is the type that goes with a field's name", () => {
    const { fields } = parse({
      name: "acme",
      path: "/k",
      fields: { createdAt: "c", expiresAt: {}, lastUsedAt: {}, active: {}, x: {} },
    });
    const types = Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type]));
    expect(types).toMatchObject({
      createdAt: "instant",
      expiresAt: "instant",
      lastUsedAt: "instant",
      active: "boolean",
      x: "string",
    });
    expect(fields.lastUsedAt?.volatile).toBe(true);
    expect(fields.createdAt?.as).toEqual({ request: "rfc3339", response: "rfc3339" });
  });

  it("applies to a field that has only a place, and null removes it", () => {
    expect(parse({ name: "acme", path: "/k", fields: { name: "label" } }).fields.name).toMatchObject({
      input: "optional",
      wire: { create: "label" },
    });
    expect(parse({ name: "acme", path: "/k", fields: { name: null } }).fields).not.toHaveProperty("name");
  });

  it("is what the definition sets once for all operations", () => {
    const all = {
      envelope: "/data",
      bodyEnvelope: "/key",
      success: { at: "/ok", equals: true },
      headers: { "X-A": "1", "X-B": "2" },
    } as const;
    const { operations } = parse({
      name: "acme",
      path: "/k",
      ...all,
      operations: { create: { headers: { "X-B": "3" }, envelope: "" } },
    });
    expect(operations.revoke).toMatchObject({ ...all, success: [all.success] });
    expect(operations.create).toMatchObject({
      envelope: "",
      bodyEnvelope: "/key",
      headers: { "X-A": "1", "X-B": "3" },
    });
    expect(operations.list?.envelope).toBe("/data");
  });

  it("does not apply the condition for a missing key to lists: it would make the list empty", () => {
    const { operations } = parse({ name: "acme", path: "/k", notFound: { status: 404 } });
    expect(operations.revoke.notFound).toEqual([{ status: 404 }]);
    expect(operations.list).not.toHaveProperty("notFound");
    const own = parse({ name: "acme", path: "/k", operations: { list: { notFound: { status: 404 } } } });
    expect(own.operations.list?.notFound).toEqual([{ status: 404 }]);
  });

  it("is, for updates, the fields that no other update has, and which of them are sent", () => {
    const fields = {
      scopes: { type: "strings", input: "optional" },
      limit: { type: "integer", input: "optional" },
    } as const;
    const { operations } = parse({
      name: "acme",
      path: "/k",
      fields,
      operations: { update: [{ method: "PUT", path: "/k/{keyId}/scopes", fields: ["scopes"] }, {}] },
    });
    expect(operations.update).toMatchObject([
      { method: "PUT", fields: ["scopes"], sends: "all" },
      { method: "PATCH", path: "/k/{keyId}", fields: ["name", "limit"], sends: "changed" },
    ]);
  });
});

describe("a definition", () => {
  it.each<[string, (data: Spoilt) => void, string]>([
    [
      "a name that no environment variable could be made of",
      (data) => {
        data.name = "Acme Inc";
      },
      "/name: must be lower-case letters, digits and hyphens, starting with a letter",
    ],
    [
      "a property that there is not",
      (data) => {
        data.paging = {};
      },
      "/paging: there is no such property; there is $schema, name, title, docs, baseUrl, path, kind, auth, pathParameters, fields, headers, encoding, bodyEnvelope, envelope, success, notFound, operations, errors, statusHints, tenant, uniqueNames, reusesIds",
    ],
    [
      "a base URL that is none",
      (data) => {
        data.baseUrl = "acme";
      },
      "/baseUrl: must be a URL, such as https://api.acme.example",
    ],
    [
      "a base URL of another protocol",
      (data) => {
        data.baseUrl = "ftp://acme.example";
      },
      "/baseUrl: must be a URL, such as https://api.acme.example",
    ],
    [
      "no way to authenticate",
      (data) => {
        data.auth = [];
      },
      "/auth: Too small: expected array to have >=1 items",
    ],
    [
      "a credential's header that is no header name",
      (data) => {
        data.auth = [{ scheme: "headers", headers: { "X Key": "{apiKey}" } }];
      },
      "/auth/0/headers/X Key: its name must be a header name (RFC 9110)",
    ],
    [
      "a field's name that is no argument name",
      (data) => {
        data.fields["last-used"] = { type: "instant" };
      },
      "/fields/last-used: its name must be a camelCase name",
    ],
    [
      "a value that the program sets",
      (data) => {
        data.fields.value = { type: "string", input: "optional" };
      },
      "/fields/value/input: cannot be set by a program",
    ],
    [
      "a set that is no list",
      (data) => {
        data.fields.name = { type: "string", input: "optional", set: true };
      },
      "/fields/name/set: only a list of strings can be a set",
    ],
    [
      "a field called as one of the resource's own",
      (data) => {
        data.fields.status = { type: "string" };
      },
      "/fields/status: is a name of the resource itself; choose another",
    ],
    [
      "a field whose wire name is the secret's: it would be kept in the clear",
      (data) => {
        data.fields.prefix = { type: "string", wire: "value" };
      },
      '/fields/prefix/wire: "value" is already the wire name of value',
    ],
    [
      "two fields of one wire name",
      (data) => {
        data.fields.label = { type: "string", wire: "name" };
      },
      '/fields/label/wire: "name" is already the wire name of name',
    ],
    [
      "a parent called as one of the resource's own",
      (data) => {
        data.pathParameters = { rotation: {} };
      },
      "/pathParameters/rotation: is a name of the resource itself; choose another",
    ],
    [
      "a field called as something that every object has",
      (data) => {
        Object.assign(data.fields, { toString: { type: "string" } });
      },
      "/fields/toString: is a name that every object has; choose another",
    ],
    [
      "a parent called as something that every object has",
      (data) => {
        data.pathParameters = { constructor: {} };
      },
      "/pathParameters/constructor: is a name that every object has; choose another",
    ],
    [
      "a variable that is no parent, but something that every object has",
      (data) => {
        Object.assign(data.operations.create ?? {}, { path: "/v1/{constructor}/keys" });
      },
      "/operations/create/path: {constructor} is no variable here; there is name",
    ],
    [
      "a tenant whose field is none, but something that every object has",
      (data) => {
        data.tenant = { field: "valueOf" };
      },
      "/tenant/field: valueOf is not among the fields",
    ],
    [
      "a field called as a parent",
      (data) => {
        data.pathParameters = { name: {} };
      },
      "/fields/name: is already the name of a path parameter",
    ],
    [
      "a path variable that is no parent",
      (data) => {
        data.operations.list = { method: "GET", path: "/v1/{team}/keys", evidence: "assumed" };
      },
      "/operations/list/path: {team} is no variable here; there is none",
    ],
    [
      "a key's id in the path that creates it",
      (data) => {
        data.operations.create = { method: "POST", path: "/v1/keys/{keyId}", evidence: "assumed" };
      },
      "/operations/create/path: {keyId} is no variable here; there is name",
    ],
    [
      "a path that does not begin at the root",
      (data) => {
        data.operations.list = { method: "GET", path: "v1/keys", evidence: "assumed" };
      },
      "/operations/list/path: must start with / and hold no white space, query or fragment; variables are {like}{this}",
    ],
    [
      "a path with a query",
      (data) => {
        data.operations.list = { method: "GET", path: "/v1/keys?all=1", evidence: "assumed" };
      },
      "/operations/list/path: must start with / and hold no white space, query or fragment; variables are {like}{this}",
    ],
    [
      "a method that there is not",
      (data) => {
        data.operations.list = { method: "FETCH", path: "/v1/keys", evidence: "assumed" };
      },
      "/operations/list/method: must be one of GET, POST, PUT, PATCH, DELETE",
    ],
    [
      "a singleton that cannot be looked at before it is touched",
      (data) => {
        data.kind = "singleton";
        data.operations.revoke = { method: "DELETE", path: "/v1/keys", evidence: "assumed" };
      },
      "/operations/get: is missing: a singleton's key is looked at before it is created or revoked, for it may be someone else's",
    ],
    [
      "a singleton whose id has to be known before it is looked at",
      (data) => {
        data.kind = "singleton";
        data.operations.get = { method: "GET", path: "/v1/keys/{keyId}", evidence: "assumed" };
      },
      "/operations/get/path: cannot hold {keyId}: it is how a singleton's id is found",
    ],
    [
      "no error shape",
      (data) => {
        data.errors = [];
      },
      "/errors: Too small: expected array to have >=1 items",
    ],
    [
      "a pointer that is none",
      (data) => {
        data.errors = [{ message: "message" }];
      },
      "/errors/0/message: must be a JSON Pointer (RFC 6901), such as /data/key, or empty for the whole body",
    ],
    [
      "a hint for a success",
      (data) => {
        data.statusHints = { "200": "Good." };
      },
      "/statusHints/200: its name must be an error's status, such as 403",
    ],
    [
      "a tenant that no field tells",
      (data) => {
        data.tenant = { field: "team" };
      },
      "/tenant/field: team is not among the fields",
    ],
    [
      "a tenant that is not kept in state, so that it could never be compared",
      (data) => {
        data.fields.team = { type: "string", volatile: true };
        data.tenant = { field: "team" };
      },
      "/tenant/field: team is volatile, so it is not in state to be compared",
    ],
    [
      "an empty title",
      (data) => {
        data.title = "";
      },
      "/title: must not be empty",
    ],
    [
      "no name",
      (data) => {
        delete data.name;
      },
      "/name: is missing",
    ],
    [
      "no place for its keys",
      (data) => {
        delete (data as { operations?: object }).operations;
      },
      "/path: is missing: it is where the keys are, such as /v1/api-keys",
    ],
    [
      "an operation without a place",
      (data) => {
        delete data.operations.create;
      },
      "/operations/create/path: is missing: say it here, or once for all in /path",
    ],
    [
      "an id taken away",
      (data) => {
        Object.assign(data.fields, { id: null });
      },
      "/fields/id: is missing: every key has one",
    ],
    [
      "a value taken away",
      (data) => {
        Object.assign(data.fields, { value: null });
      },
      "/fields/value: is missing: every key has one",
    ],
    [
      "no way to look",
      (data) => {
        delete data.operations.list;
      },
      "/operations: needs list or get: without either, a key revoked elsewhere is never noticed",
    ],
    [
      "no proof that a key is gone",
      (data) => {
        Object.assign(data.operations.list ?? {}, { completeness: "partial" });
      },
      '/operations/list/completeness: is "partial", and nothing else proves that a key is gone: without a proof, one revoked elsewhere is never noticed',
    ],
    [
      "a collection's revocation that names no key, and so might take all",
      (data) => {
        data.operations.revoke = { method: "DELETE", path: "/v1/keys", evidence: "assumed" };
      },
      "/operations/revoke/path: must hold {keyId}, or query or body must: in a collection it is the id that tells one key from the others",
    ],
    [
      "a collection's get that names no key",
      (data) => {
        data.operations.get = { method: "GET", path: "/v1/keys", evidence: "assumed" };
      },
      "/operations/get/path: must hold {keyId}, or query or body must: in a collection it is the id that tells one key from the others",
    ],
    [
      "a brace that is not closed",
      (data) => {
        data.operations.list = { path: "/v1/{team" };
      },
      "/operations/list/path: must start with / and hold no white space, query or fragment; variables are {like}{this}",
    ],
    [
      "a path that leads up",
      (data) => {
        data.operations.list = { path: "/v1/../keys" };
      },
      '/operations/list/path: must not hold "." or "..", which mean another path',
    ],
    [
      "a header of several lines",
      (data) => {
        data.headers = { "X-A": "1\r\nX-B: 2" };
      },
      "/headers/X-A: must be one line of Latin text (RFC 9110)",
    ],
    [
      "a variable in the headers of all operations that not all have",
      (data) => {
        data.headers = { "X-A": "{name}" };
      },
      "/headers/X-A: {name} is no variable here; there is none",
    ],
    [
      "fields that are each a part of the other",
      (data) => {
        data.fields.a = { wire: { read: { field: "b" } } };
        data.fields.b = { wire: { created: "b1", rotated: "b1", read: { field: "a" } } };
      },
      "/fields/a/wire/field: leads back to this field; /fields/b/wire/field: leads back to this field",
    ],
    [
      "a field that is the whole secret",
      (data) => {
        data.fields.copy = { wire: { read: { field: "value" } } };
      },
      "/fields/copy/wire/field: is the secret, which would be kept in the clear: say which part, or digest",
    ],
    [
      "the secret's place in another spelling",
      (data) => {
        data.fields.copy = { wire: "/value" };
      },
      '/fields/copy/wire: "/value" is already the wire name of value',
    ],
    [
      "a body beside which the fields cannot stand",
      (data) => {
        Object.assign(data.operations.create ?? {}, { body: ["{name}"] });
      },
      "/operations/create/body: must be an object, for the fields of the key stand beside it",
    ],
    [
      "a request for the tenant with a variable",
      (data) => {
        data.fields.team = {};
        data.tenant = { field: "team", whoami: { path: "/teams/{team}", tenant: "/id" } };
      },
      "/tenant/whoami/path: {team} is no variable here; there is none",
    ],
  ])("with %s is refused, with its path", (_, spoil, problem) => {
    expect(complaint(spoil)).toBe(`The service definition has mistakes: ${problem}.`);
  });

  it("with several mistakes gets all of them reported at once", () => {
    const told = complaint((data) => {
      data.title = "";
      data.kind = "both";
    });
    expect(told).toContain("/title: ");
    expect(told).toContain("/kind: ");
  });

  it("that takes the name of a built-in service is refused", () => {
    expect(
      complaint((data) => {
        data.name = "xentree";
      }),
    ).toBe('The service definition takes the name of a built-in service, "xentree"; give it another.');
  });

  it.each([undefined, null, "acme", []])("that is %p is refused", (data) => {
    expect(() => readDefinition(data)).toThrow(
      /^The service definition has mistakes: \/: (must be an object|is missing)\.$/,
    );
  });

  it("is parsed once for all keys that carry it", () => {
    expect(parse(acme())).toBe(parse(acme()));
  });
});

describe.each([
  ["xentree", xentreeData],
  ["applications", applicationsData],
  ["sendkit", sendkitData],
])("the built-in service %s", (name, data) => {
  it("is found by its name and parses as any definition", () => {
    expect(resolveService({ service: name })).toEqual(examine(data).definition);
  });

  it("is JSON and nothing else: a round trip gives the same", () => {
    const copy: unknown = JSON.parse(JSON.stringify(data));
    expect(copy).toStrictEqual(data);
    expect(examine(copy).definition).toStrictEqual(resolveService({ service: name }));
  });

  it("uses nothing that a user's definition cannot", () => {
    const own = { ...JSON.parse(JSON.stringify(data)), name: `my-${name}` };
    expect(readDefinition(own)).toStrictEqual({ ...resolveService({ service: name }), name: `my-${name}` });
  });

  it("has a value that is no input, and an id that is not the value", () => {
    const { fields } = resolveService({ service: name });
    expect(fields.value).toMatchObject({ type: "string" });
    expect(fields.value?.input).toBeUndefined();
    expect(fields.id?.wire.created).not.toBe(fields.value?.wire.created);
  });
});

describe("a service's name", () => {
  it("that is mistyped gets the nearest name suggested", () => {
    expect(() => resolveService({ service: "zentree" })).toThrow(
      'There is no service "zentree". Did you mean "xentree"? Built in are xentree, applications, sendkit; ' +
        "declare any other vendor with defineService().",
    );
  });

  it("that resembles none gets the list", () => {
    expect(() => resolveService({ service: "github" })).toThrow(
      'There is no service "github". Built in are xentree, applications, sendkit; declare any other vendor with defineService().',
    );
  });

  it("is not looked up when the key carries a definition", () => {
    expect(resolveService({ service: "xentree", definition: acme() }).name).toBe("acme");
  });

  it.each(["constructor", "__proto__", ""])("%p is no service", (service) => {
    expect(() => resolveService({ service })).toThrow("There is no service");
  });
});

it("the built-in services are the three vendors", () => {
  expect(builtInNames()).toEqual(["xentree", "applications", "sendkit"]);
});

it("a template's variables are told in order", () => {
  expect(pathVariables("/v1/{team}/keys/{keyId}")).toEqual(["team", "keyId"]);
  expect(pathVariables("/v1/keys")).toEqual([]);
  expect(templateVariables("{a} of {b}, but { not this }")).toEqual(["a", "b"]);
});

it("every output and argument of the resource itself is reserved", () => {
  for (const name of ["value", "id", "name", "expiresAt"]) expect(reservedNames.has(name)).toBe(false);
  for (const name of ["keyId", "service", "asked", "fingerprint"]) expect(reservedNames.has(name)).toBe(true);
});
