import { ApiKeysError } from "../../provider/base/errors";
import { created, failure } from "../support/lifecycle/modelEngine";
import { day } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

const read = { permissions: ["read"] };

describe("what the vendor chose where nothing was asked", () => {
  async function withDefaults() {
    const bench = await created(xentree, {});
    bench.server.accept = (fields) => ({ permissions: ["basic"], rateLimitPerMinute: 60, ...fields });
    await bench.engine.destroy();
    await bench.engine.up();
    await bench.engine.refresh();
    return bench;
  }

  it("is no difference, neither at once nor after refresh", async () => {
    const { engine } = await withDefaults();
    expect(await engine.up()).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up()).toBe("same");
  });

  it("is seen when it changes, and still nobody asks for another key", async () => {
    const { engine, server } = await withDefaults();
    server.key("key-2").fields.rateLimitPerMinute = 10;
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs.rateLimitPerMinute).toBe(10);
    expect(await engine.up()).toBe("same");
    expect(server.live).toEqual(["key-2"]);
  });

  it("may be written into the program without another key", async () => {
    const { engine, server } = await withDefaults();
    const agreed = { permissions: ["basic"], rateLimitPerMinute: 60 };
    server.calls.length = 0;
    expect(await engine.up(agreed)).toBe("update");
    expect(engine.outputs).not.toHaveProperty("asked");
    expect(await engine.up(agreed)).toBe("same");
    expect(server.calls).toEqual([]);
  });

  it("once written into the program is asked for: its drift is repaired", async () => {
    const { engine, server } = await withDefaults();
    await engine.up({ rateLimitPerMinute: 60 });
    server.key("key-2").fields.rateLimitPerMinute = 10;
    await engine.refresh();
    expect(await engine.up({ rateLimitPerMinute: 60 })).toBe("replace");
    expect(server.live).toEqual(["key-3"]);
  });

  it("and the program then asks otherwise is replaced", async () => {
    const { engine } = await withDefaults();
    expect(await engine.up({ rateLimitPerMinute: 61 })).toBe("replace");
  });
});

describe("what the vendor made of an input", () => {
  async function normalised() {
    const bench = await created(xentree, {});
    bench.server.accept = (fields) => ({ ...fields, permissions: ["READ", "PING"] });
    await bench.engine.destroy();
    await bench.engine.up(read);
    // What a look tells from now on otherwise is drift.
    await bench.engine.refresh();
    bench.server.calls.length = 0;
    return bench;
  }

  it("is no difference, neither at once nor after refresh", async () => {
    const { engine } = await normalised();
    expect(engine.outputs.permissions).toEqual(["READ", "PING"]);
    expect(await engine.up(read)).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up(read)).toBe("same");
  });

  it("is repaired once somebody has changed it", async () => {
    const { engine, server } = await normalised();
    server.key("key-2").fields.permissions = ["ADMIN"];
    expect(await engine.refresh()).toBe("changed");
    expect(engine.known().inputs.permissions).toEqual(["ADMIN"]);
    expect(await engine.up(read)).toBe("replace");
    expect(server.live).toEqual(["key-3"]);
    expect(await engine.up(read)).toBe("same");
  });

  it("is as asked once somebody has set it so", async () => {
    const { engine, server } = await normalised();
    server.key("key-2").fields.permissions = ["read"];
    await engine.refresh();
    expect(engine.outputs).not.toHaveProperty("asked");
    expect(await engine.up(read)).toBe("same");
  });

  it("may be written into the program without another key", async () => {
    const { engine, server } = await normalised();
    const agreed = { permissions: ["PING", "READ"] };
    expect(await engine.up(agreed)).toBe("update");
    expect(await engine.up(agreed)).toBe("same");
    expect(server.calls).toEqual([]);
  });

  it("does not hide that the program asks for something else", async () => {
    const { engine } = await normalised();
    expect(await engine.up({ permissions: ["write"] })).toBe("replace");
  });
});

describe("a replacement", () => {
  it.each([
    ["xentree", xentree],
    ["applications", applications],
    [
      "a user's own service",
      parse({ ...acme(), fields: { ...acme().fields, permissions: { type: "strings", input: "optional" } } }),
    ],
  ])(
    "of a key of %s creates before it revokes, so that there is always one that works",
    async (_, definition) => {
      const { engine, server } = await created(definition, read);
      expect(await engine.up({ permissions: ["write"] })).toBe("replace");
      expect(server.calls).toEqual(["create", "revoke key-1"]);
      expect(server.live).toEqual(["key-2"]);
    },
  );

  it("that cannot create leaves the old key working and in state", async () => {
    const { engine, server } = await created(xentree, read);
    server.createFaults = [new ApiKeysError("HTTP_PROBLEM", "HTTP 429.")];
    await failure(engine.up({ permissions: ["write"] }));
    expect(server.live).toEqual(["key-1"]);
    expect(engine.outputs.value).toBe("canary-value-1");
    expect(await engine.up({ permissions: ["write"] })).toBe("replace");
    expect(server.live).toEqual(["key-2"]);
  });

  it("where only one key can be revokes before it creates", async () => {
    const { engine, server } = await created(sendkit, { rotation: { triggers: { v: 1 } } });
    await engine.up({ rotation: { triggers: { v: 2 } } });
    expect(server.calls).toEqual(["get", "revoke key-1", "get", "create"]);
  });
});

