import type { HttpRequest } from "../../provider/http/request";
import {
  closeAll,
  connect,
  failure,
  get,
  json,
  patch,
  post,
  put,
  remove,
  serve,
} from "../support/http/loopback";

afterEach(closeAll);

const idempotent: [string, HttpRequest][] = [
  ["GET", get],
  ["PUT", put],
  ["DELETE", remove],
];
const once: [string, HttpRequest][] = [
  ["POST", post],
  ["PATCH", patch],
];

describe("a request that may be repeated", () => {
  it.each(idempotent)("%s is sent again after 408, 500, 502, 503 and 504", async (_, request) => {
    const statuses = [408, 500, 502, 503, 504, 200];
    const server = await serve((response, _, count) => json(response, statuses[count - 1] ?? 500, count));
    const { client } = connect(server.url, { policy: { attempts: 6 } });
    expect(await client.send(request)).toMatchObject({ status: 200, body: { kind: "json", value: 6 } });
    expect(server.received).toHaveLength(6);
  });

  it.each([400, 403, 404, 409, 422, 501, 505])("is not sent again after %d", async (status) => {
    const server = await serve((response) => json(response, status, {}));
    expect((await connect(server.url).client.send(get)).status).toBe(status);
    expect(server.received).toHaveLength(1);
  });

  it("waits twice as long each time, for a random part of it", async () => {
    const server = await serve((response) => json(response, 500, {}));
    const { client, clock } = connect(server.url);
    await client.send(get);
    expect(clock.sleeps).toEqual([500, 1_000, 2_000, 4_000]);
    clock.chance = 0.25;
    await client.send(get);
    expect(clock.sleeps.slice(4)).toEqual([125, 250, 500, 1_000]);
  });

  it("never waits longer than 15 s unless the server asks for it", async () => {
    const server = await serve((response) => json(response, 500, {}));
    const { client, clock } = connect(server.url, { policy: { attempts: 8 } });
    await client.send(get);
    expect(Math.max(...clock.sleeps)).toBe(15_000);
  });

  it("returns the last response when the attempts are used up", async () => {
    const server = await serve((response, _, count) => json(response, 503, count));
    const response = await connect(server.url, { policy: { attempts: 3 } }).client.send(get);
    expect(response).toMatchObject({ status: 503, body: { kind: "json", value: 3 } });
    expect(server.received).toHaveLength(3);
  });

  it("returns the last response when the time for the operation would run out", async () => {
    const server = await serve((response) => json(response, 503, {}, { "retry-after": "50" }));
    const { client, clock } = connect(server.url);
    expect((await client.send(get)).status).toBe(503);
    expect(clock.sleeps).toEqual([50_000, 50_000]);
    expect(server.received).toHaveLength(3);
  });
});

describe("the time for an operation", () => {
  it("also ends retries that no common pause delays", async () => {
    const server = await serve((response) => json(response, 500, {}, { "retry-after": "50" }));
    const { client, clock } = connect(server.url);
    expect((await client.send(get)).status).toBe(500);
    expect(clock.sleeps).toEqual([50_000, 50_000]);
    expect(server.received).toHaveLength(3);
  });

  it.each([
    ["GET", get, 121_000],
    ["POST", post, 91_000],
  ])("that went by before a %s was sent leaves it unsent", async (_, request, ms) => {
    const server = await serve((response) => json(response, 200, []));
    const slow = async () => {
      clock.time += ms;
      return {};
    };
    const { client, clock } = connect(server.url, { auth: { headers: () => slow() } });
    expect(await failure(client.send(request))).toMatchObject({ code: "NOT_SENT" });
    expect(server.received).toHaveLength(0);
  });
});

describe("a request that must not be repeated", () => {
  for (const status of [408, 500, 502, 503, 504]) {
    it.each(once)(
      `%s is not repeated after ${status}: a second live key would be orphaned`,
      async (_, request) => {
        const server = await serve((response) => json(response, status, {}, { "retry-after": "0" }));
        expect((await connect(server.url).client.send(request)).status).toBe(status);
        expect(server.received).toHaveLength(1);
      },
    );
  }

  it.each(once)("%s is sent again after 429, which means that nothing was done", async (_, request) => {
    const server = await serve((response, _, count) => json(response, count < 3 ? 429 : 201, {}));
    expect((await connect(server.url).client.send(request)).status).toBe(201);
    expect(server.received.map(({ body }) => body)).toEqual(Array(3).fill(JSON.stringify(request.body)));
  });

  it("is not begun when less time is left than one attempt may take: cut short, its outcome would be unknown", async () => {
    const server = await serve((response) => json(response, 429, {}, { "retry-after": "50" }));
    const { client, clock } = connect(server.url);
    expect((await client.send(post)).status).toBe(429);
    expect(clock.sleeps).toEqual([50_000]);
    expect(server.received).toHaveLength(2);
  });
});
