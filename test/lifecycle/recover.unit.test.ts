import { ApiKeysError } from "../../provider/base/errors";
import { instantText } from "../../provider/base/time";
import type { ServiceDefinition } from "../../provider/definition/definition";
import type { TrackedKey } from "../../provider/lifecycle";
import { interruptedCreate, trackedKeys } from "../support/lifecycle/lifecycle";
import { created, failure, program } from "../support/lifecycle/modelEngine";
import { ModelWorld } from "../support/lifecycle/world";
import { applications, sendkit, xentree } from "../support/vendor/definitions";
import { nameless, reusing } from "../support/vendor/deviating";

const name = "ci-0a1b2c3";
const none: readonly TrackedKey[] = [];

/** A create that was interrupted, and the world in which its key is looked for. */
function interrupted(definition = xentree, args: object = { autonamed: true }) {
  const world = new ModelWorld(definition);
  const inputs = { ...program(definition), name, ...args };
  return { world, server: world.server, inputs };
}

describe("what an interrupted create may have left", () => {
  it("is found by its exact name, and revoked when told to", async () => {
    const { world, server, inputs } = interrupted();
    server.issue({}, { name });
    server.issue({}, { name: `${name}4` });
    const { keys, ours, findable, label, revoke } = await interruptedCreate(world, inputs, none);
    expect({ ours, findable, label }).toEqual({
      ours: true,
      findable: true,
      label: `Xentree key "${name}"`,
    });
    expect(keys.map(({ id }) => id)).toEqual(["key-1"]);
    expect(server.live).toEqual(["key-1", "key-2"]);
    for (const key of keys) await revoke(key);
    expect(server.live).toEqual(["key-2"]);
  });

  it("is waited for as long as a list may lag behind, for recover may be run right after the kill", async () => {
    const { world, server, inputs } = interrupted();
    server.lagMs = 9_000;
    server.issue({}, { name });
    expect((await interruptedCreate(world, inputs, none)).keys).toHaveLength(1);
  });

  it("is nothing when the list shows nothing for as long as it may lag behind", async () => {
    const { world, server, inputs } = interrupted();
    const began = world.time;
    expect((await interruptedCreate(world, inputs, none)).keys).toEqual([]);
    expect(world.time - began).toBe(10_000);
    expect(server.calls).toEqual(Array(5).fill("list anew"));
  });

  it("is waited for though somebody else's key of the name that the program chose is listed already", async () => {
    const { world, server, inputs } = interrupted(xentree, {});
    server.issue({}, { name });
    server.lagMs = 10_000;
    server.issue({}, { name });
    expect((await interruptedCreate(world, inputs, none)).keys.map(({ id }) => id)).toEqual([
      "key-1",
      "key-2",
    ]);
    expect(server.calls).toEqual(["list anew"]);
  });

  it("may bear another name, which the vendor gave it: such keys of its time are for a person to look at", async () => {
    const { world, server, inputs } = interrupted();
    server.issue({}, { name: "older" });
    world.time += 3_600_000;
    const rotatedAt = instantText(world.time);
    server.issue({}, { name: "client" });
    server.issue({}, { name: "deploy-7777777" });
    Object.assign(server.issue({}, { name: "ended" }).fields, { active: false });
    server.issue({}, { name: "known" });
    world.time += 3_600_000;
    server.issue({}, { name: "younger" });
    const state = [{ keyId: "key-5" }];
    const { keys, suspects } = await interruptedCreate(world, { ...inputs, rotatedAt }, state);
    expect(keys).toEqual([]);
    expect(suspects.map(({ id }) => id)).toEqual(["key-2"]);
  });

  it("is looked for under other names only where none bears its own", async () => {
    const { world, server, inputs } = interrupted();
    const rotatedAt = instantText(world.time);
    server.issue({}, { name: "client" });
    server.issue({}, { name });
    expect(await interruptedCreate(world, { ...inputs, rotatedAt }, none)).toMatchObject({ suspects: [] });
    expect(await interruptedCreate(world, { ...inputs, rotatedAt }, [{ keyId: "key-2" }])).toMatchObject({
      isRecorded: true,
      suspects: [],
    });
  });

  it("is no key that a state holds, nor one that no longer works", async () => {
    const { world, server, inputs } = interrupted();
    server.issue({}, { name });
    Object.assign(server.issue({}, { name }).fields, { active: false });
    expect(await interruptedCreate(world, inputs, [{ keyId: "key-1" }])).toMatchObject({
      keys: [],
      isRecorded: true,
    });
    expect(await interruptedCreate(world, { ...inputs, name: "another" }, none)).toMatchObject({
      keys: [],
      isRecorded: false,
    });
  });

  describe("may have the id of a key that a state holds", () => {
    /** A key in state, then a second create that was interrupted. */
    async function beside(definition: ServiceDefinition) {
      const { world, server, engine } = await created(definition);
      const inputs = { ...program(definition), name, autonamed: true };
      return { world, server, inputs, tracked: trackedKeys(engine.outputs) };
    }

    it("which is gone, at a vendor that uses ids again", async () => {
      const { world, server, inputs, tracked } = await beside(reusing());
      server.key("key-1").live = false;
      server.issue({}, { name });
      const { keys } = await interruptedCreate(world, inputs, tracked);
      expect(keys.map(({ id }) => id)).toEqual(["key-1"]);
    });

    it("which is under another parent, where ids are counted anew", async () => {
      const { world, server, inputs, tracked } = await beside(applications);
      const elsewhere = { ...inputs, applicationId: "another" };
      server.issue({ applicationId: "another" }, { name }).id = "key-1";
      const { keys } = await interruptedCreate(world, elsewhere, tracked);
      expect(keys.map(({ id }) => id)).toEqual(["key-1"]);
      expect((await interruptedCreate(world, inputs, tracked)).keys).toEqual([]);
    });
  });

  it("may be someone else's under a name that the program chose, whatever its age", async () => {
    const { world, server, inputs } = interrupted(xentree, {});
    server.issue({}, { name });
    world.time += 3_600_000;
    expect(await interruptedCreate(world, inputs, none)).toMatchObject({
      ours: false,
      keys: [{ id: "key-1" }],
    });
  });

  it("is nothing where a key was to be taken over, for that makes none", async () => {
    const { world, server, inputs } = interrupted(xentree, { adopt: "key-1" });
    server.issue({}, { name });
    const before = world.time;
    expect(await interruptedCreate(world, inputs, none)).toMatchObject({ findable: true, keys: [] });
    expect(server.calls).toEqual([]);
    expect(world.time).toBe(before);
  });

  it("is looked for under the key's own parent", async () => {
    const { world, server, inputs } = interrupted(applications);
    server.issue({ applicationId: "another" }, { name });
    expect((await interruptedCreate(world, inputs, none)).keys).toEqual([]);
  });

  it("is looked for at the place of an only key, and is not a colleague's", async () => {
    const { world, server, inputs } = interrupted(sendkit);
    server.issue({ workspaceId: "ws_production" }, { name: "a colleague's" });
    expect((await interruptedCreate(world, inputs, none)).keys).toEqual([]);
  });

  it("cannot be found where keys have no names, which is left to a person", async () => {
    const { world, inputs } = interrupted(nameless(), { name: undefined });
    expect(await interruptedCreate(world, inputs, none)).toMatchObject({
      findable: false,
      keys: [],
      suspects: [],
    });
  });

  it("is among the keys made since, where they have no names; those of the state and of other times are not", async () => {
    const { world, server, inputs } = interrupted(nameless(), { name: undefined, scopes: ["read"] });
    server.issue({}, { scopes: ["read"] });
    world.time += 3_600_000;
    const rotatedAt = instantText(world.time);
    for (const scopes of [["read"], ["read"], ["write"]]) server.issue({}, { scopes });
    const { suspects, findable } = await interruptedCreate(world, { ...inputs, rotatedAt }, [
      { keyId: "key-2" },
    ]);
    expect(findable).toBe(false);
    expect(suspects.map(({ id }) => id)).toEqual(["key-3"]);
  });

  it("is not looked for at another server than the one that was asked to create it", async () => {
    const { world, server, inputs } = interrupted(xentree, { origin: "https://elsewhere.example" });
    expect((await failure(interruptedCreate(world, inputs, none))).code).toBe("IDENTITY_MISMATCH");
    expect(server.calls).toEqual([]);
  });

  it("is unknown when the list fails: nothing may be cleared then", async () => {
    const { world, server, inputs } = interrupted();
    server.failing.list = new ApiKeysError("HTTP_PROBLEM", "HTTP 503.");
    expect(await failure(interruptedCreate(world, inputs, none))).toBe(server.failing.list);
  });

  it("is not revoked by an answer that is not the vendor's", async () => {
    const { world, server, inputs } = interrupted();
    server.issue({}, { name });
    server.answersRevokeWith = "unproven";
    const { keys, revoke } = await interruptedCreate(world, inputs, none);
    const [key] = keys;
    if (!key) throw new Error("There is no key.");
    expect((await failure(revoke(key))).message).toContain("was to be revoked for the Xentree key");
  });
});
