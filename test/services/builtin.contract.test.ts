import { inspect } from "node:util";
import type { ApiKeysError } from "../../provider/base/errors";
import type { FieldDefinition } from "../../provider/definition/definition";
import { templateVariables } from "../../provider/json/templates";
import type { RemoteKey, Vendor } from "../../provider/vendor";
import type { FaultAction } from "../../sandbox";
import { failure as failureOf } from "../support/lifecycle/modelEngine";
import { canary, contractCases } from "../support/vendor/contractCases";
import { type IdentifyingVendor, identifying, overHttp } from "../support/vendor/overHttp";
import { useSandbox } from "../support/vendor/sandbox";

const { sandbox, send } = useSandbox();

/** The error that an attempt ends with, searched for wrong credentials in every corner. */
async function failure(attempt: Promise<unknown>): Promise<ApiKeysError> {
  const error = await failureOf(attempt);
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(canary);
  return error;
}

const page = "<!doctype html><title>Log in</title><form></form>";

/** 404s that any web server or framework may return. */
const othersNotFound: [string, FaultAction][] = [
  ["a web page", { kind: "respond", status: 404, body: page }],
  ["a framework's bare JSON", { kind: "respond", status: 404, body: { detail: "Not Found" } }],
  ["another API's envelope", { kind: "respond", status: 404, body: { errors: [{ title: "not found" }] } }],
  ["an empty object", { kind: "respond", status: 404, body: {} }],
  [
    "an envelope of another status",
    { kind: "respond", status: 404, body: { message: "No", detail: 5, code: 400 } },
  ],
  ["nothing", { kind: "respond", status: 404, body: "" }],
];

/** What is not to be believed, though its status is 200. */
const lies: [string, FaultAction][] = [
  ["a login page", { kind: "respond", status: 200, body: page }],
  ["an empty body", { kind: "respond", status: 200, body: "" }],
  ["a key without an id", { kind: "respond", status: 200, body: { name: "ci", data: { name: "ci" } } }],
  [
    "an error under the wrong status",
    { kind: "respond", status: 200, body: { message: "No such key", code: 404 } },
  ],
];

/** Incomplete lists. */
const cutLists: [string, FaultAction][] = [
  ["holds no array", { kind: "respond", status: 200, body: { items: [], total: 0 } }],
  ["has an item without an id", { kind: "respond", status: 200, body: [{ name: "ci" }] }],
  ["has an item that is nothing", { kind: "respond", status: 200, body: [null] }],
  ["breaks off in the middle", { kind: "truncateAfterCommit" }],
  [
    "is one page of several",
    { kind: "respond", status: 200, body: [], headers: { link: '</x?page=2>; rel="next"' } },
  ],
  [
    "is one page of several, spelt otherwise",
    {
      kind: "respond",
      status: 200,
      body: [],
      headers: { link: '</x>; rel="last", </y>; title="a"; REL = "next nofollow"' },
    },
  ],
  [
    "is one page of several, without quotes",
    { kind: "respond", status: 200, body: [], headers: { link: "</y>; rel=next" } },
  ],
];

const nasty = [
  "../1",
  "a/b",
  "%2f",
  "..%2F",
  "1\r\nX-Evil: 1",
  "?a=b",
  "#a",
  "a b",
  "*'()!",
  "{keyId}",
  "ключ",
];

function hasType({ type }: FieldDefinition, value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "boolean") return typeof value === "boolean";
  if (type === "strings") return Array.isArray(value) && value.every((item) => typeof item === "string");
  return typeof value === "string" && (type !== "instant" || !Number.isNaN(Date.parse(value)));
}

