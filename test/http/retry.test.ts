import { RetryAfterTooLongError } from "../../provider/http/errors";
import type { HttpRequest } from "../../provider/http/request";
import { retryAfterMs } from "../../provider/http/retryAfter";
import { closeAll, connect, failure, get, json, patch, post, put, remove, serve } from "./support";

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

  it("never waits longer than 15 s for nothing", async () => {
    const server = await serve((response) => json(response, 500, {}));
    const { client, clock } = connect(server.url, { policy: { attempts: 8 } });
    await client.send(get);
    expect(Math.max(...clock.sleeps)).toBe(15_000);
  });

  it("gives the last answer when the attempts are used up", async () => {
    const server = await serve((response, _, count) => json(response, 503, count));
    const response = await connect(server.url, { policy: { attempts: 3 } }).client.send(get);
    expect(response).toMatchObject({ status: 503, body: { kind: "json", value: 3 } });
    expect(server.received).toHaveLength(3);
  });

  it("gives the last answer when the time for the operation would run out", async () => {
    const server = await serve((response) => json(response, 503, {}, { "retry-after": "50" }));
    const { client, clock } = connect(server.url);
    expect((await client.send(get)).status).toBe(503);
    expect(clock.sleeps).toEqual([50_000, 50_000]);
    expect(server.received).toHaveLength(3);
  });
});

describe("the time for an operation", () => {
  it("also ends retries that no pause for all holds back", async () => {
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

describe("Retry-After", () => {
  it("in seconds is waited for", async () => {
    const server = await serve((response, _, count) =>
      json(response, count === 1 ? 429 : 200, {}, { "retry-after": "17" }),
    );
    const { client, clock } = connect(server.url);
    expect((await client.send(get)).headers["retry-after"]).toBe("17");
    expect(clock.sleeps).toEqual([17_000]);
  });

  it("as a date is counted from the server's own Date, so that no clock has to be right", async () => {
    const server = await serve((response, _, count) => {
      response.sendDate = false;
      const dates = { date: "Tue, 02 Jan 2001 00:00:00 GMT", "retry-after": "Tue, 02 Jan 2001 00:00:21 GMT" };
      json(response, count === 1 ? 503 : 200, {}, dates);
    });
    const { client, clock } = connect(server.url);
    await client.send(get);
    expect(clock.sleeps).toEqual([21_000]);
  });

  it("shorter than our own backoff does not shorten it", async () => {
    const server = await serve((response) => json(response, 429, {}, { "retry-after": "0" }));
    const { client, clock } = connect(server.url);
    await client.send(get);
    expect(clock.sleeps).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it.each([get, post])("longer than the policy allows is an error that states it", async (request) => {
    const server = await serve((response) => json(response, 429, {}, { "retry-after": "7200" }));
    const { client, clock } = connect(server.url);
    const error = await failure(client.send(request));
    expect(error).toBeInstanceOf(RetryAfterTooLongError);
    expect(error).toMatchObject({ code: "HTTP_PROBLEM", status: 429, retryAfterMs: 7_200_000 });
    expect(error.message).toContain("7200 s");
    expect(clock.sleeps).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  it("so long closes the connection for others too, without a request", async () => {
    const server = await serve((response) => json(response, 429, {}, { "retry-after": "7200" }));
    const { client } = connect(server.url);
    await failure(client.send(get));
    expect(await failure(client.send(post))).toMatchObject({
      code: "NOT_SENT",
      message: expect.stringContaining("7200 s"),
    });
    expect(server.received).toHaveLength(1);
  });

  it("longer than the policy allows closes the connection even where the operation had time for it", async () => {
    const server = await serve((response) => json(response, 429, {}, { "retry-after": "50" }));
    const { client } = connect(server.url, { policy: { maxRetryAfterMs: 10_000 } });
    await failure(client.send(get));
    expect(await failure(client.send(get))).toMatchObject({ code: "NOT_SENT" });
    expect(server.received).toHaveLength(1);
  });

  const now = Date.UTC(2026, 0, 1);
  it.each([
    ["Thu, 01 Jan 2026 00:00:05 GMT", 5_000],
    ["Thursday, 01-Jan-26 00:00:05 GMT", 5_000],
    ["Thu Jan  1 00:00:05 2026", 5_000],
    ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
    ["3", 3_000],
    ["0", 0],
    ["-1", undefined],
    ["12.5", undefined],
    ["1e9", undefined],
    ["soon", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is understood as %j ms", (value, expected) => {
    expect(retryAfterMs(value, undefined, now, 60_000)).toBe(expected);
  });
});
