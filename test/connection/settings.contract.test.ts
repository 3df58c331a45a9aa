import { connect as connectTo } from "../../provider/api/connect";
import { Connections } from "../../provider/connection/connections";
import { canary, closeAll, failure, holdTimers, json, serve, VirtualClock } from "../support/http/loopback";
import { acme, parse, xentree } from "../support/vendor/definitions";

afterEach(closeAll);

const service = parse(acme());

/** A vendor through a connection of stack config with these settings. */
function vendorWith(baseUrl: string, settings: Record<string, unknown>, definition = service) {
  const clock = new VirtualClock();
  const config = { prod: { baseUrl, token: `${canary}-token`, ...settings } };
  const connection = new Connections(JSON.stringify(config), {}).resolve("prod", definition);
  const vendor = connectTo(definition, connection, clock);
  return { clock, vendor, list: () => Promise.resolve(vendor.list?.({}, "fresh")) };
}

describe("a connection's setting", () => {
  it("attempts limits how often a request is sent", async () => {
    const server = await serve((response) => json(response, 500, { message: "down" }));
    await failure(vendorWith(server.url, { attempts: 2 }).list());
    expect(server.received).toHaveLength(2);
  });

  it("attemptTimeoutSeconds bounds how long one attempt is waited for", async () => {
    const timers = holdTimers(7_000);
    const server = await serve(timers.expire);
    const { vendor } = vendorWith(server.url, { attemptTimeoutSeconds: 7 });
    const error = await failure(vendor.create({}, { name: "ci" }));
    expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", message: expect.stringContaining("within 7 s") });
  });

  it("operationTimeoutSeconds bounds how long all attempts may take", async () => {
    const server = await serve((response) => json(response, 503, {}, { "retry-after": "50" }));
    const { list, clock } = vendorWith(server.url, { operationTimeoutSeconds: 60 });
    await failure(list());
    expect(clock.sleeps).toEqual([50_000]);
    expect(server.received).toHaveLength(2);
  });

  it("concurrency bounds how many requests are under way", async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const server = await serve(async (response) => {
      await new Promise<void>((resolve) => {
        most = Math.max(most, waiting.push(resolve));
        // A third one that was let in as well has arrived when a bystander's request has come back.
        if (waiting.length === 2) void fetch(bystander.url).then(() => waiting.splice(0).map((go) => go()));
      });
      json(response, 200, []);
    });
    const bystander = await serve((response) => json(response, 200, []));
    const { list } = vendorWith(server.url, { concurrency: 2 });
    await Promise.all([list(), list(), list(), list()]);
    expect(server.received).toHaveLength(4);
    expect(most).toBe(2);
  });

  it("maxRetryAfterSeconds bounds the pause that the server may ask for", async () => {
    const server = await serve((response) => json(response, 429, {}, { "retry-after": "9" }));
    const error = await failure(vendorWith(server.url, { maxRetryAfterSeconds: 5 }).list());
    expect(error).toMatchObject({
      name: "RetryAfterTooLongError",
      message: expect.stringContaining("This connection waits 5 s at most"),
    });
    expect(server.received).toHaveLength(1);
  });
});

describe("a second 401 in a row", () => {
  it("is an error that names the connection, after one refresh, and nothing was created", async () => {
    const server = await serve((response, { url }) => {
      if (url.startsWith("/api/auth/")) {
        json(response, 200, { access_token: `${canary}-access`, refresh_token: `${canary}-refresh` });
      } else json(response, 401, { detail: "Could not validate credentials" });
    });
    const login = { token: "", username: "ci@acme.example", password: `${canary}-password` };
    const { vendor } = vendorWith(server.url, login, xentree);
    const { message } = await failure(vendor.create({}, { name: "ci" }));
    expect(message).toContain('Xentree did not create API key "ci" (connection "prod"): HTTP 401');
    expect(server.received.map(({ url }) => url)).toEqual([
      "/api/auth/login", "/api/admin/api-keys", "/api/auth/refresh", "/api/admin/api-keys",
    ]); // biome-ignore format: one list
  });
});
