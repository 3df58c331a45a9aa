import { instantText } from "../../provider/base/time";
import { unknownValue } from "../../provider/base/unknown";
import { Connections } from "../../provider/connection/connections";
import { argumentSchemas } from "../../provider/definition/arguments";
import { check, type Properties } from "../support/lifecycle/lifecycle";
import { program } from "../support/lifecycle/modelEngine";
import { day, ModelWorld, start } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";
import { overHttp } from "../support/vendor/overHttp";

const past = instantText(start - day);
const future = instantText(start + 100 * day);

/** The context of a program with these connections. Its vendors are real, since they refuse wrong credentials. */
function worldOf(config: Record<string, unknown>): ModelWorld {
  const world = new ModelWorld();
  return Object.assign(world, { connections: new Connections(JSON.stringify(config), {}), vendor: overHttp });
}

const connected = worldOf({
  xentree: { token: "canary" },
  applications: { baseUrl: "https://vendor.example", token: "canary" },
  sendkit: { apiKey: "sk_user_canary" },
  acme: { token: "canary" },
  insecure: { baseUrl: "http://vendor.example", token: "canary" },
  borrowed: { service: "sendkit", apiKey: "sk_user_canary" },
  workspace: { apiKey: "sk_ws_canary" },
  half: { username: "canary" },
  wrongKind: { apiKey: "canary" },
});

function failures(news: Properties, olds: Properties = {}, world = connected): readonly string[] {
  return check(world, olds, news).failures;
}

