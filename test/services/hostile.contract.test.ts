import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { connect } from "../../provider/api/connect";
import type { Vendor } from "../../provider/vendor";
import { canary, closeAll, json, type Received, serve, VirtualClock } from "../support/http/loopback";
import { failure as failureOf } from "../support/lifecycle/modelEngine";
import { type ContractCase, contractCases } from "../support/vendor/contractCases";

afterEach(closeAll);

const loginPaths: ReadonlySet<string> = new Set(["/api/auth/login", "/api/auth/refresh"]);

/** Another party's server, which shall never hear of us. */
const bystander = () => serve((response) => json(response, 200, { access_token: "t", id: "1", key: "k" }));

/**
 * A vendor that answers everything in this way, except that a login succeeds, and the credentials of this connection.
 *
 * @param hostile whether a request gets that answer; default: all but those of a login
 */
async function against(
  row: ContractCase,
  respond: (response: ServerResponse, request: Received) => void,
  hostile = (path: string) => !loginPaths.has(path),
) {
  const server = await serve((response, request) => {
    if (hostile(request.url)) respond(response, request);
    else json(response, 200, { access_token: `${canary}-token`, refresh_token: canary, expires_in: 100 });
  });
  const clock = new VirtualClock();
  const connection = {
    name: "contract",
    baseUrl: new URL(server.url),
    credentials: row.credentials,
    policy: {},
    listLagMs: 0,
  };
  const vendor = connect(row.definition, connection, clock);
  const received = () => server.received.filter(({ url }) => hostile(url));
  return { vendor, clock, received };
}

/** Every request that a vendor of this definition can be sent. */
function operationsOf({ definition, pathParameters, inputs }: ContractCase) {
  const { list, get } = definition.operations;
  const operations: [string, (vendor: Vendor) => Promise<unknown>][] = [
    ["create", (vendor) => vendor.create(pathParameters, inputs)],
    ["revoke", (vendor) => vendor.revoke(pathParameters, "1", "ci")],
  ];
  if (list) operations.push(["list", async (vendor) => vendor.list?.(pathParameters, "fresh")]);
  if (get) operations.push(["get", async (vendor) => vendor.get?.(pathParameters, "1")]);
  if (definition.tenant?.whoami) operations.push(["whoami", async (vendor) => vendor.tenant?.()]);
  return operations;
}

/** The error of an attempt, without a credential or a piece of an answer in any corner. */
async function failure(attempt: Promise<unknown>) {
  const error = await failureOf(attempt);
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(canary);
  return error;
}

const oversized = JSON.stringify([{ id: "1", key: canary.repeat(3_000_000) }]);
const deep = `${'{"id":"1","a":'.repeat(100_000)}"${canary}"${"}".repeat(100_000)}`;

