import { ApiKeysError } from "../../provider/base/errors";
import { instantText } from "../../provider/base/time";
import { Connections } from "../../provider/connection/connections";
import { read } from "../support/lifecycle/lifecycle";
import { created, failure, ModelEngine } from "../support/lifecycle/modelEngine";
import { day, ModelWorld, start } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";
import { reusing } from "../support/vendor/deviating";

const minute = 60_000;

const refusals = [401, 403, 408, 429, 500, 502, 503].map((status) => [
  new ApiKeysError("HTTP_PROBLEM", `HTTP ${status}.`),
]);

describe("refresh of a key that is gone from the list", () => {
  it("keeps one whose own fixed expiry has passed, for up could not make it anew", async () => {
    const args = { expiresAt: "2026-06-02T12:00:00Z" };
    const { engine, server, world } = await created(xentree, args);
    world.time += 2 * day;
    server.key("key-1").live = false;
    await engine.refresh();
    expect(engine.outputs).toMatchObject({ keyId: "key-1", status: "expired" });
    expect(engine.warnings.join()).toContain("no longer works: it expired at");
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up(args)).toBe("same");
  });

  it("keeps one whose fixed expiry is minutes away, for the vendor's clock may be ahead", async () => {
    const args = { expiresAt: "2026-06-02T12:00:00Z" };
    const { engine, server, world } = await created(xentree, args);
    world.time = start + day - 5 * 60_000;
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs).toMatchObject({ keyId: "key-1", status: "expired" });
    expect(await engine.up(args)).toBe("same");
    world.time += 10 * 60_000;
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up(args)).toBe("same");
  });

  it("drops one whose fixed expiry is further away than clocks differ: it was revoked", async () => {
    const { engine, server, world } = await created(xentree, { expiresAt: "2026-06-02T12:00:00Z" });
    world.time = start + day - 5 * 60_000 - 1_000;
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
  });

  it("proves nothing where it was never told whose the key is", async () => {
    const { engine, server, world } = await created(xentree);
    server.key("key-1").live = false;
    const { tenantId: _, ...outputs } = engine.outputs;
    expect(await failure(read(world, "key-1", outputs))).toMatchObject({ code: "IDENTITY_MISMATCH" });
  });
});

describe("a key whose vendor repeats the value in another field", () => {
  it("of the response to create has no copy of it in the clear", async () => {
    const world = new ModelWorld(xentree);
    const engine = new ModelEngine(world);
    const create = world.server.create.bind(world.server);
    world.server.create = async (...args) => {
      const made = await create(...args);
      return { ...made, fields: { ...made.fields, prefix: made.value } };
    };
    await engine.up();
    expect(engine.outputs.value).toBe("canary-value-1");
    expect(engine.outputs).not.toHaveProperty("prefix");
  });
});

describe("refresh of a key whose vendor now repeats the value in another field", () => {
  it("keeps the field as it was: state holds it in the clear", async () => {
    const { engine, server } = await created(xentree);
    const { prefix, value } = engine.outputs;
    server.tell = (fields) => ({ ...fields, prefix: value, permissions: [value] });
    expect(await engine.refresh()).toBe("same");
    expect(engine.outputs).toMatchObject({ prefix, value });
    expect(engine.outputs).not.toHaveProperty("permissions");
  });
});