describe("a schedule", () => {
  const monthly = { rotation: { every: "30d" } };

  it("renews a key at the first up after its date, once, however many dates were missed", async () => {
    const { engine, server, world } = await created(xentree, monthly);
    world.time += 29 * day;
    expect(await engine.up(monthly)).toBe("same");
    world.time += 200 * day;
    expect(await engine.up(monthly)).toBe("replace");
    expect(await engine.up(monthly)).toBe("same");
    expect(server.live).toEqual(["key-2"]);
    expect(engine.outputs).toMatchObject({
      rotatedAt: "2027-01-16T13:00:00Z",
      dueAt: "2027-01-27T12:00:00Z",
    });
  });

  it("renews a key past its lifetime by a plain up, without refresh", async () => {
    const { engine, server, world } = await created(applications, { expiresIn: "90d" });
    world.time += 91 * day;
    expect(await engine.up({ expiresIn: "90d" })).toBe("replace");
    expect(server.key("key-2").fields.expiresAt).toBe("2026-11-29T13:00:00Z");
    expect(await engine.up({ expiresIn: "90d" })).toBe("same");
  });

  it("that begins later counts from the key's own beginning", async () => {
    const { engine, world } = await created(xentree);
    world.time += 40 * day;
    expect(await engine.up(monthly)).toBe("replace");
  });

  it("renews nothing while the clock is set back", async () => {
    const { engine, world } = await created(xentree, monthly);
    world.time -= 400 * day;
    expect(await engine.up(monthly)).toBe("same");
  });
});

describe("a fixed expiry that has passed", () => {
  const fixed = { expiresAt: "2026-06-11T12:00:00Z" };

  it.each([
    ["nothing else", fixed],
    ["a period", { ...fixed, rotation: { every: "30d" } }],
  ])("beside %s warns at every up and never blocks the stack, before and after refresh", async (_, asked) => {
    const { engine, server, world } = await created(xentree, asked);
    world.time += 40 * day;
    expect(await engine.up(asked)).toBe("same");
    expect(engine.warnings).toEqual([expect.stringContaining("expiresAt has passed")]);
    server.key("key-1").fields.active = false;
    await engine.refresh();
    expect(await engine.up(asked)).toBe("same");
    expect(engine.warnings).toEqual([expect.stringContaining("expiresAt has passed")]);
    expect(server.live).toEqual(["key-1"]);
  });

  it("is renewed by a later one", async () => {
    const { engine, server, world } = await created(xentree, fixed);
    world.time += 40 * day;
    expect(await engine.up({ expiresAt: "2027-06-11T12:00:00Z" })).toBe("replace");
    expect(server.live).toEqual(["key-2"]);
  });
});

describe("a key that is gone", () => {
  it.each([
    ["xentree", xentree],
    ["applications", applications],
    ["sendkit", sendkit],
  ])("at %s is made again by refresh and up", async (_, definition) => {
    const { engine, server } = await created(definition);
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
    expect(await engine.up()).toBe("create");
    expect(server.live).toEqual(["key-2"]);
  });
});

describe("a move to another server", () => {
  it("makes a key there and revokes the old one here, through its own connection", async () => {
    const { engine, server, world } = await created(xentree);
    const { server: elsewhere } = await created(xentree);
    elsewhere.origin = "https://elsewhere.example";
    world.behind.elsewhere = elsewhere;
    expect(await engine.up({ connection: "elsewhere" })).toBe("replace");
    expect(elsewhere.live).toEqual(["key-1", "key-2"]);
    expect(server.live).toEqual([]);
    expect(engine.outputs).toMatchObject({ origin: "https://elsewhere.example", keyId: "key-2" });
  });
});

it("nothing that a key goes through puts its value anywhere but in `value`", async () => {
  const { engine } = await created(xentree, { ...read, rotation: { triggers: { v: 1 } } });
  await engine.up({ permissions: ["write"], rotation: { triggers: { v: 2 } } });
  await engine.refresh();
  await engine.up({ permissions: ["write"] });
  const { id, inputs, outputs } = engine.known();
  const { value, ...others } = outputs;
  expect(value).toBe("canary-value-2");
  expect(JSON.stringify([id, inputs, others, engine.warnings])).not.toContain("canary-value");
});
