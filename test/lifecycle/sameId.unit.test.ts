import { isTellingPrefix } from "../../provider/lifecycle/remote/tellingPrefix";
import { created, failure } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { acme, parse } from "../support/vendor/definitions";

type Created = Awaited<ReturnType<typeof created>>;

/** A vendor that uses ids again, and tells of a key's age nothing, or the day alone. */
function reusing(createdAt: object | null) {
  const { operations, fields, ...rest } = acme();
  return parse({
    ...rest,
    reusesIds: true,
    path: "/v1/keys",
    fields: { ...fields, prefix: {}, createdAt, scopes: { type: "strings", input: "optional" } },
    operations: { ...operations, update: { fields: ["scopes"] }, rotate: {} },
  });
}

const byDay = { as: { request: "rfc3339", response: "date" } };

/** The vendor tells the prefix of each key, ours in state included, so. */
function tell({ engine, server }: Created, prefix: string, createdAt: string | undefined) {
  const same = { prefix, ...(createdAt !== undefined && { createdAt }) };
  for (const { fields } of server.keys) {
    Object.assign(fields, same);
    if (createdAt === undefined) delete fields.createdAt;
  }
  engine.state = { ...engine.known(), outputs: { ...engine.outputs, ...same } };
}

const cases = [
  ["a prefix of a version, of keys without an age", null, "sk-ant-api03-", undefined, {}, "theirs"],
  ["a prefix of a version, and the day", byDay, "sk-or-v1-", "2026-06-01T00:00:00Z", {}, "theirs"],
  ["a name that the program chose", byDay, "sk_live_", "2026-06-01T00:00:00Z", { name: "ci" }, "ci"],
] as const;

describe.each(cases)("%s proves nothing where ids are used again:", (...[, age, prefix, at, args, name]) => {
  /** A key of ours, and then a stranger's under its id. */
  async function supplanted(more: object = {}) {
    const bench = await created(reusing(age), { ...args, ...more });
    const { server } = bench;
    tell(bench, prefix, at);
    server.key("key-1").live = false;
    const theirs = server.issue({}, { name, scopes: ["admin"] });
    Object.assign(theirs.fields, { prefix, createdAt: at });
    if (at === undefined) delete theirs.fields.createdAt;
    return { ...bench, theirs };
  }

  it.each([
    ["at once", false],
    ["after a refresh, which takes the stranger's fields into state", true],
  ])("destroy leaves the stranger's key alone, %s", async (_, refreshes) => {
    const { engine, server } = await supplanted();
    if (refreshes) await engine.refresh();
    expect(await engine.destroy()).toContain("nothing tells this key from a newer one of the same id");
    expect(server.live).toEqual(["key-1"]);
  });

  it("a rotation does so too, after the overlap", async () => {
    const { engine, server, world, theirs } = await supplanted(weekly(1));
    await engine.up({ ...args, ...weekly(2) });
    world.time += 8 * day;
    await engine.up({ ...args, ...weekly(2) });
    expect(theirs.live).toBe(true);
    expect(server.live).toEqual(["key-1", engine.outputs.keyId]);
  });

  it.each([
    ["renewal in place", { rotation: { triggers: { version: 2 } } }],
    ["change in place", { scopes: ["read"] }],
  ])("a %s does so too", async (__, more) => {
    const { engine, theirs } = await supplanted();
    const before = structuredClone(theirs);
    await failure(engine.up({ ...args, ...more }));
    expect(theirs).toEqual(before);
  });
});

describe("a prefix of random characters", () => {
  const prefix = "sk_live_4f9a2c";

  it("is enough to know our own key, under a name that the program chose", async () => {
    const bench = await created(reusing(null), { name: "ci" });
    tell(bench, prefix, undefined);
    expect(await bench.engine.destroy()).toBeUndefined();
    expect(bench.server.live).toEqual([]);
  });

  it("tells nothing once another key has the same", async () => {
    const bench = await created(reusing(null), { name: "ci" });
    bench.server.issue({}, { name: "theirs" });
    tell(bench, prefix, undefined);
    expect(await bench.engine.destroy()).toContain("was not revoked");
    expect(bench.server.live).toEqual(["key-1", "key-2"]);
  });

  it("tells nothing of a key that is called otherwise", async () => {
    const bench = await created(reusing(null), { name: "ci" });
    tell(bench, prefix, undefined);
    bench.server.key("key-1").fields.name = "theirs";
    expect(await bench.engine.destroy()).toContain("was not revoked");
  });
});

it.each([
  ["sk_live_", false],
  ["sk-ant-api03-", false],
  ["sk-ant-api03", false],
  ["sk-or-v1-", false],
  ["key_v2", false],
  ["pk1_", false],
  ["sk_live_4f", false],
  ["sk-...9a2c4f", false],
  ["sk_live_4f9a2c", true],
  ["AKIA4F9A2C", true],
  ["482913", true],
])("the prefix %s may tell one key from others: %s", (prefix, tells) => {
  expect(isTellingPrefix(prefix)).toBe(tells);
});
