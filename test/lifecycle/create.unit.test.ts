import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { ApiKeysError } from "../../provider/base/errors";
import * as lifecycle from "../support/lifecycle/lifecycle";
import { failure, ModelEngine, program } from "../support/lifecycle/modelEngine";
import { ModelWorld } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

function begin(definition = xentree) {
  const world = new ModelWorld(definition);
  return { world, server: world.server, engine: new ModelEngine(world) };
}

const fixed = { name: "billing" };
const minute = 60_000;

describe("create", () => {
  it("sends one POST, and stores the response beside the inputs", async () => {
    const { server, engine } = begin();
    await engine.up({ permissions: ["read"], rateLimitPerMinute: 60, rotation: { every: "30d" } });
    expect(server.calls).toEqual(["create"]);
    expect(engine.known().id).toBe("key-1");
    expect(engine.outputs).toStrictEqual({
      service: "xentree",
      connection: "xentree",
      rotation: { every: "30d" },
      autonamed: true,
      rotatedAt: "2026-06-01T12:00:00Z",
      dueAt: "2026-07-01T12:00:00Z",
      name: "ci-0000001",
      permissions: ["read"],
      rateLimitPerMinute: 60,
      prefix: "canary-1",
      createdAt: "2026-06-01T12:00:00Z",
      tenantId: "tenant-a",
      status: "active",
      unconfirmed: ["*"],
      keyId: "key-1",
      origin: "https://vendor.example",
      value: "canary-value-1",
      fingerprint: createHash("sha256").update("canary-value-1").digest("hex").slice(0, 16),
    });
  });

  it("returns no undefined, at which the engine would fail after the key was created", async () => {
    const { world } = begin();
    const { outputs } = await lifecycle.create(world, {
      ...program(xentree),
      name: "ci",
      expiresIn: undefined,
      rotatedAt: undefined,
    });
    expect(Object.values(outputs)).not.toContain(undefined);
  });

  it("stores neither volatile fields nor what is stored elsewhere", async () => {
    const { server, engine } = begin();
    server.accept = (fields) => ({ ...fields, lastUsedAt: "2026-06-01T12:00:00Z", organizationName: "Acme" });
    await engine.up();
    for (const name of ["lastUsedAt", "organizationName", "active", "adoptValue", "logicalName"])
      expect(engine.outputs).not.toHaveProperty(name);
  });

  it("stores a user's definition in the outputs, so that destroy needs no program", async () => {
    const { world } = begin(parse(acme()));
    const { outputs } = await lifecycle.create(world, { ...program(world.definition), name: "ci" });
    expect(outputs.definition).toEqual(acme());
  });

  it("sends an expiry that is one lifetime ahead by our own clock", async () => {
    const { server, engine } = begin();
    await engine.up({ expiresIn: "90d" });
    expect(server.key("key-1").fields.expiresAt).toBe("2026-08-30T12:00:00Z");
    expect(engine.outputs).toMatchObject({ expiresIn: "90d", expiresAt: "2026-08-30T12:00:00Z" });
    expect(engine.outputs).not.toHaveProperty("asked");
  });

  it("warns of what the vendor changed, and not of what the vendor chose", async () => {
    const { server, engine } = begin();
    server.accept = (fields) => ({ ...fields, permissions: ["READ"], rateLimitPerMinute: 60 });
    await engine.up({ permissions: ["read"] });
    expect(engine.warnings).toEqual([
      'The Xentree key "ci-0000001" was created, but Xentree changed permissions from what the program asks.',
    ]);
    expect(engine.outputs.asked).toEqual({ permissions: ["read"], rateLimitPerMinute: null });
  });

  it("passes on the vendor's refusal, and looks for no key: there can be none", async () => {
    const { server, engine } = begin();
    const refusal = new ApiKeysError("HTTP_PROBLEM", "No.");
    server.createFaults = [refusal];
    expect(await failure(engine.up())).toBe(refusal);
    expect(server.calls).toEqual(["create"]);
  });
});

const fiveLooks = Array(5).fill("list anew");

