import { inspect } from "node:util";
import type { FieldDefinition } from "../../provider/definition/definition";
import { templateVariables } from "../../provider/json/templates";
import type { Vendor } from "../../provider/vendor";
import type { FaultAction } from "../../sandbox";
import { failure as failureOf } from "../support/lifecycle/modelEngine";
import { useStandIn } from "../support/lifecycle/useStandIn";
import { catalogCases } from "../support/openapi/catalogCases";
import { canary, serviceCases } from "../support/vendor/serviceCases";

/** The error that an attempt ends with, searched for wrong credentials in every corner. */
async function failure(attempt: Promise<unknown>) {
  const error = await failureOf(attempt);
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(canary);
  return error;
}

const page = "<!doctype html><title>Log in</title>";

/** What is not to be believed, though its status is 200. */
const lies: [string, FaultAction][] = [
  ["a login page", { kind: "respond", status: 200, body: page }],
  ["nothing", { kind: "respond", status: 200, body: "" }],
  ["an object without a key", { kind: "respond", status: 200, body: { ok: true } }],
  ["half of the truth", { kind: "truncateAfterCommit" }],
];

describe.each([...serviceCases, ...catalogCases])("the contract of $service:", (row) => {
  const { definition, pathParameters, inputs } = row;
  const { standIn, vendorAs, methods, pardon } = useStandIn(row);
  const settable = Object.entries(definition.fields).filter(([, { input }]) => input !== undefined);
  const told = settable.filter(([, { writeOnly }]) => !writeOnly);
  const looks = (vendor: Vendor, keyId: string, at = pathParameters) => [
    ...(vendor.list ? [async () => vendor.list?.(at, "fresh")] : []),
    ...(vendor.get ? [async () => vendor.get?.(at, keyId)] : []),
  ];

  it("says where it was written from", () => {
    expect(definition.docs).toMatch(/^https:\/\//);
  });

  it("creates a key with one POST, whose value opens the door", async () => {
    const key = await vendorAs().create(pathParameters, inputs);
    expect(methods().filter((method) => method !== "GET")).toEqual(["POST"]);
    expect(standIn().api.live()).toEqual([{ id: key.id, name: inputs.name, value: key.value }]);
  });

  it("takes every field as it is asked for", async () => {
    expect(settable.map(([field]) => field).sort()).toEqual(Object.keys(inputs).sort());
    const { fields } = await vendorAs().create(pathParameters, inputs);
    for (const [field, definition] of told) {
      expect([field, plain(definition, fields[field])]).toEqual([field, plain(definition, inputs[field])]);
    }
  });

  it("creates a key of which only what is required is said", async () => {
    const required = settable.filter(([field, { input }]) => input === "required" || field === "name");
    const least = Object.fromEntries(required.map(([field]) => [field, inputs[field]]));
    const { value } = await vendorAs().create(pathParameters, least);
    expect(
      standIn()
        .api.live()
        .map((key) => key.value),
    ).toEqual([value]);
  });

  it("tells every declared field in some answer", async () => {
    const vendor = vendorAs();
    const key = await vendor.create(pathParameters, inputs);
    const seen = await Promise.all(looks(vendor, key.id).map((look) => look()));
    const named = [key, ...seen.flat()].flatMap((answer) => Object.keys(answer?.fields ?? {}));
    const shown = Object.entries(definition.fields).filter(([, { writeOnly }]) => !writeOnly);
    expect([...new Set(["id", "value", ...named])].sort()).toEqual(shown.map(([field]) => field).sort());
  });

  it("keeps the value out of all that is looked at later, though the vendor may show it", async () => {
    const vendor = vendorAs();
    const { id, value, fields } = await vendor.create(pathParameters, inputs);
    expect(JSON.stringify(fields)).not.toContain(value);
    for (const look of looks(vendor, id)) expect(JSON.stringify(await look())).not.toContain(value);
  });

  it("finds the key by each way to look, with the same fields", async () => {
    const vendor = vendorAs();
    const { id } = await vendor.create(pathParameters, inputs);
    for (const look of looks(vendor, id)) {
      const found = [await look()].flat().find((key) => key?.id === id);
      expect(found).toMatchObject({ id });
      for (const [field, definition] of told) {
        // Some lists tell less of a key than it tells by itself.
        if (vendor.get && found?.fields[field] === undefined) continue;
        expect([field, plain(definition, found?.fields[field])]).toEqual([
          field,
          plain(definition, inputs[field]),
        ]);
      }
    }
  });

  it("lists all keys, however many pages they take", async () => {
    const vendor = vendorAs();
    const made: string[] = [];
    for (let number = 0; number < 120; number++) {
      made.push((await vendor.create(pathParameters, { ...inputs, name: `ci-${number}` })).id);
    }
    expect((await vendor.list?.(pathParameters, "fresh"))?.map(({ id }) => id).sort()).toEqual(made.sort());
  });

  it("revokes the key with one request, and then says of it that it is absent", async () => {
    const vendor = vendorAs();
    const { id } = await vendor.create(pathParameters, inputs);
    standIn().forget();
    expect(await vendor.revoke(pathParameters, id, "ci")).toBe("revoked");
    expect(methods()).toEqual(["DELETE"]);
    expect(standIn().api.live()).toEqual([]);
    const left = await vendor.get?.(pathParameters, id);
    expect(left === undefined || left.fields.active === false).toBe(true);
    expect((await vendor.list?.(pathParameters, "fresh"))?.map((key) => key.id)).toEqual([]);
    if (left === undefined) expect(await vendor.revoke(pathParameters, id, "ci")).toBe("absent");
  });

  it("names the connection when its credentials are wrong, and never shows them", async () => {
    const vendor = vendorAs(row.wrong);
    const attempts = [
      () => vendor.create(pathParameters, inputs),
      () => vendor.revoke(pathParameters, "1", "ci"),
      ...looks(vendor, "1"),
    ];
    for (const attempt of attempts) {
      expect((await failure(attempt())).message).toMatch(/\(connection "\w+"\): HTTP 40[13]: /);
    }
  });

  const { forbidden, elsewhere } = row;
  if (forbidden) {
    it("explains what is missing when the credentials are not enough", async () => {
      const vendor = vendorAs(forbidden);
      for (const attempt of [() => vendor.create(pathParameters, inputs), ...looks(vendor, "1")]) {
        const { message } = await failure(attempt());
        expect(message).toContain("HTTP 403");
        expect(message).toContain(definition.statusHints["403"]);
      }
    });
  }

  const { change } = row;
  if (change) {
    it("changes in place what the vendor can change, and keeps the key", async () => {
      const vendor = vendorAs();
      const { id, fields } = await vendor.create(pathParameters, inputs);
      standIn().forget();
      const wanted = { ...inputs, ...change };
      const told = await vendor.update?.(
        pathParameters,
        { ...fields, keyId: id },
        wanted,
        Object.keys(change),
      );
      expect(methods()).toEqual(row.changing ?? ["PATCH"]);
      expect(told).toMatchObject({ id });
      const answers = [told, ...(await Promise.all(looks(vendor, id).map((look) => look()))).flat()];
      for (const answer of answers) {
        for (const [field, wanted] of Object.entries(change)) {
          if (vendor.get && answer?.fields[field] === undefined) continue;
          const definition = settable.find(([name]) => name === field)?.[1];
          if (!definition) throw new Error(`No program can set ${field}.`);
          expect([field, plain(definition, answer?.fields[field])]).toEqual([
            field,
            plain(definition, wanted),
          ]);
        }
      }
    });
  }

  const { refused } = row;
  if (refused) {
    it("tells what the vendor refused, in the vendor's words", async () => {
      const error = await failure(vendorAs().create(pathParameters, refused.inputs));
      expect(error).toMatchObject({ code: "HTTP_PROBLEM" });
      expect(error.message).toContain(refused.says);
      pardon();
    });
  }

  it.each(lies)("does not take %s under 200 for a key or a list", async (_, action) => {
    const vendor = vendorAs();
    const { id } = await vendor.create(pathParameters, inputs);
    standIn().inject({ times: Number.POSITIVE_INFINITY, action });
    for (const look of looks(vendor, id)) {
      expect((await failure(look())).code).toMatch(/^(RESPONSE_INVALID|HTTP_PROBLEM|NOT_SENT)$/);
    }
  });

  it.each(lies)("does not know what became of a key when create is answered by %s", async (_, action) => {
    standIn().inject({ times: Number.POSITIVE_INFINITY, action });
    expect(await failure(vendorAs().create(pathParameters, inputs))).toMatchObject({
      code: "OUTCOME_UNKNOWN",
    });
    expect(methods().filter((method) => method !== "GET")).toEqual(["POST"]);
  });

  it.each(["../1", "a/b", "..%2F", "1\r\nX-Evil: 1", "?a=b", "#a", "{keyId}", "ключ"])(
    "keeps an id or a parent of %j within its own segment of the path",
    async (odd) => {
      const odds = Object.fromEntries(Object.keys(pathParameters).map((name) => [name, odd]));
      await Promise.allSettled([vendorAs().revoke(odds, odd, "ci")]);
      pardon();
      const { path, method } = definition.operations.revoke;
      const segments = path
        .split("/")
        .map((segment) => (templateVariables(segment).length > 0 ? odd : segment));
      const sent = standIn()
        .requests()
        .filter((request) => request.method === method)
        .map((request) => request.path.split("?")[0]?.split("/").map(decodeURIComponent));
      expect(sent).toEqual([segments]);
    },
  );

  it("takes another server's 404 for no word about the key", async () => {
    const vendor = vendorAs();
    const { id } = await vendor.create(pathParameters, inputs);
    const body = "<!doctype html><title>Not here</title>";
    standIn().inject({ times: Number.POSITIVE_INFINITY, action: { kind: "respond", status: 404, body } });
    expect(await vendor.revoke(pathParameters, id, "ci")).toBe("unproven");
    for (const look of looks(vendor, id)) {
      expect(await failure(look())).toMatchObject({ code: "HTTP_PROBLEM", status: 404 });
    }
  });

  it("takes the router's own 404, as under a wrong base URL, for no word about the key", async () => {
    const misled = vendorAs();
    standIn().inject({
      times: Number.POSITIVE_INFINITY,
      action: { kind: "respond", ...standIn().api.error(404) },
    });
    expect(await misled.revoke(pathParameters, "1", "ci")).toBe("unproven");
  });

  if (elsewhere) {
    it("does not take the list of a place that it is not shown for an empty one", async () => {
      const vendor = vendorAs();
      const { id } = await vendor.create(pathParameters, inputs);
      expect(await failure(Promise.resolve(vendor.list?.(elsewhere.pathParameters, "fresh")))).toMatchObject({
        status: 404,
      });
      expect(await vendor.revoke(elsewhere.pathParameters, id, "ci")).toBe(elsewhere.revoking);
      expect(standIn().api.live()).toHaveLength(1);
    });
  }
});

/** A value as it is compared: times as moments, sets in order. */
function plain({ type, as, set }: FieldDefinition, value: unknown): unknown {
  if (type === "instant" && typeof value === "string") {
    const ms = Date.parse(value);
    return as?.request === "date" ? ms : Math.floor(ms / 1_000);
  }
  return set && Array.isArray(value) ? value.toSorted() : value;
}