describe.each(contractCases)("a hostile $title:", (row) => {
  describe.each(operationsOf(row))("%s", (operation, perform) => {
    const lost = operation === "create" ? "OUTCOME_UNKNOWN" : "RESPONSE_INVALID";

    it.each([301, 302, 303, 307, 308])("carries no credential to where %d leads", async (status) => {
      const elsewhere = await bystander();
      const { vendor, received } = await against(row, (response) =>
        response.writeHead(status, { location: `${elsewhere.url}/${canary}?${canary}` }).end(),
      );
      const { code } = await failure(perform(vendor));
      expect(code).toBe(operation === "create" && status === 303 ? "OUTCOME_UNKNOWN" : "RESPONSE_INVALID");
      expect(received()).toHaveLength(1);
      expect(elsewhere.received).toEqual([]);
    });

    it.each([
      ["larger than 16 MiB", oversized, "too large"],
      ["a hundred thousand levels deep", deep, "64 levels"],
      ["a page that is labelled as JSON", `<title>${canary}</title>`, "labelled as JSON but is none"],
      ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00]), "not UTF-8"],
    ])("fails on a body that is %s, asked for once", async (_, body, words) => {
      const { vendor, received } = await against(row, (response) =>
        response.writeHead(200, { "content-type": "application/json" }).end(body),
      );
      const error = await failure(perform(vendor));
      expect(error).toMatchObject({ code: lost, message: expect.stringContaining(words) });
      expect(received()).toHaveLength(1);
    });

    it("tells what is said to it without power over a terminal, in the text, in details, in fields' names", async () => {
      const evil = "evil\u001b[2J\u009b31m\u001b]8;;https://evil.example\u0007\r\nerror: forged\u202e<{%";
      const details = [
        { field: `name${evil}`, message: evil },
        { field: "__proto__", message: "a" },
        { field: "constructor", message: "b" },
      ];
      const bodies = [
        { message: evil, code: 400, details },
        { error: { message: evil, code: "BAD", details } },
        { detail: evil },
        { detail: details.map(({ field, message }) => ({ loc: ["body", field], msg: message })) },
      ];
      let told = 0;
      for (const body of bodies) {
        const { vendor } = await against(row, (response) => json(response, 400, body));
        const { message } = await failure(perform(vendor));
        expect(message).not.toMatch(/\p{Cc}|\p{Cf}|<\{%/u);
        if (message.includes("evil")) told++;
      }
      expect(told).toBeGreaterThan(0);
    });
  });

  const odd = ["a\ud800b", "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "", `${canary}-value`];
  it.each(odd)("gives no key whose id is %j: it could not be kept, and is nobody's proof", async (id) => {
    // A JSON text of its own, for half a surrogate pair has no bytes.
    const told = { id, key: `${canary}-value`, key_value: `${canary}-value` };
    const one = JSON.stringify({ ...told, data: told });
    const answer = (body: string) =>
      against(row, (response) => response.writeHead(200, { "content-type": "application/json" }).end(body));
    const { vendor } = await answer(one);
    expect((await failure(vendor.create(row.pathParameters, row.inputs))).code).toBe("OUTCOME_UNKNOWN");
    if (vendor.get)
      expect((await failure(vendor.get(row.pathParameters, "1"))).code).toBe("RESPONSE_INVALID");
    const { vendor: listing } = await answer(`[${one}]`);
    if (listing.list)
      expect((await failure(listing.list(row.pathParameters, "fresh"))).code).toBe("RESPONSE_INVALID");
  });

  it("cannot hide a key's id or value behind a prototype", async () => {
    const told = { id: "1", key: "k", key_value: "k" };
    for (const name of ["__proto__", "constructor", "prototype"]) {
      const { vendor } = await against(row, (response) =>
        json(response, 201, { [name]: told, data: { [name]: told } }),
      );
      expect((await failure(vendor.create(row.pathParameters, row.inputs))).code).toBe("OUTCOME_UNKNOWN");
    }
    const text = JSON.stringify({ data: told, ...told }).replaceAll('"id"', '"__proto__":{"name":"x"},"id"');
    const { vendor } = await against(row, (response) =>
      response.writeHead(201, { "content-type": "application/json" }).end(text),
    );
    const { fields } = await vendor.create(row.pathParameters, row.inputs);
    expect(fields).toEqual({});
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });

  it("that names two ids means the later, in the answer to create as in a list, so that one key stays one", async () => {
    const text = '{"id":"1","id":"2","name":"ci","key":"k","key_value":"k"}';
    const answer = (body: string) =>
      against(row, (response) => response.writeHead(200, { "content-type": "application/json" }).end(body));
    const { vendor } = await answer(
      row.definition.operations.create.envelope === "" ? text : `{"data":${text}}`,
    );
    expect((await vendor.create(row.pathParameters, row.inputs)).id).toBe("2");
    if (vendor.get) expect((await vendor.get(row.pathParameters, "2"))?.id).toBe("2");
    const { vendor: listing } = await answer(`[${text}]`);
    expect((await listing.list?.(row.pathParameters, "fresh"))?.[0]?.id ?? "2").toBe("2");
  });

  it("names keys in its own words, and we in words that do no harm", async () => {
    const evil = "evil\u001b[2J\r\n\u202e<{%";
    const { vendor } = await against(row, (response) => json(response, 403, {}));
    const attempts = [
      () => vendor.revoke(row.pathParameters, evil, evil),
      ...(vendor.get ? [() => vendor.get?.(row.pathParameters, evil) ?? Promise.resolve()] : []),
    ];
    for (const attempt of attempts) {
      const { message } = await failure(attempt());
      expect(message).toContain("evil");
      expect(message).not.toMatch(/\p{Cc}|\p{Cf}|<\{%/u);
    }
  });
});

describe.each(contractCases.filter(({ credentials }) => "password" in credentials))(
  "a hostile $title gives",
  (row) => {
    it.each([301, 302, 303, 307, 308])("no password to where %d of the login leads", async (status) => {
      const elsewhere = await bystander();
      const { vendor, received } = await against(
        row,
        (response) => response.writeHead(status, { location: `${elsewhere.url}/${canary}` }).end(),
        (path) => path === "/api/auth/login",
      );
      expect((await failure(vendor.create(row.pathParameters, row.inputs))).code).toBe("RESPONSE_INVALID");
      expect(received()).toHaveLength(1);
      expect(elsewhere.received).toEqual([]);
    });

    it.each([301, 302, 303, 307, 308])("no token to where %d of the refresh leads", async (status) => {
      const elsewhere = await bystander();
      const { vendor, clock, received } = await against(
        row,
        (response, { url }) =>
          url === "/api/auth/refresh"
            ? response.writeHead(status, { location: `${elsewhere.url}/${canary}` }).end()
            : json(response, 200, []),
        (path) => path !== "/api/auth/login",
      );
      await vendor.list?.(row.pathParameters, "fresh");
      clock.time += 100_000;
      await failure(Promise.resolve(vendor.list?.(row.pathParameters, "fresh")));
      expect(received().map(({ url }) => url)).toEqual(["/api/admin/api-keys", "/api/auth/refresh"]);
      expect(elsewhere.received).toEqual([]);
    });
  },
);