describe("create, when its response is lost,", () => {
  it("revokes the key whose value is lost, and creates another", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    await engine.up();
    expect(server.calls).toEqual(["create", "list anew", "revoke key-1", "create"]);
    expect(server.live).toEqual(["key-2"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-2", value: "canary-value-2" });
  });

  it("tries again when the list shows no such key for as long as it may lag behind", async () => {
    const { server, engine, world } = begin();
    server.createFaults = ["lost before commit"];
    const began = world.time;
    await engine.up();
    expect(server.calls).toEqual(["create", ...fiveLooks, "create"]);
    expect(world.time - began).toBe(10_000);
    expect(server.live).toEqual(["key-1"]);
  });

  it.each([
    [1, 2],
    [1_250, 2],
    [2_000, 3],
    [5_000, 4],
    [10_000, 5],
  ])("finds its key in a list that lags behind by %d ms, at attempt %d", async (lagMs, looks) => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    server.lagMs = lagMs;
    await engine.up();
    expect(server.calls).toEqual(["create", ...Array(looks).fill("list anew"), "revoke key-1", "create"]);
    expect(server.live).toEqual(["key-2"]);
    expect(engine.outputs).not.toHaveProperty("unsettledSince");
  });

  it("twice, fails with nothing left behind", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit", "lost after commit"];
    const error = await failure(engine.up());
    expect(error.message).toBe(
      'The Xentree key "ci-0000001" could not be created: The connection broke before the answer came. ' +
        "This happened twice; no key was left behind. Run `pulumi up` again later.",
    );
    expect(server.calls).toEqual([
      "create",
      "list anew",
      "revoke key-1",
      "create",
      "list anew",
      "revoke key-2",
    ]);
    expect(server.live).toEqual([]);
  });

  it("and then refused, passes on the refusal with nothing left behind", async () => {
    const { server, engine } = begin();
    const refusal = new ApiKeysError("HTTP_PROBLEM", "No more.");
    server.createFaults = ["lost after commit", refusal];
    expect(await failure(engine.up())).toBe(refusal);
    expect(server.live).toEqual([]);
  });

  it("touches no key of another name", async () => {
    const { server, engine } = begin();
    server.issue({}, { name: "ci" });
    server.issue({}, { name: "ci-00000010" });
    server.createFaults = ["lost after commit"];
    await engine.up();
    expect(server.live).toEqual(["key-1", "key-2", "key-4"]);
  });

  it("revokes nothing when the program chose the name: the key may be someone else's", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    const error = await failure(engine.up(fixed));
    expect(error).toMatchObject({
      code: "ORPHAN_SUSPECTED",
      message:
        'It is not known whether the Xentree key "billing" was created: The connection broke before the answer came. ' +
        "Its name is fixed by the program, so a key of that name may be someone else's and none was revoked. " +
        "Look at key key-1: revoke what nobody uses, then run `pulumi up` again.",
    });
    expect(server.calls).toEqual(["create", "list anew"]);
    expect(server.live).toEqual(["key-1"]);
  });

  it("tries again under a fixed name that no key has", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost before commit"];
    await engine.up(fixed);
    expect(server.calls).toEqual(["create", ...fiveLooks, "create"]);
  });

  it("ignores an older key of the same fixed name: it cannot be from this create", async () => {
    const { server, engine, world } = begin();
    server.issue({}, fixed);
    world.time += 6 * minute;
    server.createFaults = ["lost before commit"];
    await engine.up(fixed);
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  it("takes a key with a name that it generated for its own, however wrong the vendor's clock is", async () => {
    const { server, engine } = begin();
    server.tell = (fields) => ({ ...fields, createdAt: "2020-01-01T00:00:00Z" });
    server.createFaults = ["lost after commit"];
    await engine.up();
    expect(server.live).toEqual(["key-2"]);
  });

  it("ignores a revoked key of the same name that is still listed", async () => {
    const { server, engine } = begin();
    Object.assign(server.issue({}, fixed).fields, { active: false });
    server.createFaults = ["lost before commit"];
    await engine.up(fixed);
    expect(server.calls.filter((call) => !call.startsWith("list"))).toEqual(["create", "create"]);
  });

  it("leaves open whose a key of the same fixed name is that is older by less than clocks may differ", async () => {
    const { server, engine, world } = begin();
    server.issue({}, fixed);
    world.time += 4 * minute;
    server.createFaults = ["lost before commit"];
    expect((await failure(engine.up(fixed))).message).toContain("Look at key key-1");
  });

  it("leaves open whose a key of the same fixed name without a creation time is", async () => {
    const { server, engine, world } = begin();
    delete server.issue({}, fixed).fields.createdAt;
    world.time += 6 * minute;
    server.createFaults = ["lost before commit"];
    expect((await failure(engine.up(fixed))).code).toBe("ORPHAN_SUSPECTED");
  });

  const suspected =
    'It is not known whether the Xentree key "ci-0000001" was created: The connection broke before the answer came. ';

  it("sends no second POST when the list fails, and names the key to look for", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    server.failing.list = new ApiKeysError("HTTP_PROBLEM", "HTTP 503.");
    expect(await failure(engine.up())).toMatchObject({
      code: "ORPHAN_SUSPECTED",
      message: `${suspected}Looking for it failed too: HTTP 503. Look for a key named "ci-0000001" at the vendor and revoke it, then run \`pulumi up\` again.`,
    });
    expect(server.calls).toEqual(["create", "list anew"]);
  });

  it("sends no second POST when the list has no names: the key may be any of them", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    server.tell = ({ name: _, ...fields }) => fields;
    expect(await failure(engine.up())).toMatchObject({
      code: "ORPHAN_SUSPECTED",
      message: `${suspected}Looking for it failed too: Xentree does not return the names of its keys, so the list does not show whether a key was left for the Xentree key "ci-0000001". Look at the keys at the vendor. Look for a key named "ci-0000001" at the vendor and revoke it, then run \`pulumi up\` again.`,
    });
    expect(server.calls).toEqual(["create", "list anew"]);
  });

  it("is not confused by a key that has no name", async () => {
    const { server, engine } = begin();
    server.issue({}, {}).fields.name = null;
    server.createFaults = ["lost after commit"];
    await engine.up();
    expect(server.live).toEqual(["key-1", "key-3"]);
  });

  it.each([
    ["fails", "HTTP 403."],
    [
      "is answered by somebody else",
      'Key key-1 was to be revoked for the Xentree key "ci-0000001", but the response does not prove that it was. Check the connection\'s base URL, and look at that key at the vendor.',
    ],
  ])("sends no second POST when the revocation %s, and names the key to look for", async (how, why) => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    if (how === "fails") server.failing.revoke = new ApiKeysError("HTTP_PROBLEM", why);
    else server.answersRevokeWith = "unproven";
    expect(await failure(engine.up())).toMatchObject({
      code: "ORPHAN_SUSPECTED",
      message: `${suspected}Revoking it failed too: ${why} Look for a key named "ci-0000001" at the vendor and revoke it, then run \`pulumi up\` again.`,
    });
    expect(server.calls).toEqual(["create", "list anew", "revoke key-1"]);
  });

  it("twice, with no key in the list, says that recover looks again", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost before commit", "lost before commit"];
    expect(await failure(engine.up())).toMatchObject({
      code: "ORPHAN_SUSPECTED",
      message:
        'The Xentree key "ci-0000001" could not be created: The connection broke before the answer came. This happened twice; ' +
        "no key of it has appeared at the vendor so far. Run `npx pulumi-apikeys recover` later, which looks once more, then `pulumi up`.",
    });
  });

  it("and then refused, revokes the key that appeared only now and may have been in the way", async () => {
    const { server, engine, world } = begin();
    server.lagMs = 11_000;
    const create = server.create.bind(server);
    server.create = (...args) => {
      // The second attempt takes a second to be refused.
      world.time += server.calls.includes("create") ? 1_000 : 0;
      return create(...args);
    };
    server.createFaults = ["lost after commit", new ApiKeysError("HTTP_PROBLEM", "HTTP 409.")];
    expect((await failure(engine.up())).message).toBe(
      "HTTP 409. An attempt before, whose answer was lost, had created a key, which was revoked now. Run `pulumi up` again.",
    );
    expect(server.live).toEqual([]);
  });

  it("and then refused, with no key in the list, does not say that nothing was left", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost before commit", new ApiKeysError("HTTP_PROBLEM", "HTTP 409.")];
    expect(await failure(engine.up())).toMatchObject({
      code: "ORPHAN_SUSPECTED",
      message: expect.stringContaining("may have created a key, though none has appeared so far"),
    });
  });

  it("looks under the key's own parent", async () => {
    const { server, engine } = begin(applications);
    server.issue({ applicationId: "another" }, { name: "ci-0000001" });
    server.createFaults = ["lost after commit"];
    await engine.up();
    expect(server.live).toEqual(["key-1", "key-3"]);
  });
});

