import { RetryAfterTooLongError } from "../../provider/http/errors";
import { retryAfterMs } from "../../provider/http/pacing/retryAfter";
import { closeAll, connect, failure, get, json, post, serve } from "../support/http/loopback";

afterEach(closeAll);

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

  it("of absurd length is an error that states a number", async () => {
    const server = await serve((response) => json(response, 429, {}, { "retry-after": "9".repeat(400) }));
    const error = await failure(connect(server.url).client.send(post));
    expect(error).toBeInstanceOf(RetryAfterTooLongError);
    expect(error.message).toMatch(/asks to wait \d+ s before/);
  });

  it("that is past or malformed leaves it to our own backoff", async () => {
    for (const header of ["0", "-5", "soon", "Thu, 01 Jan 1970 00:00:00 GMT"]) {
      const server = await serve((response, _, count) =>
        json(response, count === 1 ? 429 : 200, {}, { "retry-after": header }),
      );
      const { client, clock } = connect(server.url);
      expect((await client.send(post)).status).toBe(200);
      expect(clock.sleeps).toEqual([500]);
    }
  });

  describe("as a date", () => {
    const now = Date.UTC(2026, 0, 1);
    const minutes = 60_000;

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
    ])("or anything else: %j is understood as %j ms", (value, expected) => {
      expect(retryAfterMs(value, undefined, now, 60_000)).toBe(expected);
    });

    it.each([-5, 0, 5])("is the same wait when the server's clock is %d minutes off", (skew) => {
      const date = new Date(now + skew * minutes).toUTCString();
      const until = new Date(now + skew * minutes + 21_000).toUTCString();
      expect(retryAfterMs(until, date, now, 60_000)).toBe(21_000);
    });

    it("without the server's Date is no error only because our own clock is up to 5 minutes slow", () => {
      const until = (ms: number) => retryAfterMs(new Date(now + ms).toUTCString(), undefined, now, 60_000);
      expect(until(60_000)).toBe(60_000);
      expect(until(5 * minutes + 20_000)).toBe(60_000);
      expect(until(6 * minutes)).toBe(60_000);
      expect(until(6 * minutes + 1_000)).toBe(6 * minutes + 1_000);
    });

    it("without the server's Date counts for nothing when our own clock is ahead of it", () => {
      expect(retryAfterMs(new Date(now - 4 * minutes).toUTCString(), undefined, now, 60_000)).toBe(0);
    });

    it("that only our slow clock makes too long is waited for as long as the policy allows", async () => {
      const server = await serve((response, _, count) => {
        response.sendDate = false;
        const until = new Date(clock.now() + 5 * minutes + 20_000).toUTCString();
        json(response, count === 1 ? 429 : 200, {}, { "retry-after": until });
      });
      const { client, clock } = connect(server.url);
      expect((await client.send(post)).status).toBe(200);
      expect(clock.sleeps).toEqual([60_000]);
    });
  });
});
