import { Queue } from "../../provider/http/pacing/queue";
import { closeAll, connect, get, json, post, serve, VirtualClock } from "../support/http/loopback";

afterEach(closeAll);

/** Sleeps end when the test says so; the time passes then. */
class HeldClock extends VirtualClock {
  private release = () => {};
  private announce: () => void = () => {};
  /** Resolves when someone sleeps. */
  readonly asleep = new Promise<void>((resolve) => {
    this.announce = resolve;
  });

  override async sleep(ms: number): Promise<void> {
    this.sleeps.push(ms);
    this.announce();
    await new Promise<void>((resolve) => {
      this.release = resolve;
    });
    this.time += ms;
  }

  wake(): void {
    this.release();
  }
}

describe("a pause that the server asks for", () => {
  it.each([429, 503])("with one %d delays all requests of the connection", async (status) => {
    const clock = new HeldClock();
    const start = clock.now();
    const arrivals: number[] = [];
    const server = await serve((response, _, count) => {
      arrivals.push(clock.now() - start);
      json(response, count === 1 ? status : 200, {}, { "retry-after": "9" });
    });
    const { client } = connect(server.url, { clock, policy: { concurrency: 3 } });
    const first = client.send(get);
    await clock.asleep;
    const others = [get, post, get, post].map((request) => client.send(request));
    const bystander = connect(server.url);
    await bystander.client.send(get);
    clock.wake();
    expect((await Promise.all([first, ...others])).map((response) => response.status)).toEqual(
      Array(5).fill(200),
    );
    expect(arrivals).toEqual([0, 0, 9_000, 9_000, 9_000, 9_000, 9_000]);
    expect(clock.sleeps).toEqual([9_000]);
  });

  it("also follows from a POST's 503, which is not repeated itself", async () => {
    const server = await serve((response, { method }) =>
      json(response, method === "POST" ? 503 : 200, {}, { "retry-after": "9" }),
    );
    const { client, clock } = connect(server.url);
    expect((await client.send(post)).status).toBe(503);
    expect(clock.sleeps).toEqual([]);
    await client.send(get);
    expect(clock.sleeps).toEqual([9_000]);
  });

  it("is not taken from a 503 that names no time: that one may concern a single path", async () => {
    const server = await serve((response, { method }) => json(response, method === "POST" ? 503 : 200, {}));
    const { client, clock } = connect(server.url);
    await client.send(post);
    await client.send(get);
    expect(clock.sleeps).toEqual([]);
  });

  it("does not end early when the server asks again meanwhile", async () => {
    const server = await serve((response, _, count) =>
      json(response, count <= 2 ? 429 : 200, {}, { "retry-after": count === 1 ? "5" : "20" }),
    );
    const { client, clock } = connect(server.url);
    const start = clock.now();
    await Promise.all([client.send(get), client.send(get)]);
    expect(clock.now() - start).toBeGreaterThanOrEqual(20_000);
    expect(server.received).toHaveLength(4);
  });
});

describe("a closed gate", () => {
  it("also delays a request that was logging in when it was closed", async () => {
    const clock = new HeldClock();
    const start = clock.now();
    const arrivals: [string, number][] = [];
    const server = await serve((response, { url }, count) => {
      arrivals.push([url, clock.now() - start]);
      json(response, count === 1 ? 429 : 200, {}, { "retry-after": "9" });
    });
    let loggedIn = () => {};
    const login = new Promise<void>((resolve) => {
      loggedIn = resolve;
    });
    let calls = 0;
    const headers = async () => {
      if (++calls === 1) await login;
      return {};
    };
    const { client } = connect(server.url, { clock, auth: { headers } });
    const slow = client.send({ ...get, path: "/slow" });
    const limited = client.send({ ...get, path: "/limited" });
    await clock.asleep;
    loggedIn();
    await connect(server.url).client.send({ ...get, path: "/bystander" });
    clock.wake();
    await Promise.all([slow, limited]);
    expect(arrivals).toContainEqual(["/slow", 9_000]);
    expect(arrivals).not.toContainEqual(["/slow", 0]);
  });
});