describe("create, when only one key can exist,", () => {
  const occupied = { workspaceId: "ws_production" };

  it("checks that the place is free, then sends one POST", async () => {
    const { server, engine } = begin(sendkit);
    await engine.up();
    expect(server.calls).toEqual(["get", "create"]);
  });

  it("sends no POST to a place that is taken, and offers to adopt the key", async () => {
    const { server, engine } = begin(sendkit);
    server.issue(occupied, { name: "a colleague's" });
    expect(await failure(engine.up())).toMatchObject({
      code: "KEY_CONFLICT",
      message:
        'The SendKit key "ci-0000001" cannot be created: ws_production already has a key, key-1, and can have only one. ' +
        'To take that key over, set adopt: "key-1"; to start anew, revoke it at SendKit first.',
    });
    expect(server.calls).toEqual(["get"]);
    expect(server.live).toEqual(["key-1"]);
  });

  it("sends no POST when it cannot look", async () => {
    const { server, engine } = begin(sendkit);
    server.failing.get = new ApiKeysError("HTTP_PROBLEM", "HTTP 403.");
    await failure(engine.up());
    expect(server.calls).toEqual(["get"]);
  });

  it("revokes its own key after a lost response, and creates another", async () => {
    const { server, engine } = begin(sendkit);
    server.createFaults = ["lost after commit"];
    await engine.up();
    expect(server.calls).toEqual(["get", "create", "get", "revoke key-1", "create"]);
    expect(server.live).toEqual(["key-2"]);
  });

  it("never revokes the key of a colleague who came in between", async () => {
    const { server, engine } = begin(sendkit);
    server.createFaults = ["lost before commit", new ApiKeysError("HTTP_PROBLEM", "HTTP 409.")];
    server.tell = (fields) => ({ ...fields, name: "a colleague's" });
    const look = server.get;
    server.get = async (...args) => {
      if (server.calls.includes("create") && server.keys.length === 0) server.issue(occupied, {});
      return look?.(...args);
    };
    expect((await failure(engine.up())).message).toContain("HTTP 409.");
    expect(server.live).toEqual(["key-1"]);
  });
});

