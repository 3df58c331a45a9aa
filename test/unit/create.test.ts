import { createHash } from "node:crypto";
import { ApiKeysError } from "../../provider/errors";
import { create } from "../../provider/lifecycle";
import { acme, applications, parse, sendkit, xentree } from "./support/definitions";
import { failure, ModelEngine, program } from "./support/modelEngine";
import { ModelWorld } from "./support/world";

function begin(definition = xentree) {
  const world = new ModelWorld(definition);
  return { world, server: world.server, engine: new ModelEngine(world) };
}

const fixed = { name: "billing" };

describe("create", () => {
  it("sends one POST, and keeps all that the answer says, beside what was asked", async () => {
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
      keyId: "key-1",
      origin: "https://vendor.example",
      value: "canary-value-1",
      fingerprint: createHash("sha256").update("canary-value-1").digest("hex").slice(0, 16),
    });
  });

  it("returns no undefined, at which the engine would fail after the key was made", async () => {
    const { world } = begin();
    const { outputs } = await create(world, {
      ...program(xentree),
      name: "ci",
      expiresIn: undefined,
      rotatedAt: undefined,
    });
    expect(Object.values(outputs)).not.toContain(undefined);
  });

  it("keeps nothing of what changes by itself, nor what is written elsewhere", async () => {
    const { server, engine } = begin();
    server.accept = (fields) => ({ ...fields, lastUsedAt: "2026-06-01T12:00:00Z", organizationName: "Acme" });
    await engine.up();
    for (const name of ["lastUsedAt", "organizationName", "active", "adoptValue", "logicalName"])
      expect(engine.outputs).not.toHaveProperty(name);
  });

  it("carries a user's own definition in the outputs, so that destroy needs no program", async () => {
    const { world } = begin(parse(acme()));
    const { outputs } = await create(world, { ...program(world.definition), name: "ci" });
    expect(outputs.definition).toEqual(world.definition);
  });

  it("asks for an expiry that lies a lifetime ahead on our own clock", async () => {
    const { server, engine } = begin();
    await engine.up({ expiresIn: "90d" });
    expect(server.key("key-1").fields.expiresAt).toBe("2026-08-30T12:00:00Z");
    expect(engine.outputs).toMatchObject({ expiresIn: "90d", expiresAt: "2026-08-30T12:00:00Z" });
    expect(engine.outputs).not.toHaveProperty("asked");
  });

  it("warns of what the vendor changed, and says nothing of what the vendor chose", async () => {
    const { server, engine } = begin();
    server.accept = (fields) => ({ ...fields, permissions: ["READ"], rateLimitPerMinute: 60 });
    await engine.up({ permissions: ["read"] });
    expect(engine.warnings).toEqual([
      'The Xentree key "ci-0000001" was created, but Xentree changed permissions from what the program asks.',
    ]);
    expect(engine.outputs.asked).toEqual({ permissions: ["read"], rateLimitPerMinute: null });
  });

  it("passes on the vendor's refusal, and looks for no key where none can be", async () => {
    const { server, engine } = begin();
    const refusal = new ApiKeysError("HTTP_PROBLEM", "No.");
    server.createFaults = [refusal];
    expect(await failure(engine.up())).toBe(refusal);
    expect(server.calls).toEqual(["create"]);
  });
});

describe("create, when its answer is lost,", () => {
  it("revokes the key that nobody knows the value of, and makes another", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    await engine.up();
    expect(server.calls).toEqual(["create", "list anew", "revoke key-1", "create"]);
    expect(server.live).toEqual(["key-2"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-2", value: "canary-value-2" });
  });

  it("tries again when the list shows that there is no such key", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost before commit"];
    await engine.up();
    expect(server.calls).toEqual(["create", "list anew", "create"]);
    expect(server.live).toEqual(["key-1"]);
  });

  it("twice, gives up with nothing left behind", async () => {
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

  it("revokes nothing under a name that the program fixed: the key may be someone else's", async () => {
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

  it("tries again under a fixed name that no key bears", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost before commit"];
    await engine.up(fixed);
    expect(server.calls).toEqual(["create", "list anew", "create"]);
  });

  const suspected =
    'It is not known whether the Xentree key "ci-0000001" was created: The connection broke before the answer came. ';

  it("sends no second POST when the list fails, and tells the name to look for", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    server.failing.list = new ApiKeysError("HTTP_PROBLEM", "HTTP 503.");
    expect(await failure(engine.up())).toMatchObject({
      code: "ORPHAN_SUSPECTED",
      message: `${suspected}Looking for it failed too: HTTP 503. Look for a key named "ci-0000001" at the vendor and revoke it, then run \`pulumi up\` again.`,
    });
    expect(server.calls).toEqual(["create", "list anew"]);
  });

  it("sends no second POST when the list does not tell names: the key may be any of them", async () => {
    const { server, engine } = begin();
    server.createFaults = ["lost after commit"];
    server.tell = ({ name: _, ...fields }) => fields;
    expect(await failure(engine.up())).toMatchObject({
      code: "ORPHAN_SUSPECTED",
      message: `${suspected}Looking for it failed too: the vendor does not tell the names of its keys. Look for a key named "ci-0000001" at the vendor and revoke it, then run \`pulumi up\` again.`,
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
    ["is answered by somebody else", "the answer does not prove that it was revoked."],
  ])("sends no second POST when the revocation %s, and tells the name to look for", async (how, why) => {
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

  it("says so where a service's keys have no name by which to find one", async () => {
    const { name: _, ...fields } = acme().fields;
    const { server, engine } = begin(parse({ ...acme(), fields }));
    server.createFaults = ["lost after commit"];
    const error = await failure(engine.up());
    expect(error.code).toBe("ORPHAN_SUSPECTED");
    expect(error.message).toBe(
      "It is not known whether the Acme key was created: The connection broke before the answer came. Acme keys have no " +
        "name by which to find it. Look for a key that nobody uses and revoke it at the vendor, then run `pulumi up` again.",
    );
    expect(server.calls).toEqual(["create"]);
  });

  it("looks under the key's own parent", async () => {
    const { server, engine } = begin(applications);
    server.issue({ applicationId: "another" }, { name: "ci-0000001" });
    server.createFaults = ["lost after commit"];
    await engine.up();
    expect(server.live).toEqual(["key-1", "key-3"]);
  });
});

describe("create, where only one key can be,", () => {
  const occupied = { workspaceId: "ws_production" };

  it("looks whether the place is free, then sends one POST", async () => {
    const { server, engine } = begin(sendkit);
    await engine.up();
    expect(server.calls).toEqual(["get", "create"]);
  });

  it("sends no POST to a place that is taken, and offers to take the key over", async () => {
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

  it("revokes its own key after a lost answer, and makes another", async () => {
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
      if (server.calls.includes("create")) server.issue(occupied, {});
      return look?.(...args);
    };
    expect((await failure(engine.up())).message).toBe("HTTP 409.");
    expect(server.live).toEqual(["key-1"]);
  });
});