describe("a program that sets", () => {
  const spoilt = (change: object) => program(parse(acme()), { definition: { ...acme(), ...change } });

  it.each<[string, Properties, string]>([
    [
      "a parent that is no uuid",
      program(applications, { applicationId: "production" }),
      "applications.ApiKey: applicationId must be a uuid, such as 123e4567-e89b-12d3-a456-426614174000.",
    ],
    [
      "an organization that is no uuid",
      program(xentree, { organizationId: "acme" }),
      "xentree.ApiKey: organizationId must be a uuid, such as 123e4567-e89b-12d3-a456-426614174000.",
    ],
    [
      "an empty parent",
      program(sendkit, { workspaceId: "" }),
      "sendkit.ApiKey: workspaceId must not be empty.",
    ],
    [
      "no parent",
      { service: "applications", connection: "applications", logicalName: "ci" },
      "applications.ApiKey: applicationId is missing: say where the key belongs.",
    ],
    [
      "an address that is none",
      program(xentree, { allowedIps: ["203.0.113.0/24", "203.0.113.0/33"] }),
      "xentree.ApiKey: allowedIps[1] must be an IP address or a CIDR range, such as 203.0.113.0/24.",
    ],
    [
      "an address outside of a list",
      program(xentree, { allowedIps: "203.0.113.7" }),
      'xentree.ApiKey: allowedIps must be a list of text, such as ["one", "two"].',
    ],
    [
      "permissions in one text",
      program(xentree, { permissions: "read,write" }),
      'xentree.ApiKey: permissions must be a list of text, such as ["one", "two"].',
    ],
    [
      "permissions that are objects",
      program(applications, { permissions: ["read", { write: true }] }),
      "applications.ApiKey: permissions[1] must be text.",
    ],
    [
      "an empty permission",
      program(applications, { permissions: [""] }),
      "applications.ApiKey: permissions[0] must not be empty.",
    ],
    [
      "a rate of nothing",
      program(xentree, { rateLimitPerMinute: 0 }),
      "xentree.ApiKey: rateLimitPerMinute must be at least 1.",
    ],
    [
      "a rate between whole numbers",
      program(xentree, { rateLimitPerMinute: 1.5 }),
      "xentree.ApiKey: rateLimitPerMinute must be a whole number.",
    ],
    [
      "a rate in digits",
      program(xentree, { rateLimitPerMinute: "60" }),
      "xentree.ApiKey: rateLimitPerMinute must be a whole number.",
    ],
    [
      "a rate beyond what numbers can count",
      program(xentree, { rateLimitPerMinute: 1e20 }),
      "xentree.ApiKey: rateLimitPerMinute must be a whole number.",
    ],
    ["an empty name", program(xentree, { name: "" }), "xentree.ApiKey: name must not be empty."],
    ["a name that is no text", program(xentree, { name: 7 }), "xentree.ApiKey: name must be text."],
    [
      "too long a name",
      program(xentree, { name: "n".repeat(256) }),
      "xentree.ApiKey: name must be at most 255 characters long.",
    ],
    [
      "an unknown argument",
      program(xentree, { permisions: ["read"] }),
      "xentree.ApiKey: permisions is no argument of a Xentree key; did you mean permissions?",
    ],
    [
      "an unknown argument that is like none",
      program(applications, { colour: "red" }),
      "applications.ApiKey: colour is no argument of an Applications API key.",
    ],
    [
      "another service's argument",
      program(sendkit, { permissions: ["read"] }),
      "sendkit.ApiKey: permissions is no argument of a SendKit key.",
    ],
    [
      "what only the vendor sets",
      program(xentree, { prefix: "xntr-" }),
      "xentree.ApiKey: prefix is no argument of a Xentree key.",
    ],
    [
      "two expiries at once",
      program(xentree, { expiresAt: future, expiresIn: "90d" }),
      "xentree.ApiKey: expiresAt and expiresIn exclude each other: give a moment, or a lifetime that begins with each new key.",
    ],
    [
      "an expiry that is no moment",
      program(xentree, { expiresAt: "2027-01-31" }),
      "xentree.ApiKey: expiresAt must be a date and time with a zone (RFC 3339), such as 2027-01-31T00:00:00Z.",
    ],
    [
      "an expiry on a day that there is not",
      program(xentree, { expiresAt: "2027-02-30T00:00:00Z" }),
      "xentree.ApiKey: expiresAt must be a date and time with a zone (RFC 3339), such as 2027-01-31T00:00:00Z.",
    ],
    [
      "a new expiry in the past",
      program(xentree, { expiresAt: past }),
      "xentree.ApiKey: expiresAt lies in the past, so the key would never work; give a later moment, or expiresIn for one that renews itself.",
    ],
    [
      "a lifetime that is no duration",
      program(xentree, { expiresIn: "three months" }),
      'xentree.ApiKey: expiresIn must be a whole number and a unit (s, m, h, d, w), such as "90d".',
    ],
    [
      "a lifetime without a unit",
      program(xentree, { expiresIn: 90 }),
      'xentree.ApiKey: expiresIn must be text, such as "90d".',
    ],
    [
      "a lifetime beyond every calendar",
      program(xentree, { expiresIn: "999999999w" }),
      "xentree.ApiKey: expiresIn must be at most 36500d.",
    ],
    [
      "a lifetime of a key that cannot expire",
      program(sendkit, { expiresIn: "90d" }),
      "sendkit.ApiKey: expiresIn cannot be kept: SendKit keys do not expire; use rotation.every to renew the key in time.",
    ],
    [
      "a mistyped part of rotation",
      program(xentree, { rotation: { evry: "30d" } }),
      "xentree.ApiKey: rotation has no evry; it has every, beforeExpiry, overlap, revokeWhenIdleFor, overlapAtMost, revokeNow, warnBeforeExpiry, triggers.",
    ],
    [
      "a rotation that is no object",
      program(xentree, { rotation: "30d" }),
      "xentree.ApiKey: rotation must be an object.",
    ],
    [
      "a rotation at a bad period",
      program(xentree, { rotation: { every: "1 month" } }),
      'xentree.ApiKey: rotation.every must be a whole number and a unit (s, m, h, d, w), such as "90d".',
    ],
    [
      "triggers that are a list",
      program(xentree, { rotation: { triggers: ["v1"] } }),
      "xentree.ApiKey: rotation.triggers must be an object of values.",
    ],
    [
      "the value of a key that it does not name",
      program(xentree, { adoptValue: "canary" }),
      "xentree.ApiKey: adoptValue is the value of the key that adopt names, so adopt is missing.",
    ],
    [
      "a key to take over under something that is no id there",
      program(xentree, { adopt: "my-key" }),
      "xentree.ApiKey: adopt must be a uuid, such as 123e4567-e89b-12d3-a456-426614174000.",
    ],
    [
      "an unknown service",
      { service: "zentree", connection: "xentree", logicalName: "ci" },
      'zentree.ApiKey: There is no service "zentree". Did you mean "xentree"? Built in are xentree, applications, ' +
        "sendkit; declare any other vendor with defineService().",
    ],
    [
      "a service whose definition is malformed",
      spoilt({ title: "", operations: { ...acme().operations, list: undefined } }),
      "acme.ApiKey: The service definition has mistakes: /title: must not be empty; " +
        "/operations: needs list or get: without either, a key revoked elsewhere is never noticed.",
    ],
    [
      "a service of its own under the name of a built-in one",
      spoilt({ name: "xentree" }),
      'acme.ApiKey: The service definition takes the name of a built-in service, "xentree"; give it another.',
    ],
    [
      "a connection that is not there",
      program(xentree, { connection: "prodd" }),
      'xentree.ApiKey: Connection "prodd" has no credentials: set APIKEYS_PRODD_TOKEN, or APIKEYS_PRODD_USERNAME and ' +
        "APIKEYS_PRODD_PASSWORD in the environment, or: pulumi config set --secret --path 'apikeys:connections.prodd.token'.",
    ],
    [
      "an empty connection",
      program(xentree, { connection: "" }),
      "xentree.ApiKey: connection must not be empty.",
    ],
    [
      "a connection with half of its credentials",
      program(xentree, { connection: "half" }),
      'xentree.ApiKey: Connection "half" has username, which is no complete set: set APIKEYS_HALF_TOKEN, or ' +
        "APIKEYS_HALF_USERNAME and APIKEYS_HALF_PASSWORD in the environment, or: pulumi config set --secret --path " +
        "'apikeys:connections.half.token'.",
    ],
    [
      "a connection whose credentials would go in the clear",
      program(xentree, { connection: "insecure" }),
      'xentree.ApiKey: The base URL of connection "insecure" is http://, which would send credentials in the clear; use ' +
        "https://: correct the environment variable APIKEYS_INSECURE_BASE_URL or the config key " +
        "apikeys:connections.insecure.baseUrl.",
    ],
    [
      "another service's connection",
      program(xentree, { connection: "borrowed" }),
      'xentree.ApiKey: Connection "borrowed" is for service "sendkit" (config key apikeys:connections.borrowed.service), ' +
        'but the key is of service "xentree"; name another connection.',
    ],
    [
      "a connection with another kind of credentials than the service takes",
      program(xentree, { connection: "wrongKind" }),
      'xentree.ApiKey: Connection "wrongKind" holds apiKey, but Xentree accepts only token (APIKEYS_WRONGKIND_TOKEN), or ' +
        "username and password (APIKEYS_WRONGKIND_USERNAME, APIKEYS_WRONGKIND_PASSWORD). Set these environment variables, " +
        "or these fields of the connection.",
    ],
    [
      "SendKit keys with a workspace's own key",
      program(sendkit, { connection: "workspace" }),
      'sendkit.ApiKey: The apiKey of connection "workspace" for SendKit is not accepted: SendKit manages workspace keys with ' +
        "a platform key (sk_user_…) only; workspace keys are refused. Correct the environment variable " +
        "APIKEYS_WORKSPACE_API_KEY or the connection's apiKey.",
    ],
  ])("%s gets a sentence about it", (_, news, message) => {
    const told = failures(news);
    expect(told).toEqual([message]);
    expect(told.join()).not.toContain("canary");
  });

  it("several invalid arguments gets a sentence for each", () => {
    const news = program(xentree, {
      name: "",
      rateLimitPerMinute: 0,
      colour: "red",
      rotation: { every: "x", evry: 1 },
    });
    expect(failures(news)).toEqual([
      "xentree.ApiKey: name must not be empty.",
      "xentree.ApiKey: rateLimitPerMinute must be at least 1.",
      "xentree.ApiKey: colour is no argument of a Xentree key.",
      'xentree.ApiKey: rotation.every must be a whole number and a unit (s, m, h, d, w), such as "90d".',
      "xentree.ApiKey: rotation has no evry; it has every, beforeExpiry, overlap, revokeWhenIdleFor, overlapAtMost, revokeNow, warnBeforeExpiry, triggers.",
    ]);
  });

  it("nothing for a required field gets told which", () => {
    const own = parse({
      ...acme(),
      fields: { ...acme().fields, purpose: { type: "string", input: "required" } },
    });
    expect(failures(program(own))).toEqual(["acme.ApiKey: purpose is missing: Acme requires it."]);
    expect(failures(program(own, { purpose: "ci" }))).toEqual([]);
  });

  it("no end for a key that must have one gets told so; a moment or a lifetime will do", () => {
    const own = parse({
      ...acme(),
      fields: { ...acme().fields, expiresAt: { input: "required" } },
    });
    expect(failures(program(own))).toEqual([
      "acme.ApiKey: expiresAt or expiresIn is missing: Acme requires it.",
    ]);
    expect(failures(program(own, { expiresIn: "30d" }))).toEqual([]);
    expect(failures(program(own, { expiresAt: "2099-01-01T00:00:00Z" }))).toEqual([]);
  });

  it("every field of its service correctly gets no failure", () => {
    const news = program(xentree, {
      name: "ci",
      organizationId: "7c60d51f-b44e-4682-87d6-449835ea4de6",
      permissions: [],
      rateLimitPerMinute: 1,
      expiresAt: future,
      allowedIps: ["203.0.113.7", "203.0.113.0/24", "2001:db8::1", "2001:db8::/32"],
      rotation: { every: "30d", triggers: { version: 2, list: [1], nothing: null } },
      adopt: "497f6eca-6276-4993-bfeb-53cbbbba6f08",
      adoptValue: "xntr-1",
    });
    expect(check(connected, {}, news)).toMatchObject({ failures: [], warnings: [] });
  });
});

