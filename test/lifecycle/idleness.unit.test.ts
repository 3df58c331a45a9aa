import { reasonOf } from "../../provider/base/errors";
import { instantText } from "../../provider/base/time";
import type { ServiceDefinition } from "../../provider/definition/definition";
import type { Properties } from "../support/lifecycle/lifecycle";
import { created, failure } from "../support/lifecycle/modelEngine";
import { refused, weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { acme, applications, parse, xentree } from "../support/vendor/definitions";

/** A vendor that tells where from a key was used, and shows a key by itself. */
const plain = acme();
const telling = parse({
  ...plain,
  fields: { ...plain.fields, lastUsedAt: "last_used", lastUsedFrom: "last_ip" },
  operations: {
    ...plain.operations,
    get: { method: "GET", path: "/v1/keys/{keyId}", evidence: "assumed" },
  },
});
const guard = { revokeWhenIdleFor: "24h", overlapAtMost: "30d" };
const guarded = (version: number, more: Properties = {}) => weekly(version, { ...guard, ...more });

/** A key that was renewed once, at the end of its overlap, and the requests that follow. */
async function overlapped(definition: ServiceDefinition = xentree) {
  const bench = await created(definition, guarded(1));
  await bench.engine.up(guarded(2));
  bench.world.time += 7 * day;
  bench.server.calls.length = 0;
  return bench;
}

describe("at the end of its overlap, a previous key", () => {
  it("that was never used is revoked", async () => {
    const { engine, server } = await overlapped();
    expect(await engine.up(guarded(2))).toBe("update");
    expect(server.live).toEqual(["key-2"]);
    expect(engine.warnings).toEqual([]);
  });

  it("that was used long enough ago is revoked", async () => {
    const { engine, server, world } = await overlapped();
    server.key("key-1").fields.lastUsedAt = instantText(world.time - day);
    await engine.up(guarded(2));
    expect(server.live).toEqual(["key-2"]);
  });

  it("that is used stays until it could have been idle for long enough, and a warning names it, its use, and from where", async () => {
    const { engine, server, world } = await overlapped(telling);
    const used = instantText(world.time - 1_000);
    Object.assign(server.key("key-1").fields, { lastUsedAt: used, lastUsedFrom: "203.0.113.7" });
    expect(await engine.up(guarded(2))).toBe("update");
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(engine.outputs).toMatchObject({
      previousKeyId: "key-1",
      previousValue: "canary-value-1",
      previousRevokeAt: instantText(world.time - 1_000 + day),
    });
    expect(engine.warnings.join()).toContain(
      `key-1, was last used at ${used} from 203.0.113.7, so it is kept. The first \`pulumi up\` from`,
    );
    server.calls.length = 0;
    expect(await engine.up(guarded(2))).toBe("same");
    expect(server.calls).toEqual([]);
  });

  it("is looked at again then, and revoked once it was idle", async () => {
    const { engine, server, world } = await overlapped();
    server.use(server.key("key-1"));
    await engine.up(guarded(2));
    world.time += day;
    await engine.up(guarded(2));
    expect(server.live).toEqual(["key-2"]);
    expect(JSON.stringify(engine.known())).not.toMatch(/previous/);
  });

  it("that never stops being used is revoked at overlapAtMost, and a warning says who fails", async () => {
    const { engine, server, world } = await overlapped();
    for (let days = 7; days < 30; days++) {
      server.use(server.key("key-1"));
      await engine.up(guarded(2));
      expect(server.live).toEqual(["key-1", "key-2"]);
      world.time += day;
    }
    server.use(server.key("key-1"));
    await engine.up(guarded(2));
    expect(server.live).toEqual(["key-2"]);
    expect(engine.warnings.join()).toMatch(
      /key-1, was last used at .* and is revoked all the same, because rotation\.overlapAtMost \(30d\) ended at/,
    );
  });

  it("of whose use the vendor says nothing stays, for silence proves nothing", async () => {
    const { engine, server } = await overlapped();
    delete server.key("key-1").fields.lastUsedAt;
    await engine.up(guarded(2));
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(engine.warnings.join()).toContain("key-1, may be in use: Xentree does not tell its last use");
  });

  it("is asked for itself where only that tells its last use", async () => {
    const { engine, server } = await overlapped(telling);
    server.use(server.key("key-1"));
    const { list } = server;
    server.list = async (...asked) =>
      ((await list?.(...asked)) ?? []).map(({ id, fields: { lastUsedAt: _, ...fields } }) => ({
        id,
        fields,
      }));
    await engine.up(guarded(2));
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  it("stays where the look at it fails", async () => {
    const { engine, server } = await overlapped();
    server.failing.list = refused;
    await failure(engine.up(guarded(2)));
    expect(server.live).toEqual(["key-1", "key-2"]);
    server.failing = {};
    await engine.up(guarded(2));
    expect(server.live).toEqual(["key-2"]);
  });

  it("goes in spite of its use where the key is renewed again, or the program says revokeNow", async () => {
    const renewed = await overlapped();
    renewed.server.use(renewed.server.key("key-1"));
    await renewed.engine.up(guarded(3));
    expect(renewed.server.live).toEqual(["key-2", "key-3"]);
    const leaked = await overlapped();
    leaked.server.use(leaked.server.key("key-1"));
    await leaked.engine.up(guarded(2, { revokeNow: true }));
    expect(leaked.server.live).toEqual(["key-2"]);
  });
});

describe("revokeWhenIdleFor of a key", () => {
  const args = { revokeWhenIdleFor: "24h" };

  it("fails the delete of one that is used, before anything is revoked, and names the way to force it", async () => {
    const { engine, server, world } = await created(xentree, { ...args, ...weekly(1) });
    await engine.up({ ...args, ...weekly(2) });
    server.use(server.key("key-1"));
    const error = await failure(engine.destroy());
    expect(error.code).toBe("KEY_IN_USE");
    expect(error.message).toMatch(
      /key-1.*was last used at .* and revokeWhenIdleFor asks for 24h without a use, so nothing was revoked.*APIKEYS_REVOKE_USED=key-1/,
    );
    expect(server.live).toEqual(["key-1", "key-2"]);
    world.revokedThoughUsed.add("key-1");
    await engine.destroy();
    expect(server.live).toEqual([]);
  });

  it("fails the delete that ends a replacement, and the next up ends it once the key was idle", async () => {
    const { engine, server, world } = await created(xentree, { ...args, permissions: ["read"] });
    server.use(server.key("key-1"));
    await failure(engine.up({ ...args, permissions: ["write"] }));
    expect(server.live).toEqual(["key-1", "key-2"]);
    world.time += day;
    await engine.up({ ...args, permissions: ["write"] });
    expect(server.live).toEqual(["key-2"]);
  });

  it("lets go a key that was never used, or that works no more", async () => {
    const unused = await created(xentree, args);
    await unused.engine.destroy();
    expect(unused.server.live).toEqual([]);
    const ended = await created(xentree, args);
    ended.server.use(ended.server.key("key-1"));
    ended.server.key("key-1").live = false;
    await ended.engine.destroy();
  });
});

describe("a guard that cannot be kept fails the check:", () => {
  const problemOf = async (definition: ServiceDefinition, args: Properties) => {
    const { engine } = await created(definition);
    return engine.up(args).then(() => "none", reasonOf);
  };

  it.each([
    [
      applications,
      weekly(1, guard),
      "rotation.revokeWhenIdleFor cannot be kept: Applications API does not tell when a key was last used",
    ],
    [
      applications,
      { revokeWhenIdleFor: "1d" },
      "revokeWhenIdleFor cannot be kept: Applications API does not tell when a key was last used",
    ],
    [
      xentree,
      { rotation: { overlap: "7d", revokeWhenIdleFor: "1d" } },
      "so rotation.overlapAtMost is missing",
    ],
    [
      xentree,
      { rotation: { overlapAtMost: "7d" } },
      "so rotation.overlap and rotation.revokeWhenIdleFor is missing",
    ],
    [
      xentree,
      weekly(1, { revokeWhenIdleFor: "1d", overlapAtMost: "6d" }),
      "rotation.overlapAtMost (6d) must be at least rotation.overlap (7d)",
    ],
    [
      xentree,
      weekly(1, { ...guard, every: "20d" }),
      "rotation.overlapAtMost (30d) must be at most rotation.every (20d)",
    ],
  ])("%#", async (definition, args, sentence) => {
    expect(await problemOf(definition, args)).toContain(sentence);
  });
});