describe("a create in progress", () => {
  it("is noted before its request is sent, with what finds its key and no other argument", async () => {
    const { server, engine, world } = begin(applications);
    const look = server.create.bind(server);
    const seen: object[] = [];
    server.create = (...args) => {
      seen.push(...world.noted);
      return look(...args);
    };
    await engine.up({ permissions: ["secret"], rotation: { triggers: { a: "secret" } } });
    expect(seen).toEqual([
      {
        service: "applications",
        applicationId: "123e4567-e89b-12d3-a456-426614174000",
        connection: "applications",
        name: "ci-0000001",
        autonamed: true,
        origin: "https://vendor.example",
        rotatedAt: "2026-06-01T12:00:00Z",
      },
    ]);
    expect(world.noted.size).toBe(0);
    expect(world.outcomes).toEqual(["made"]);
  });

  it("is no longer noted once the vendor refused it", async () => {
    const { server, engine, world } = begin();
    server.createFaults = [new ApiKeysError("HTTP_PROBLEM", "HTTP 422.")];
    await failure(engine.up());
    expect(world.noted.size).toBe(0);
    expect(world.outcomes).toEqual(["nothing"]);
  });

  it("stays noted where a key may have been left, so that recover looks for it", async () => {
    const { server, engine, world } = begin();
    server.createFaults = ["lost before commit", "lost before commit"];
    await failure(engine.up());
    expect([...world.noted]).toEqual([expect.objectContaining({ name: "ci-0000001" })]);
  });

  it("stays noted after an unexpected error", async () => {
    const { server, engine, world } = begin();
    server.create = () => Promise.reject(new TypeError("a mistake"));
    await expect(engine.up()).rejects.toThrow("a mistake");
    expect(world.noted.size).toBe(1);
  });
});