describe("a fixed expiry that has passed", () => {
  const expired = program(xentree, { expiresAt: past });

  it("fails the check when it is new or changed", () => {
    expect(failures(expired, { expiresAt: instantText(start - 2 * day) })).toHaveLength(1);
    expect(failures(expired, {})).toHaveLength(1);
  });

  it("only warns in a program that did not change, and names the key: a warning has no resource beside it", () => {
    const { failures, warnings } = check(connected, { expiresAt: past }, expired);
    expect(failures).toEqual([]);
    expect(warnings).toEqual([
      'xentree.ApiKey "ci": expiresAt has passed, so the key no longer works; give a later moment, or expiresIn for one that renews itself.',
    ]);
  });

  it("is unchanged when it is only written in another time zone", () => {
    const sameMoment = { expiresAt: "2026-05-31T14:00:00+02:00" };
    expect(failures(expired, sameMoment)).toEqual([]);
  });

  it("begins at its very moment", () => {
    expect(failures(program(xentree, { expiresAt: instantText(start) }))).toHaveLength(1);
    expect(failures(program(xentree, { expiresAt: instantText(start + 1_000) }))).toEqual([]);
  });
});

describe("a value that is not known yet", () => {
  const everyArgument = [xentree, applications, sendkit].flatMap((definition) =>
    [...argumentSchemas(definition).keys()].map((name) => [definition.name, name, definition] as const),
  );

  it.each(everyArgument)("never fails the check: %s %s", (_, name, definition) => {
    const news = program(definition, { [name]: unknownValue });
    expect(failures(news)).toEqual([]);
    expect(check(connected, {}, news).inputs[name]).toBe(unknownValue);
  });

  it.each<[string, Properties]>([
    ["in a list", { permissions: ["read", unknownValue], allowedIps: [unknownValue] }],
    ["as the period of a rotation", { rotation: { every: unknownValue } }],
    ["as all triggers", { rotation: { triggers: unknownValue } }],
    ["as one trigger", { rotation: { every: "30d", triggers: { version: unknownValue } } }],
    ["deep in a trigger", { rotation: { triggers: { image: { tags: [unknownValue] } } } }],
    [
      "as the one of two expiries that may turn out to be absent",
      { expiresAt: future, expiresIn: unknownValue },
    ],
    ["as the other of the two", { expiresAt: unknownValue, expiresIn: "90d" }],
    ["as a value of a key that is not known either", { adopt: unknownValue, adoptValue: unknownValue }],
    ["as a value that may turn out to be absent", { adoptValue: unknownValue }],
  ])("never fails the check %s", (_, args) => {
    expect(failures(program(xentree, args))).toEqual([]);
  });

  it("does not hide a mistake elsewhere", () => {
    expect(failures(program(xentree, { permissions: [unknownValue], rateLimitPerMinute: 0 }))).toEqual([
      "xentree.ApiKey: rateLimitPerMinute must be at least 1.",
    ]);
    expect(failures(program(xentree, { rotation: { every: "x", triggers: { a: unknownValue } } }))).toEqual([
      'xentree.ApiKey: rotation.every must be a whole number and a unit (s, m, h, d, w), such as "90d".',
    ]);
  });

  it("leaves the due date open", () => {
    const { inputs } = check(connected, {}, program(xentree, { rotation: { every: unknownValue } }));
    expect(inputs).not.toHaveProperty("dueAt");
  });
});