describe.each(contractCases)("the contract of $title:", (row) => {
  const { definition, pathParameters, inputs } = row;
  const { operations } = definition;
  const { keyId: _, ...variables } = pathParameters;

  const vendorAs = (credentials = row.credentials): IdentifyingVendor =>
    identifying(
      overHttp(definition, {
        name: "contract",
        baseUrl: new URL(sandbox().url),
        credentials,
        policy: {},
        listLagMs: 0,
      }),
    );

  /** Requests to the key API alone, for a login is not what is counted. */
  const requests = () =>
    sandbox()
      .journal.entries()
      .filter(({ path }) => !path.includes("/auth/"))
      .map(({ method, path }) => `${method} ${path}`);

  const ping = async (value: string) => (await send("GET", row.ping.path, row.ping.as(value))).status;

  /** The ways that the vendor offers to look at a key. */
  const looks = (vendor: Vendor, keyId: string, at = pathParameters) => [
    ...(vendor.list ? [() => vendor.list?.(at, "fresh")] : []),
    ...(vendor.get ? [() => vendor.get?.(at, keyId)] : []),
  ];
  const inject = (action: FaultAction, times = Number.POSITIVE_INFINITY) =>
    sandbox().inject({ action, times, path: /api-key/ });

  it("creates a key with one POST, and its value works", async () => {
    const key = await vendorAs().create(pathParameters, inputs);
    expect(requests()).toEqual([expect.stringMatching(/^POST /)]);
    expect(key.id).not.toBe("");
    expect(await ping(key.value)).toBe(200);
    expect(key.fields).toMatchObject({ name: inputs.name });
  });

  it("gives another key, under another id and with another value, each time", async () => {
    const vendor = vendorAs();
    const first = await vendor.create(pathParameters, inputs);
    if (definition.kind === "singleton") await vendor.revoke(pathParameters, first.id, "ci");
    const second = await vendor.create(pathParameters, inputs);
    expect(second.id).not.toBe(first.id);
    expect(second.value).not.toBe(first.value);
  });

  it("takes every field as it is asked for", async () => {
    const { fields } = await vendorAs().create(pathParameters, inputs);
    for (const [name, value] of Object.entries(inputs)) {
      if (definition.fields[name]?.type === "instant")
        expect(Date.parse(String(fields[name]))).toBe(Date.parse(String(value)));
      else expect(fields[name]).toEqual(value);
    }
    const settable = Object.entries(definition.fields).filter(([, field]) => field.input !== undefined);
    expect(Object.keys(inputs).sort()).toEqual(settable.map(([name]) => name).sort());
  });

  it("tells every declared field in some answer, and each with its declared type", async () => {
    const vendor = vendorAs();
    const key = await vendor.create(pathParameters, inputs);
    await ping(key.value);
    const answers: (RemoteKey | undefined)[] = [
      key,
      (await vendor.list?.(pathParameters, "fresh"))?.[0],
      await vendor.get?.(pathParameters, key.id),
    ];
    const told = new Set(["id", "value", ...answers.flatMap((answer) => Object.keys(answer?.fields ?? {}))]);
    expect([...told].sort()).toEqual(Object.keys(definition.fields).sort());
    for (const answer of answers) {
      for (const [name, value] of Object.entries(answer?.fields ?? {})) {
        const field = definition.fields[name];
        expect([name, value === null || (field !== undefined && hasType(field, value))]).toEqual([
          name,
          true,
        ]);
      }
    }
  });

  it("shows the value once: neither list nor get ever hold it", async () => {
    const vendor = vendorAs();
    const { id, value, fields } = await vendor.create(pathParameters, inputs);
    for (const look of looks(vendor, id)) expect(JSON.stringify(await look())).not.toContain(value);
    expect(JSON.stringify(fields)).not.toContain(value);
  });

  it("finds the key by each way to look, in one request", async () => {
    const vendor = vendorAs();
    const { id, fields } = await vendor.create(pathParameters, inputs);
    sandbox().journal.clear();
    for (const look of looks(vendor, id)) {
      const found = [await look()].flat().find((key) => key?.id === id);
      expect(found).toEqual({ id, fields });
    }
    expect(requests()).toHaveLength(looks(vendor, id).length);
  });

  it("revokes the key with one DELETE: it stops working, and is found no more", async () => {
    const vendor = vendorAs();
    const { id, value } = await vendor.create(pathParameters, inputs);
    await vendor.list?.(pathParameters, "shared");
    sandbox().journal.clear();
    expect(await vendor.revoke(pathParameters, id, "ci")).toBe("revoked");
    expect(requests()).toEqual([expect.stringMatching(/^DELETE /)]);
    expect(await ping(value)).toBe(401);
    expect((await vendor.list?.(pathParameters, "shared")) ?? []).toEqual([]);
    expect(await vendor.get?.(pathParameters, id)).toBeUndefined();
  });

  it("says of a key that was revoked already that it is absent", async () => {
    const vendor = vendorAs();
    const { id } = await vendor.create(pathParameters, inputs);
    await vendor.revoke(pathParameters, id, "ci");
    expect(await vendor.revoke(pathParameters, id, "ci")).toBe("absent");
  });

  it("names the connection when its credentials are wrong, and never shows them", async () => {
    const vendor = vendorAs(row.wrong);
    for (const attempt of [
      () => vendor.create(pathParameters, inputs),
      () => vendor.revoke(pathParameters, "1", "ci"),
      ...looks(vendor, "1"),
    ]) {
      const { message } = await failure(Promise.resolve(attempt()));
      expect(message).toContain('connection "contract"');
      expect(message).toMatch(/HTTP 401|APIKEYS_CONTRACT_/);
    }
    expect(sandbox().keys("xentree")).toEqual([]);
  });

  it("explains what is missing when the credentials are not enough", async () => {
    const vendor = vendorAs(row.forbidden);
    for (const attempt of [
      () => vendor.create(pathParameters, inputs),
      () => vendor.revoke(pathParameters, "1", "ci"),
      ...looks(vendor, "1"),
    ]) {
      const error = await failure(Promise.resolve(attempt()));
      expect(error).toMatchObject({ code: "HTTP_PROBLEM", status: 403 });
      expect(error.message).toMatch(/\(connection "contract"\): HTTP 403: /);
      expect(error.message).toContain(definition.statusHints["403"]);
    }
  });

  it("tells what the vendor refused under our own name of the field", async () => {
    const error = await failure(vendorAs().create(pathParameters, row.refused.inputs));
    expect(error).toMatchObject({ code: "HTTP_PROBLEM" });
    expect(error.message).toContain(`${row.refused.property}: `);
  });

  it.each(othersNotFound)(
    "takes %s under 404 for no word of the vendor's about the key",
    async (_, action) => {
      const vendor = vendorAs();
      const { id, value } = await vendor.create(pathParameters, inputs);
      inject(action);
      expect(await vendor.revoke(pathParameters, id, "ci")).toBe("unproven");
      for (const look of looks(vendor, id)) {
        const error = await failure(Promise.resolve(look()));
        expect(error).toMatchObject({ code: "HTTP_PROBLEM", status: 404 });
      }
      expect(await ping(value)).toBe(200);
    },
  );

  it.each(lies)("does not believe %s under 200 where a key or a list was asked for", async (_, action) => {
    const vendor = vendorAs();
    const { id } = await vendor.create(pathParameters, inputs);
    inject(action);
    for (const look of looks(vendor, id)) {
      const { code, message } = await failure(Promise.resolve(look()));
      expect(code).toBe("RESPONSE_INVALID");
      expect(message).not.toContain("form");
    }
  });

  it.each(lies)("does not know what became of a key when the answer to create is %s", async (_, action) => {
    inject(action);
    const error = await failure(vendorAs().create(pathParameters, inputs));
    expect(error.code).toBe("OUTCOME_UNKNOWN");
    expect(requests()).toHaveLength(1);
  });

  it("does not believe a login page under 200 that the key was revoked", async () => {
    const vendor = vendorAs();
    const { id, value } = await vendor.create(pathParameters, inputs);
    inject({ kind: "respond", status: 200, body: page });
    expect(await vendor.revoke(pathParameters, id, "ci")).toBe("unproven");
    expect(await ping(value)).toBe(200);
  });

  it.each([
    ["an empty body", ""],
    ["an empty object", {}],
    ["a message", { success: true, data: { message: "API key deleted" } }],
  ])("believes %s under 200 that the key was revoked", async (_, body) => {
    const vendor = vendorAs();
    const { id } = await vendor.create(pathParameters, inputs);
    inject({ kind: "respondAfterCommit", status: 200, body });
    expect(await vendor.revoke(pathParameters, id, "ci")).toBe("revoked");
  });

  it.each<[string, FaultAction]>([
    ["the connection breaks", { kind: "resetAfterCommit" }],
    ["the answer breaks off", { kind: "truncateAfterCommit" }],
    ["a gateway answers 502", { kind: "respondAfterCommit", status: 502, body: page }],
    ["the vendor answers 500", { kind: "respondAfterCommit", status: 500 }],
    [
      "the vendor answers 503 and asks to come back",
      { kind: "respondAfterCommit", status: 503, headers: { "retry-after": "1" } },
    ],
  ])("never repeats a POST by itself when %s: a second live key would be orphaned", async (_, action) => {
    inject(action);
    expect((await failure(vendorAs().create(pathParameters, inputs))).code).toBe("OUTCOME_UNKNOWN");
    expect(requests()).toHaveLength(1);
  });

  it.each(nasty)("keeps an id or a parent of %j within its own segment of the path", async (odd) => {
    const vendor = vendorAs();
    const oddPathParameters = Object.fromEntries(Object.keys(variables).map((name) => [name, odd]));
    await Promise.allSettled([
      vendor.revoke(oddPathParameters, odd, "ci"),
      ...looks(vendor, odd, oddPathParameters).map((look) => look()),
    ]);
    const shapes = [operations.revoke, operations.list, operations.get].flatMap((operation) =>
      operation ? [operation] : [],
    );
    for (const { method, path } of shapes) {
      const segments = path
        .split("/")
        .map((segment) => (templateVariables(segment).length > 0 ? odd : segment));
      const sent = sandbox()
        .journal.entries()
        .filter((entry) => entry.method === method);
      expect(sent.map((entry) => entry.path.split("/").map(decodeURIComponent))).toContainEqual(segments);
    }
  });

  it.each(["", ".", ".."])("sends nothing for an id or a parent of %j", async (odd) => {
    const vendor = vendorAs();
    const oddPathParameters = Object.fromEntries(Object.keys(variables).map((name) => [name, odd]));
    const error = await failure(vendor.revoke(oddPathParameters, odd, "ci"));
    expect(error.code).toBe("INVALID_INPUT");
    expect(requests()).toEqual([]);
  });

  it("tells whose the credentials are, where the definition says how", async () => {
    const { tenant } = definition;
    const vendor = vendorAs();
    const { fields } = await vendor.create(pathParameters, inputs);
    if (tenant?.whoami) expect(await vendor.tenant?.()).toBe(fields[tenant.field]);
    else expect(vendor.tenant).toBeUndefined();
  });

  it("goes to the origin that it says", async () => {
    expect(vendorAs().origin).toBe(sandbox().url);
  });

  if (operations.list) {
    const listOf = async (vendor: Vendor, freshness: "shared" | "fresh") => {
      if (!vendor.list) throw new Error("The vendor offers no list, and the definition has one.");
      return vendor.list(pathParameters, freshness);
    };

    it("reads one list for all who ask at once, and another for who asks anew", async () => {
      const vendor = vendorAs();
      await Promise.all([listOf(vendor, "shared"), listOf(vendor, "shared")]);
      await listOf(vendor, "shared");
      expect(requests()).toHaveLength(1);
      await listOf(vendor, "fresh");
      expect(requests()).toHaveLength(2);
    });

    it("does not keep a list that failed", async () => {
      const vendor = vendorAs();
      inject({ kind: "respond", status: 403 }, 1);
      await failure(listOf(vendor, "shared"));
      expect(await listOf(vendor, "shared")).toEqual([]);
    });

    it.each(cutLists)("takes a list that %s for no list", async (_, action) => {
      const vendor = vendorAs();
      await vendor.create(pathParameters, inputs);
      inject(action);
      expect((await failure(listOf(vendor, "fresh"))).code).toBe("RESPONSE_INVALID");
    });
  }

  const { absentPathParameters } = row;
  if (absentPathParameters) {
    it("concludes nothing about the keys of a path parameter that it is not shown, and makes none there", async () => {
      const vendor = vendorAs();
      const { id } = await vendor.create(pathParameters, inputs);
      if (vendor.list) {
        expect(await failure(vendor.list(absentPathParameters, "fresh"))).toMatchObject({
          code: "HTTP_PROBLEM",
          status: 404,
        });
      }
      expect(await vendor.get?.(absentPathParameters, id)).toBeUndefined();
      expect(await vendor.revoke(absentPathParameters, id, "ci")).toBe("absent");
      expect(await failure(vendor.create(absentPathParameters, inputs))).toMatchObject({
        code: "HTTP_PROBLEM",
        status: 404,
      });
    });
  }
});