describe("refresh of a key that did not change", () => {
  it.each([
    ["xentree", xentree, ["list"]],
    ["applications", applications, ["list"]],
    ["sendkit", sendkit, ["get"]],
    ["a user's own", parse(acme()), ["list"]],
  ])("of %s finds the same, in one request", async (_, definition, calls) => {
    const { engine, server } = await created(definition);
    const before = engine.known();
    expect(await engine.refresh()).toBe("same");
    expect(engine.known()).toEqual(before);
    expect(server.calls).toEqual(calls);
  });

  it("says nothing of the inputs, so that the engine keeps its own", async () => {
    const { engine, world } = await created(xentree, { permissions: ["read"] });
    expect(await read(world, "key-1", engine.outputs)).toEqual({ outputs: engine.outputs, warnings: [] });
  });

  it("does not mind other spellings of the same", async () => {
    const { engine, server } = await created(xentree, {
      permissions: ["read", "write"],
      expiresAt: "2027-01-01T00:00:00Z",
    });
    Object.assign(server.key("key-1").fields, {
      permissions: ["write", "read"],
      expiresAt: "2027-01-01T01:00:00.000+01:00",
      createdAt: "2026-06-01T12:00:00.123456Z",
    });
    expect(await engine.refresh()).toBe("same");
  });

  it("does not look at what changes by itself", async () => {
    const { engine, server } = await created(xentree);
    server.key("key-1").fields.lastUsedAt = instantText(start + day);
    expect(await engine.refresh()).toBe("same");
  });

  it("keeps what the vendor tells at creation alone", async () => {
    const { engine, server } = await created(xentree, { permissions: ["read"] });
    server.tell = ({ permissions: _, ...fields }) => fields;
    expect(await engine.refresh()).toBe("same");
    expect(engine.outputs).toMatchObject({ permissions: ["read"], value: "canary-value-1" });
  });
});

describe("a key is dropped from state", () => {
  it("when a complete list of its own tenant, with other keys, does not hold it", async () => {
    const { engine, server } = await created(xentree);
    server.key("key-1").live = false;
    server.issue({}, { name: "another" });
    expect(await engine.refresh()).toBe("gone");
    expect(server.calls).toEqual(["list"]);
  });

  it("when the list is empty and the vendor says whose it is", async () => {
    const { engine, server } = await created(xentree);
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
    expect(server.calls).toEqual(["list", "whoami"]);
  });

  it("when neither the list nor the vendor's own 404 for its id knows it", async () => {
    const { engine, server } = await created(applications);
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
    expect(server.calls).toEqual(["list", "get key-1"]);
  });

  it("when nothing is at a singleton's place", async () => {
    const { engine, server } = await created(sendkit);
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
  });

  it("when a colleague's key has taken a singleton's place", async () => {
    const { engine, server } = await created(sendkit);
    server.key("key-1").live = false;
    server.issue({ workspaceId: "ws_production" }, { name: "a colleague's" });
    expect(await engine.refresh()).toBe("gone");
  });

  it("when the key at a singleton's place has its id and was created at another time: it was made anew", async () => {
    const { engine, server } = await created(sendkit);
    server.key("key-1").fields.createdAt = instantText(start + day);
    expect(await engine.refresh()).toBe("gone");
  });

  it("when it begins otherwise, and no more than the day of its creation is told", async () => {
    const createdAt = "2026-06-01T00:00:00Z";
    const { engine, server } = await created(reusing());
    server.key("key-1").fields.createdAt = createdAt;
    engine.state = { ...engine.known(), outputs: { ...engine.outputs, createdAt } };
    server.key("key-1").fields.prefix = "other";
    expect(await engine.refresh()).toBe("gone");
  });
});