describe("a key's name", () => {
  const world = () => new ModelWorld(xentree);

  it("is the resource's with seven digits, and is marked as generated", () => {
    expect(check(world(), {}, program(xentree)).inputs).toMatchObject({
      name: "ci-0000001",
      autonamed: true,
    });
  });

  it("stays at every further check, and is generated again for a successor, which exists beside it", () => {
    const bench = world();
    const first = check(bench, {}, program(xentree)).inputs;
    expect(check(bench, first, program(xentree)).inputs).toMatchObject({
      name: "ci-0000001",
      autonamed: true,
    });
    expect(check(bench, {}, program(xentree)).inputs.name).toBe("ci-0000002");
  });

  it("that the program gives is kept, and is not marked as generated", () => {
    const { inputs } = check(
      world(),
      { name: "ci-0000001", autonamed: true },
      program(xentree, { name: "mine" }),
    );
    expect(inputs.name).toBe("mine");
    expect(inputs).not.toHaveProperty("autonamed");
  });

  it("that the program once gave stays when it gives none, and never counts as generated", () => {
    const { inputs } = check(world(), { name: "mine" }, program(xentree));
    expect(inputs.name).toBe("mine");
    expect(inputs).not.toHaveProperty("autonamed");
  });

  it("is cut to what the vendor takes, the digits whole", () => {
    const news = program(xentree, { logicalName: "n".repeat(300) });
    const { name } = check(world(), {}, news).inputs;
    expect(name).toHaveLength(255);
    expect(name).toMatch(/n-0000001$/);
  });

  it("is not generated when the service's keys have none", () => {
    const nameless = parse({ ...acme(), fields: { ...acme().fields, name: null } });
    expect(check(new ModelWorld(nameless), {}, program(nameless)).inputs).not.toHaveProperty("name");
  });

  it("stays unknown while it is unknown", () => {
    expect(check(world(), {}, program(xentree, { name: unknownValue })).inputs.name).toBe(unknownValue);
  });
});

