import { applications as applicationsData } from "../../provider/service/applications";
import { serviceDefinition } from "../../provider/service/definition";
import { builtInNames, readDefinition, resolveService } from "../../provider/service/registry";
import { reservedNames, templateVariables } from "../../provider/service/rules";
import { sendkit as sendkitData } from "../../provider/service/sendkit";
import { xentree as xentreeData } from "../../provider/service/xentree";
import { acme, parse } from "./support/definitions";

type Spoilt = Record<string, unknown> & {
  fields: Record<string, Record<string, unknown>>;
  operations: Record<string, Record<string, unknown> | undefined>;
  auth: Record<string, unknown>[];
  errors: Record<string, unknown>[];
};

/** What a user hears of a definition that was spoilt in one place. */
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

describe("a definition", () => {
  it("that says the least is complete with its defaults", () => {
    expect(parse(acme())).toMatchObject({ parents: {}, envelope: "", statusHints: {}, uniqueNames: false });
  });

  it.each<[string, (data: Spoilt) => void, string]>([
    [
      "a name that no environment variable could be made of",
      (data) => {
        data.name = "Acme Inc";
      },
      "/name: must be lower-case letters, digits and hyphens, starting with a letter",
    ],
    [
      "no title",
      (data) => {
        delete data.title;
      },
      "/title: Invalid input: expected string, received undefined",
    ],
    [
      "a property that there is not",
      (data) => {
        data.paging = {};
      },
      '/: Unrecognized key: "paging"',
    ],
    [
      "a base URL that is none",
      (data) => {
        data.baseUrl = "acme";
      },
      "/baseUrl: Invalid URL",
    ],
    [
      "a base URL of another protocol",
      (data) => {
        data.baseUrl = "ftp://acme.example";
      },
      "/baseUrl: Invalid URL",
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
        data.auth = [{ scheme: "header", header: "X Key" }];
      },
      "/auth/0/header: must be a header name (RFC 9110)",
    ],
    [
      "a field without a type",
      (data) => {
        data.fields.extra = {};
      },
      '/fields/extra/type: Invalid option: expected one of "string"|"integer"|"boolean"|"strings"|"instant"',
    ],
    [
      "a field's name that is no argument name",
      (data) => {
        data.fields["last-used"] = { type: "instant" };
      },
      "/fields/last-used: Invalid key in record",
    ],
    [
      "no id",
      (data) => {
        delete data.fields.id;
      },
      "/fields/id: is missing: every key has one",
    ],
    [
      "no value",
      (data) => {
        delete data.fields.value;
      },
      "/fields/value: is missing: every key has one",
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
        data.parents = { rotation: {} };
      },
      "/parents/rotation: is a name of the resource itself; choose another",
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
        data.parents = { constructor: {} };
      },
      "/parents/constructor: is a name that every object has; choose another",
    ],
    [
      "a variable that is no parent, but something that every object has",
      (data) => {
        Object.assign(data.operations.create ?? {}, { path: "/v1/{constructor}/keys" });
      },
      "/operations/create/path: {constructor} is no parent of this service",
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
        data.parents = { name: {} };
      },
      "/fields/name: is already the name of a parent",
    ],
    [
      "a path variable that is no parent",
      (data) => {
        data.operations.list = { method: "GET", path: "/v1/{team}/keys", evidence: "assumed" };
      },
      "/operations/list/path: {team} is no parent of this service",
    ],
    [
      "a key's id in the path that creates it",
      (data) => {
        data.operations.create = { method: "POST", path: "/v1/keys/{keyId}", evidence: "assumed" };
      },
      "/operations/create/path: {keyId} is no parent of this service",
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
      "an operation that does not say whether it is documented",
      (data) => {
        data.operations.list = { method: "GET", path: "/v1/keys" };
      },
      '/operations/list/evidence: Invalid option: expected one of "documented"|"assumed"',
    ],
    [
      "a method that there is not",
      (data) => {
        data.operations.list = { method: "FETCH", path: "/v1/keys", evidence: "assumed" };
      },
      '/operations/list/method: Invalid option: expected one of "GET"|"POST"|"PUT"|"PATCH"|"DELETE"',
    ],
    [
      "no way to revoke",
      (data) => {
        delete data.operations.revoke;
      },
      "/operations/revoke: Invalid input: expected object, received undefined",
    ],
    [
      "no way to look",
      (data) => {
        delete data.operations.list;
      },
      "/operations: needs list or get: without either, a key revoked elsewhere is never noticed",
    ],
    [
      "a collection's revocation that names no key, and so might take all",
      (data) => {
        data.operations.revoke = { method: "DELETE", path: "/v1/keys", evidence: "assumed" };
      },
      "/operations/revoke/path: must hold {keyId}: in a collection it is the id that tells one key from the others",
    ],
    [
      "a collection's get that names no key",
      (data) => {
        data.operations.get = { method: "GET", path: "/v1/keys", evidence: "assumed" };
      },
      "/operations/get/path: must hold {keyId}: in a collection it is the id that tells one key from the others",
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
      "/statusHints/200: Invalid key in record",
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
  ])("with %s is refused, and the path is told", (_, spoil, problem) => {
    expect(complaint(spoil)).toBe(`The service definition has mistakes: ${problem}.`);
  });

  it("with several mistakes hears of all at once", () => {
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
    expect(() => readDefinition(data)).toThrow("The service definition has mistakes: /: Invalid input");
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
    expect(resolveService({ service: name })).toEqual(serviceDefinition.parse(data));
  });

  it("is JSON and nothing else: a round trip gives the same", () => {
    const copy: unknown = JSON.parse(JSON.stringify(data));
    expect(copy).toStrictEqual(data);
    expect(serviceDefinition.parse(copy)).toStrictEqual(resolveService({ service: name }));
  });

  it("uses nothing that a user's own definition cannot", () => {
    const own = { ...JSON.parse(JSON.stringify(data)), name: `my-${name}` };
    expect(readDefinition(own)).toStrictEqual({ ...resolveService({ service: name }), name: `my-${name}` });
  });

  it("carries a value that is no input, and an id that is not the value", () => {
    const { fields } = resolveService({ service: name });
    expect(fields.value).toMatchObject({ type: "string" });
    expect(fields.value?.input).toBeUndefined();
    expect(fields.id?.wire ?? "id").not.toBe(fields.value?.wire);
  });
});

describe("a service's name", () => {
  it("that is mistyped gets the name that was meant", () => {
    expect(() => resolveService({ service: "zentree" })).toThrow(
      'There is no service "zentree". Did you mean "xentree"? Built in are xentree, applications, sendkit; ' +
        "declare any other vendor with defineService().",
    );
  });

  it("that is like none gets the list", () => {
    expect(() => resolveService({ service: "github" })).toThrow(
      'There is no service "github". Built in are xentree, applications, sendkit; declare any other vendor with defineService().',
    );
  });

  it("is not looked up where a definition is carried", () => {
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
  expect(templateVariables("/v1/{team}/keys/{keyId}")).toEqual(["team", "keyId"]);
  expect(templateVariables("/v1/keys")).toEqual([]);
});

it("every output and argument of the resource itself is reserved", () => {
  for (const name of ["value", "id", "name", "expiresAt"]) expect(reservedNames.has(name)).toBe(false);
  for (const name of ["keyId", "service", "asked", "fingerprint"]) expect(reservedNames.has(name)).toBe(true);
});