describe("a key stays in state", () => {
  it("when the list is another tenant's", async () => {
    const { engine, server, world } = await created(xentree);
    world.behind.xentree = server.as("tenant-b");
    world.behind.xentree.issue({}, { name: "theirs" });
    expect(await failure(engine.refresh())).toMatchObject({
      code: "IDENTITY_MISMATCH",
      message:
        'The Xentree key "ci-0000001" belongs to tenant tenant-a, but the credentials of connection "xentree" are of tenant ' +
        "tenant-b, so its absence from their list proves nothing. Use credentials of the key's own tenant.",
    });
    expect(engine.outputs.value).toBe("canary-value-1");
  });

  it("when the list is empty and may be another tenant's", async () => {
    const { engine, server, world } = await created(xentree);
    world.behind.xentree = server.as("tenant-b");
    expect((await failure(engine.refresh())).code).toBe("IDENTITY_MISMATCH");
  });

  it("when the list is empty and the vendor does not tell whose it is", async () => {
    const definition = parse({
      ...acme(),
      fields: { ...acme().fields, team: { type: "string" } },
      tenant: { field: "team" },
    });
    const { engine, server } = await created(definition);
    server.key("key-1").live = false;
    expect((await failure(engine.refresh())).message).toContain("are not known to be that tenant's");
  });

  it("when the vendor will not say whose the list is", async () => {
    const { engine, server } = await created(xentree);
    server.key("key-1").live = false;
    server.failing.tenant = new ApiKeysError("HTTP_PROBLEM", "HTTP 503.");
    expect((await failure(engine.refresh())).message).toBe("HTTP 503.");
  });

  it.each(refusals)("when the list answers %s", async (refusal) => {
    const { engine, server } = await created(xentree);
    server.key("key-1").live = false;
    server.failing.list = refusal;
    expect(await failure(engine.refresh())).toBe(refusal);
    expect(engine.outputs.value).toBe("canary-value-1");
  });

  it.each(refusals)("when the list does not hold it, and its own address answers %s", async (refusal) => {
    const { engine, server } = await created(applications);
    server.key("key-1").live = false;
    server.failing.get = refusal;
    expect(await failure(engine.refresh())).toBe(refusal);
  });

  it("when the list does not hold it, and its own address does", async () => {
    const { engine, server } = await created(applications);
    server.list = async () => [];
    expect(await engine.refresh()).toBe("same");
  });

  it("when its connection now leads to another server, which is not even asked", async () => {
    const { engine, server } = await created(xentree);
    server.origin = "https://elsewhere.example";
    expect(await failure(engine.refresh())).toMatchObject({
      code: "IDENTITY_MISMATCH",
      message:
        'The Xentree key "ci-0000001" was created at https://vendor.example, but connection "xentree" now leads to ' +
        "https://elsewhere.example. Correct the connection's base URL, or give the other server a connection of its own. " +
        "If the vendor has moved, set the connection's movedFrom to https://vendor.example.",
    });
    expect(server.calls).toEqual([]);
  });

  it("when a singleton's key is told with its times in another spelling", async () => {
    const { engine, server } = await created(sendkit);
    server.key("key-1").fields.createdAt = "2026-06-01T12:00:00.000+00:00";
    expect(await engine.refresh()).toBe("same");
  });

  it("when a singleton's key is told without prefix and creation time", async () => {
    const { engine, server } = await created(sendkit);
    server.tell = ({ name }) => ({ name });
    expect(await engine.refresh()).toBe("same");
  });
});

