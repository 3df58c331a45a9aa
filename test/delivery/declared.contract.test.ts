import http from "node:http";
import { fingerprint } from "../../provider/base/fingerprint";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import type { StoreDefinition } from "../../provider/delivery/declared/definition";
import type { Target } from "../../provider/delivery/store";
import { failure } from "../support/lifecycle/modelEngine";

/** A store as somebody's own might be: a secret a path, with a version. */
const acme = {
  name: "acme",
  title: "Acme Secrets",
  headers: { authorization: "Bearer {token}" },
  place: ["project"],
  write: { method: "PUT", path: "/projects/{project}/secrets", body: { secrets: { "{field}": "{base64}" } } },
  read: { method: "GET", path: "/projects/{project}/secrets/{field}", text: "/value" },
  version: { method: "GET", path: "/projects/{project}/secrets/{field}/meta", at: "/version" },
  remove: { method: "DELETE", path: "/projects/{project}/secrets/{field}" },
} as const satisfies StoreDefinition;

describe("a store that a program declares as data", () => {
  const secrets = new Map<string, { value: string; version: number }>();
  const log: string[] = [];
  let answer: number | undefined;
  let server: http.Server;
  let url = "";

  beforeAll(async () => {
    server = http.createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const [, , project = "", , field = "", meta] = (request.url ?? "").split("/");
      log.push(`${request.method} ${request.url}`);
      const send = (status: number, document?: unknown) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(document === undefined ? undefined : JSON.stringify(document));
      };
      if (request.headers.authorization !== "Bearer canary-token")
        return send(401, { message: "Who are you?" });
      if (answer !== undefined && request.method === "PUT") return send(answer, { error: body });
      if (request.method === "PUT") {
        const [[name, text]] = Object.entries(JSON.parse(body).secrets) as [[string, string]];
        const key = `${project}/${name}`;
        secrets.set(key, {
          value: Buffer.from(text, "base64").toString(),
          version: (secrets.get(key)?.version ?? 0) + 1,
        });
        return send(200, {});
      }
      const found = secrets.get(`${project}/${field}`);
      if (found === undefined) return send(404, { message: "No such secret." });
      if (request.method === "DELETE") secrets.delete(`${project}/${field}`);
      return send(200, meta ? { version: found.version } : { value: found.value });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    secrets.clear();
    log.length = 0;
    answer = undefined;
  });

  const target = (more: object = {}): Target => ({
    store: "http:acme",
    definition: acme,
    project: "shop",
    field: "KEY",
    ...more,
  });
  const stores = (token = "canary-token") =>
    new ConfiguredStores(JSON.stringify({ acme: { token } }), { APIKEYS_STORE_ACME_BASE_URL: url });
  const hash = (fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, fingerprint(text)]));

  it("is written, read back, looked at and emptied", async () => {
    const store = await stores().open(target());
    await store.probe();
    const receipt = await store.write({ KEY: "canary-1" }, undefined);
    const written = { fields: hash({ KEY: "canary-1" }), receipt };
    expect([secrets.get("shop/KEY"), receipt]).toEqual([{ value: "canary-1", version: 1 }, { KEY: "1" }]);
    expect(await store.read?.()).toEqual({ KEY: "canary-1" });
    expect(await store.look(written)).toBe("unchanged");
    secrets.set("shop/KEY", { value: "theirs", version: 2 });
    expect([await store.look(written), await store.remove(written)]).toEqual(["changed", "changed"]);
    expect(secrets.get("shop/KEY")?.value).toBe("theirs");
    secrets.clear();
    expect(await store.look(written)).toBe("missing");
    const again = { fields: written.fields, receipt: await store.write({ KEY: "canary-1" }, written) };
    expect([await store.remove(again), secrets.size]).toEqual(["unchanged", 0]);
  });

  it("loses the fields that a later write lacks, and keeps those that it leaves as they are", async () => {
    const store = await stores().open(target({ field: undefined, fields: { KEY: "value", ID: "keyId" } }));
    const receipt = await store.write({ KEY: "canary-1", ID: "7" }, undefined);
    await store.write({ KEY: null }, { fields: hash({ KEY: "canary-1", ID: "7" }), receipt });
    expect([...secrets]).toEqual([["shop/KEY", { value: "canary-1", version: 1 }]]);
  });

  it("never has the value in an address, and says a refusal without it", async () => {
    const store = await stores().open(target());
    answer = 422;
    const error = await failure(store.write({ KEY: "canary-value-of-a-key" }, undefined));
    expect([error.code, error.message]).toEqual([
      "DELIVERY_FAILED",
      expect.stringMatching(
        /^Acme Secrets shop was not written, and what the store said of it is not shown, because it repeats the value/,
      ),
    ]);
    expect(JSON.stringify([error.message, log])).not.toMatch(/canary-value|Y2FuYXJ5LXZhbHVl/);
  });

  it("refuses the probe of a wrong token, and a connection without one", async () => {
    const store = await stores("a-wrong-token").open(target());
    expect((await failure(store.probe())).message).toMatch(/HTTP 401: Who are you\?/);
    const none = new ConfiguredStores(undefined, { APIKEYS_STORE_ACME_BASE_URL: url });
    expect((await failure(none.open(target()))).message).toMatch(
      /set APIKEYS_STORE_ACME_TOKEN in the environment, or apikeys:stores\.acme\.token/,
    );
  });

  it("may be there without the secret, and refuses a probe of its own that finds nothing", async () => {
    const probe = { method: "GET", path: "/projects/{project}/secrets/no-such" };
    await (await stores().open(target())).probe();
    const store = await stores().open(target({ definition: { ...acme, probe } }));
    expect((await failure(store.probe())).message).toMatch(/HTTP 404: No such secret/);
    const lenient = await stores().open(
      target({ definition: { ...acme, probe: { ...probe, missing: [404] } } }),
    );
    await lenient.probe();
  });

  it.each<[string, object, RegExp]>([
    [
      "an unknown variable",
      { write: { ...acme.write, path: "/x/{projekt}" } },
      /definition\.write\.path has \{projekt\}/,
    ],
    [
      "no value at all",
      { write: { method: "PUT", path: "/x/{field}" } },
      /definition\.write sends no \{text\}/,
    ],
    [
      "the value in its address",
      { write: { method: "PUT", path: "/x/{text}" } },
      /definition\.write has the value in its address/,
    ],
    ["another member", { retries: 3 }, /definition has "retries"|unrecognized|nothing that a delivery/i],
  ])("is refused by check with %s", async (_, wrong, reason) => {
    const problems = await stores().problems([target({ definition: { ...acme, ...wrong } })], {
      valueInState: true,
    });
    expect(problems.join()).toMatch(reason);
  });

  it("is refused by check with a place that is not there, and with one member too many", async () => {
    const problems = await stores().problems([target({ project: undefined, environment: "prd" })], {
      valueInState: true,
    });
    expect(problems.join()).toMatch(/deliver\[0\]\.project must be text/);
    expect(problems.join()).toMatch(/"environment", which is nothing that a delivery to Acme Secrets has/);
  });
});