describe("the inputs that are kept", () => {
  const world = new ModelWorld(xentree);
  const asked = { rotation: { every: "30d" } };

  it("hold when the key was created and when it is due, and not the resource's own name", () => {
    const { inputs } = check(world, {}, program(xentree, asked));
    expect(inputs).toMatchObject({ rotatedAt: "2026-06-01T12:00:00Z", dueAt: "2026-07-01T12:00:00Z" });
    expect(inputs).not.toHaveProperty("logicalName");
  });

  it("keep the key's creation time", () => {
    const { inputs } = check(world, { rotatedAt: "2026-05-20T00:00:00Z" }, program(xentree, asked));
    expect(inputs).toMatchObject({ rotatedAt: "2026-05-20T00:00:00Z", dueAt: "2026-06-19T00:00:00Z" });
  });

  it("show a new due date when the old one has passed, which is how a plan shows the renewal", () => {
    const olds = { rotatedAt: "2026-01-01T00:00:00Z", dueAt: "2026-01-31T00:00:00Z" };
    expect(check(world, olds, program(xentree, asked)).inputs.dueAt).toBe("2026-06-30T00:00:00Z");
  });

  it("keep a due date that ignoreChanges has put there", () => {
    const pinned = { ...asked, dueAt: "2026-01-31T00:00:00Z" };
    expect(check(world, {}, program(xentree, pinned)).inputs.dueAt).toBe("2026-01-31T00:00:00Z");
  });

  it("name the service's own connection when the program leaves it undefined", () => {
    const { connection: _, ...news } = program(xentree);
    expect(check(world, {}, news)).toMatchObject({ inputs: { connection: "xentree" }, failures: [] });
  });

  it("are the program's when the check fails, so that the engine can show them", () => {
    expect(check(world, {}, { service: "zentree", name: "n", logicalName: "ci" }).inputs).toEqual({
      service: "zentree",
      name: "n",
    });
  });
});

it("an unexpected error is not turned into a sentence", () => {
  const broken = Object.assign(new ModelWorld(sendkit), {
    vendor: () => {
      throw new TypeError("a bug");
    },
  });
  expect(() => check(broken, {}, program(sendkit))).toThrow(TypeError);
});