describe("drift", () => {
  it("of a field is in the outputs, and in complete inputs, so that a plan shows it", async () => {
    const asked = { permissions: ["read"], rotation: { every: "30d", triggers: { v: 1 } } };
    const { engine, server } = await created(xentree, asked);
    server.key("key-1").fields.permissions = ["read", "admin"];
    const before = engine.known();
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs).toEqual({ ...before.outputs, permissions: ["read", "admin"] });
    expect(engine.known().inputs).toEqual({ ...before.inputs, permissions: ["read", "admin"] });
    expect(await engine.up(asked)).toBe("replace");
    expect(server.key("key-2").fields.permissions).toEqual(["read"]);
    expect(server.live).toEqual(["key-2"]);
  });

  it("to nothing is drift too", async () => {
    const asked = { expiresAt: "2027-01-01T00:00:00Z" };
    const { engine, server } = await created(xentree, asked);
    server.key("key-1").fields.expiresAt = null;
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs).not.toHaveProperty("expiresAt");
    expect(await engine.up(asked)).toBe("replace");
  });

  it("that the program then asks for is agreed to, and no key is made", async () => {
    const { engine, server } = await created(xentree, { permissions: ["read"] });
    server.key("key-1").fields.permissions = ["admin"];
    await engine.refresh();
    expect(await engine.up({ permissions: ["admin"] })).toBe("same");
    expect(server.live).toEqual(["key-1"]);
  });

  it("that was undone before anybody looked is none", async () => {
    const { engine, server } = await created(xentree, { permissions: ["read"] });
    server.key("key-1").fields.permissions = ["admin"];
    server.key("key-1").fields.permissions = ["read"];
    expect(await engine.refresh()).toBe("same");
  });

  it.each([
    ["was deactivated", { active: false }, {}, 0, "revoked"],
    ["has expired", {}, { expiresIn: "30d" }, 30, "expired"],
  ])(
    "of a key that %s shows in its status, and the next up repairs it",
    async (_, change, asked, days, status) => {
      const { engine, server, world } = await created(xentree, asked);
      Object.assign(server.key("key-1").fields, change);
      world.time += days * day;
      expect(await engine.refresh()).toBe("changed");
      expect(engine.outputs).toMatchObject({ status, value: "canary-value-1" });
      expect(engine.known().inputs.status).toBe(status);
      expect(await engine.up(asked)).toBe("replace");
      expect(engine.outputs).toMatchObject({ status: "active", keyId: "key-2" });
      expect(server.live).toEqual(["key-2"]);
      expect(await engine.up(asked)).toBe("same");
    },
  );

  it.each([
    ["was deactivated", { active: false }, {}, "it was revoked. The next `pulumi up` replaces it."],
    [
      "has passed its lifetime",
      {},
      { expiresIn: "30d" },
      "it expired at 2026-07-01T12:00:00Z. The next `pulumi up` replaces it.",
    ],
    [
      "has passed a fixed expiry",
      {},
      { expiresAt: "2026-06-11T00:00:00Z" },
      "it expired at 2026-06-11T00:00:00Z. Give it a later expiresAt, or expiresIn, which renews itself.",
    ],
    [
      "has passed a fixed expiry, upon which the vendor deactivates it,",
      { active: false },
      { expiresAt: "2026-06-11T00:00:00Z" },
      "it expired at 2026-06-11T00:00:00Z. Give it a later expiresAt, or expiresIn, which renews itself.",
    ],
  ])("of a key that %s is news once, with what comes of it", async (_, change, asked, news) => {
    const { engine, server, world } = await created(xentree, asked);
    Object.assign(server.key("key-1").fields, change);
    world.time += 30 * day;
    await engine.refresh();
    expect(engine.warnings).toEqual([`The Xentree key "ci-0000001" no longer works: ${news}`]);
    expect(await engine.refresh()).toBe("same");
    expect(engine.warnings).toEqual([]);
    expect(await engine.up(asked)).toBe(news.includes("replaces it") ? "replace" : "same");
  });

  it.each([
    [5 * 60_000, "expired"],
    [5 * 60_000 + 1_000, "revoked"],
  ])(
    "of a key that the vendor deactivates %d ms before its expiry, by our clock, is %s",
    async (ms, status) => {
      const { engine, server, world } = await created(xentree, { expiresAt: "2026-06-02T12:00:00Z" });
      world.time = start + day - ms;
      server.key("key-1").fields.active = false;
      await engine.refresh();
      expect(engine.outputs.status).toBe(status);
    },
  );

  it("of a key that the vendor still calls active is none until its expiry has passed by our clock", async () => {
    const { engine, world } = await created(xentree, { expiresAt: "2026-06-02T12:00:00Z" });
    world.time = start + day - 1_000;
    expect(await engine.refresh()).toBe("same");
    world.time += 1_000;
    await engine.refresh();
    expect(engine.outputs.status).toBe("expired");
  });

  it("of a key that was activated again asks for nothing", async () => {
    const { engine, server } = await created(xentree);
    server.key("key-1").fields.active = false;
    await engine.refresh();
    server.key("key-1").fields.active = true;
    expect(await engine.refresh()).toBe("changed");
    expect(engine.known().inputs).not.toHaveProperty("status");
    expect(await engine.up()).toBe("same");
  });

  it("leaves the schedule as it was", async () => {
    const asked = { expiresIn: "90d", permissions: ["read"] };
    const { engine, server } = await created(xentree, asked);
    server.key("key-1").fields.permissions = ["admin"];
    await engine.refresh();
    expect(engine.known().inputs).toMatchObject({
      expiresIn: "90d",
      rotatedAt: "2026-06-01T12:00:00Z",
      dueAt: "2026-08-30T12:00:00Z",
    });
    expect(engine.known().inputs).not.toHaveProperty("expiresAt");
  });
});