describe("an error in our own code after the vendor's response", () => {
  it("does not lose the value: the key is in state, and the error says what to do", async () => {
    const { server, world } = begin();
    const create = server.create.bind(server);
    server.create = async (...args) => {
      const key = await create(...args);
      return {
        ...key,
        get fields(): never {
          throw new TypeError("a mistake");
        },
      };
    };
    const inputs = { service: "xentree", connection: "xentree", name: "ci-1", autonamed: true };
    const error = await failure(lifecycle.create(world, inputs));
    if (!(error instanceof lifecycle.PartialSuccessError)) throw error;
    expect(error.id).toBe("key-1");
    expect(error.outputs).toMatchObject({ keyId: "key-1", value: "canary-value-1", status: "active" });
    expect(error.message).toContain("was created and is in state");
    expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain("canary");
    expect(world.noted.size).toBe(0);
    expect(world.outcomes).toEqual(["made"]);
    await lifecycle.remove(world, error.outputs);
    expect(server.live).toEqual([]);
  });
});

describe("a key created at a second attempt, while nobody has seen the first one's,", () => {
  async function unsettled(args: lifecycle.Properties = {}) {
    const bench = begin();
    bench.server.lagMs = minute;
    bench.server.createFaults = ["lost after commit"];
    await bench.engine.up(args);
    bench.world.time += 2 * minute;
    expect(bench.server.live).toEqual(["key-1", "key-2"]);
    return bench;
  }

  it("is in state with its value, and a warning says so", async () => {
    const { engine } = await unsettled();
    expect(engine.outputs).toMatchObject({
      keyId: "key-2",
      value: "canary-value-2",
      unsettledSince: expect.any(String),
    });
    expect(engine.warnings).toEqual([expect.stringContaining("the next `pulumi up` looks once more")]);
  });

  it("is cleared up by the next up, which revokes the key that appeared; the up after changes nothing", async () => {
    const { server, engine } = await unsettled();
    await engine.refresh();
    server.calls.length = 0;
    expect(await engine.up()).toBe("update");
    expect(server.calls).toEqual(["list anew", "revoke key-1"]);
    expect(engine.warnings).toEqual([
      'Key key-1 beside the Xentree key "ci-0000001", left from a create whose answer was lost, was revoked.',
    ]);
    expect(server.live).toEqual(["key-2"]);
    expect(await engine.up()).toBe("same");
  });

  it("stays in state when refresh finds it gone: nothing else tells of the other key, which up then clears up", async () => {
    const { server, engine } = await unsettled();
    server.key("key-2").live = false;
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs).toMatchObject({ keyId: "key-2", status: "revoked" });
    expect(await engine.up()).toBe("replace");
    expect(server.live).toEqual(["key-3"]);
  });

  it("is cleared up by destroy", async () => {
    const { server, engine } = await unsettled();
    await engine.destroy();
    expect(server.live).toEqual([]);
  });

  it("is cleared up by a replacement", async () => {
    const { server, engine } = await unsettled();
    expect(await engine.up({ permissions: ["write"] })).toBe("replace");
    expect(server.live).toEqual(["key-3"]);
  });

  it("is searched for again when the search fails", async () => {
    const { server, engine } = await unsettled();
    server.failing.list = new ApiKeysError("HTTP_PROBLEM", "HTTP 503.");
    await failure(engine.up());
    server.failing = {};
    expect(await engine.up()).toBe("update");
    expect(server.live).toEqual(["key-2"]);
  });

  it("does not report an older key of the same fixed name", async () => {
    const { server, engine, world } = begin();
    server.issue({}, fixed);
    world.time += 6 * minute;
    server.createFaults = ["lost before commit"];
    await engine.up(fixed);
    expect(await engine.up(fixed)).toBe("update");
    expect(engine.warnings).toEqual([]);
  });

  it("under a name that the program chose revokes nothing, and says which key to look at", async () => {
    const { server, engine } = await unsettled(fixed);
    expect(await engine.up(fixed)).toBe("update");
    expect(engine.warnings).toEqual([
      expect.stringMatching(/^Key key-1 beside .* revoke what nobody uses\.$/),
    ]);
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(await engine.up(fixed)).toBe("same");
  });
});
