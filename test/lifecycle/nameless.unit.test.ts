import { check, create } from "../support/lifecycle/lifecycle";
import { created, failure, ModelEngine, program } from "../support/lifecycle/modelEngine";
import { refused } from "../support/lifecycle/overlap";
import { day, ModelWorld } from "../support/lifecycle/world";
import { nameless } from "../support/vendor/deviating";
import type { ModelVendor } from "../support/vendor/modelVendor";

const scopes = ["read"];

function begin() {
  const world = new ModelWorld(nameless());
  return { world, server: world.server, engine: new ModelEngine(world) };
}

const doubt =
  "It is not known whether the Acme key was created: The connection broke before the answer came. ";
const which = (ids: string) =>
  `${doubt}Acme keys have no names, so it cannot be told which is whose. Look at key ${ids}, made since: revoke what nobody uses, then run \`pulumi up\` again.`;

/** A colleague makes a key of the same shape while each create is under way. */
function colleagueCreatesMeanwhile(server: ModelVendor): void {
  const create = server.create.bind(server);
  server.create = async (...args) => {
    try {
      return await create(...args);
    } finally {
      server.issue({}, { scopes });
    }
  };
}

describe("a create with a lost response, of a key without a name,", () => {
  it("reports the only new key and leaves it alone: it may be somebody else's", async () => {
    const { engine, server } = begin();
    server.issue({}, { scopes });
    server.createFaults = ["lost after commit"];
    expect((await failure(engine.up({ scopes }))).message).toBe(which("key-2"));
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(server.calls).toEqual(["list", "create", "list anew"]);
  });

  it("does not revoke what a colleague made meanwhile, though the request never arrived", async () => {
    const { engine, server } = begin();
    server.createFaults = ["lost before commit"];
    colleagueCreatesMeanwhile(server);
    const error = await failure(engine.up({ scopes }));
    expect(error).toMatchObject({ code: "ORPHAN_SUSPECTED", message: which("key-1") });
    expect(server.live).toEqual(["key-1"]);
  });

  it("waits for its key as long as the list may lag behind", async () => {
    const { engine, server } = begin();
    server.lagMs = 9_000;
    server.createFaults = ["lost after commit"];
    expect((await failure(engine.up({ scopes }))).message).toBe(which("key-1"));
  });

  it("tries again when there is no new key, and the next up looks for one", async () => {
    const { engine, server } = begin();
    server.createFaults = ["lost before commit"];
    await engine.up({ scopes });
    expect(engine.outputs).toMatchObject({ keyId: "key-1" });
    expect(engine.outputs).toHaveProperty("unsettledSince");
    expect(await engine.up({ scopes })).toBe("update");
    expect(engine.warnings).toEqual([]);
    expect(engine.outputs).not.toHaveProperty("unsettledSince");
  });

  it("whose key appears only after the second attempt is reported by the next up, which leaves the key alone", async () => {
    const { engine, server } = begin();
    server.lagMs = Number.POSITIVE_INFINITY;
    server.createFaults = ["lost after commit"];
    await engine.up({ scopes });
    server.catchUp();
    await engine.up({ scopes });
    expect(engine.warnings).toEqual([
      'Key key-1 beside the Acme key "key-2" may be left from a create whose answer was lost. Acme keys have no names, so nothing was ' +
        "revoked: revoke what nobody uses.",
    ]);
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  it("does not guess when another key was created meanwhile", async () => {
    const { engine, server } = begin();
    server.createFaults = ["lost after commit"];
    colleagueCreatesMeanwhile(server);
    const error = await failure(engine.up({ scopes }));
    expect(error.code).toBe("ORPHAN_SUSPECTED");
    expect(error.message).toBe(which("key-1, key-2"));
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(server.calls).not.toContain("revoke key-1");
  });

  it.each([
    ["it is not as it was asked for", { scopes: ["write"] }],
    ["its age is not told", { createdAt: undefined }],
    ["it is older than the attempt", { createdAt: "2026-06-01T11:50:00Z" }],
    ["it is of a time that has not come", { createdAt: "2026-06-01T13:00:00Z" }],
  ])("does not take the only new key for its own when %s", async (_, told) => {
    const { engine, server } = begin();
    server.tell = (fields) => ({ ...fields, ...told });
    server.createFaults = ["lost after commit"];
    const error = await failure(engine.up({ scopes }));
    expect(error.message).toBe(which("key-1"));
    expect(server.live).toEqual(["key-1"]);
  });

  it("does not name the key that another resource of the program has created just before", async () => {
    const { world, server } = begin();
    const { inputs } = check(world, {}, program(world.definition, { scopes }));
    await create(world, inputs);
    server.createFaults = ["lost after commit"];
    expect((await failure(create(world, inputs))).message).toBe(which("key-2"));
  });

  it("asks the user to look when the earlier keys could not be listed", async () => {
    const { engine, server } = begin();
    server.failing.list = refused;
    server.createFaults = ["lost after commit"];
    expect((await failure(engine.up({ scopes }))).message).toMatch(/have no name by which to find it/);
    expect(server.calls).toEqual(["list", "create"]);
  });

  it("never takes the key that another resource of the program has just created", async () => {
    const { world, server } = begin();
    const { inputs } = check(world, {}, program(world.definition, { scopes }));
    const issue = server.create.bind(server);
    let first = true;
    server.create = async (...args) => {
      const lost = first;
      first = false;
      if (lost) server.createFaults = ["lost before commit"];
      await Promise.resolve();
      return issue(...args);
    };
    const made = await Promise.all([create(world, inputs), create(world, inputs)]);
    expect(made.map(({ id }) => id)).toEqual(["key-1", "key-2"]);
    expect(server.live).toEqual(["key-1", "key-2"]);
  });
});

describe("a key without a name", () => {
  it("is created, read, rotated and revoked like any other", async () => {
    const { engine, server, world } = await created(nameless(), { scopes });
    expect(await engine.up({ scopes })).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up({ scopes: ["write"] })).toBe("replace");
    world.time += day;
    await engine.destroy();
    expect(server.live).toEqual([]);
  });

  it("is noted, while it is made, by its time", async () => {
    const { engine, server, world } = begin();
    server.createFaults = ["lost before commit", "lost before commit"];
    await failure(engine.up({ scopes }));
    expect([...world.noted]).toEqual([
      expect.objectContaining({ rotatedAt: "2026-06-01T12:00:00Z", service: "acme" }),
    ]);
    expect([...world.noted][0]).not.toHaveProperty("name");
  });
});