describe("the queue", () => {
  it("begins a task only when one before it has ended, however that ended", async () => {
    const queue = new Queue(2);
    const begun: number[] = [];
    const ends: ((ok: boolean) => void)[] = [];
    const runs = [0, 1, 2, 3, 4].map((n) =>
      queue.run(() => {
        begun.push(n);
        return new Promise<void>((resolve, reject) => {
          ends[n] = (ok) => (ok ? resolve() : reject(new Error("task failed")));
        });
      }),
    );
    const settled = Promise.allSettled(runs);
    expect(begun).toEqual([0, 1]);
    ends[1]?.(false);
    await expect(runs[1]).rejects.toThrow("task failed");
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2]);
    ends[0]?.(true);
    await runs[0];
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2, 3]);
    ends[2]?.(true);
    await runs[2];
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    ends[3]?.(true);
    ends[4]?.(true);
    await settled;
  });

  it("keeps requests under way to the bound, and lets the rest come in order", async () => {
    const open: (() => void)[] = [];
    let most = 0;
    const server = await serve(async (response) => {
      await new Promise<void>((resolve) => {
        most = Math.max(most, open.push(resolve));
        // The third never comes while two are open; the last of an odd number is alone.
        if (open.length === 2 || server.received.length === 7) for (const next of open.splice(0)) next();
      });
      json(response, 200, []);
    });
    const { client } = connect(server.url, { policy: { concurrency: 2 } });
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => client.send({ ...get, path: `/${n}` })));
    expect(most).toBe(2);
    const order = server.received.map(({ url }) => Number(url.slice(1)));
    // Two that are under way at once may arrive in either order.
    const pairs = order.map((n, index) => Math.abs(n - 1 - index));
    expect(Math.max(...pairs)).toBeLessThanOrEqual(1);
    expect(Math.max(...server.received.map(({ socket }) => socket))).toBeLessThanOrEqual(2);
  });

  it("goes on after a failure", async () => {
    const server = await serve((response, { url }) => {
      if (url === "/bad") response.socket?.destroy();
      else json(response, 200, []);
    });
    const { client } = connect(server.url, { policy: { concurrency: 1, attempts: 1 } });
    const bad = client.send({ ...get, path: "/bad" }).catch((error: Error) => error.name);
    const good = client.send(get);
    expect(await bad).toBe("ResponseInvalidError");
    expect((await good).status).toBe(200);
  });

  it("does not take its time from the requests in it", async () => {
    const server = await serve((response) => {
      clock.time += 100_000;
      json(response, 200, []);
    });
    const { client, clock } = connect(server.url, { policy: { concurrency: 1 } });
    const responses = await Promise.all([1, 2, 3].map(() => client.send(get)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

describe("close", () => {
  it("lets requests under way end, and may be called twice", async () => {
    let answer = () => {};
    const server = await serve(
      (response) =>
        new Promise((resolve) => {
          answer = () => resolve(json(response, 201, {}));
          arrived();
        }),
    );
    let arrived = () => {};
    const under = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { client } = connect(server.url);
    const pending = client.send(post);
    await under;
    const closing = client.close();
    answer();
    expect((await pending).status).toBe(201);
    await closing;
    await client.close();
  });

  it("while a request is under way spares it the wait for a retry that will not come", async () => {
    const server = await serve((response) => {
      void client.close();
      json(response, 500, {});
    });
    const { client, clock } = connect(server.url);
    expect((await client.send(get)).status).toBe(500);
    expect(clock.sleeps).toEqual([]);
  });

  it("ends retries", async () => {
    const server = await serve((response) => json(response, 500, {}));
    const { client, clock } = connect(server.url);
    clock.onSleep = () => client.close();
    expect((await client.send(get)).status).toBe(500);
    expect(server.received).toHaveLength(1);
  });
});