it("without state, read says that get and import cannot be, instead of finding nothing", async () => {
  const { world } = await created(xentree);
  expect(await failure(read(world, "key-9", {}))).toMatchObject({
    code: "INVALID_INPUT",
    message:
      "There is no state of API key key-9 to read from: ApiKey.get and import cannot work for dynamic resources. " +
      "To take over an existing key, declare it with `adopt`.",
  });
});

describe("a key that a lagging list does not show yet", () => {
  /** A key made just now, whose vendor shows it in lists only after so many milliseconds. */
  async function young(definition: typeof xentree, lagMs: number) {
    const world = new ModelWorld(definition);
    const engine = new ModelEngine(world);
    world.server.lagMs = lagMs;
    await engine.up();
    world.server.calls.length = 0;
    return { world, engine, server: world.server };
  }

  it("stays in state: its absence proves nothing before the list has had time to catch up", async () => {
    const { engine, server, world } = await young(xentree, 9_000);
    const before = world.time;
    expect(await engine.refresh()).toBe("same");
    expect(server.calls).toEqual(["list", "list anew", "list"]);
    expect(world.time - before).toBe(10_000);
  });

  it("that was really revoked is dropped after that time", async () => {
    const { engine, server } = await young(xentree, 9_000);
    server.key("key-1").live = false;
    expect(await engine.refresh()).toBe("gone");
  });

  it("is waited for by the vendor's clock too, however far the two are apart", async () => {
    const { engine, world } = await young(xentree, 9_000);
    engine.state = {
      ...engine.known(),
      outputs: {
        ...engine.outputs,
        rotatedAt: "2020-01-01T00:00:00Z",
        createdAt: instantText(world.time - 4 * minute),
      },
    };
    await engine.refresh();
    expect(engine.state).toBeDefined();
  });

  it("is waited for by our own clock where the vendor does not tell when it was created", async () => {
    const { engine } = await young(xentree, 9_000);
    const { createdAt: _, ...outputs } = engine.outputs;
    engine.state = { ...engine.known(), outputs };
    expect(await engine.refresh()).not.toBe("gone");
  });

  it("is not taken for revoked by destroy, though DELETE finds nothing yet", async () => {
    const { engine, server } = await young(applications, 9_000);
    server.answersRevokeWith = "absent";
    server.get = async () => undefined;
    expect((await failure(engine.destroy())).message).toContain("the key is still there");
  });

  it("costs one wait and one list for all that are missing beside each other", async () => {
    const { world, engine, server } = await young(xentree, 0);
    server.key("key-1").live = false;
    const before = world.time;
    const look = () => read(world, "key-1", engine.outputs);
    server.issue({}, { name: "another" });
    expect(await Promise.all([look(), look(), look()])).toEqual([undefined, undefined, undefined]);
    expect(server.calls.filter((call) => call === "list anew")).toHaveLength(1);
    expect(world.time - before).toBe(10_000);
  });

  it("is waited for at each place of its own: one list does not tell of the other", async () => {
    const { world, engine, server } = await young(applications, 0);
    server.get = async () => undefined;
    server.key("key-1").live = false;
    const elsewhere = { ...engine.outputs, applicationId: "another" };
    await Promise.all([engine.outputs, elsewhere].map((outputs) => read(world, "key-1", outputs)));
    expect(server.calls.filter((call) => call === "list anew")).toHaveLength(2);
  });

  it("is not waited for at a vendor whose lists are said not to lag behind", async () => {
    const { world, engine, server } = await young(xentree, 0);
    server.key("key-1").live = false;
    const prompt = { baseUrl: server.origin, token: "t", listLagSeconds: 0 };
    Object.assign(world, { connections: new Connections(JSON.stringify({ xentree: prompt }), {}) });
    await engine.refresh();
    expect(server.calls).not.toContain("list anew");
  });

  it("is not waited for once it is old", async () => {
    const { engine, server, world } = await young(xentree, 0);
    world.time += 6 * minute;
    server.key("key-1").live = false;
    const before = world.time;
    await engine.refresh();
    expect(world.time).toBe(before);
  });
});
