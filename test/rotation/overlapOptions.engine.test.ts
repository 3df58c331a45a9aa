import { useStack } from "../support/engine/fixture";
import { upAsPlanned } from "../support/engine/plan";
import { letPass } from "../support/engine/timeTravel";
import { liveKeys } from "../support/engine/vendors";

const dayMs = 86_400_000;

const options = {
  protected: "{ protect: true }",
  retained: "{ retainOnDelete: true }",
  reversed: "{ deleteBeforeReplace: true }",
  replacing: `{ replaceOnChanges: ["permissions"] }`,
  pinned: `{ ignoreChanges: ["dueAt"] }`,
  plain: "{}",
} as const;
type Key = keyof typeof options;
const names = Object.keys(options) as Key[];

/** A key for each option, renewed every 30 days with 7 days of overlap. */
function program(permission: string, trigger: string): string {
  const keys = Object.entries(options).map(
    ([name, given]) => `new xentree.ApiKey("${name}", { rotation, permissions }, ${given});`,
  );
  return `
    const { xentree } = require("pulumi-apikeys");
    const rotation = { every: "30d", overlap: "7d", triggers: { reason: "${trigger}" } };
    const permissions = ["${permission}"];
    ${keys.join("\n")}`;
}

/** What docs/resource-options.md promises of keys with an overlap, from one test to the next. */
describe("with an overlap", () => {
  const at = useStack("suite");
  let firstIds: Record<Key, string>;

  beforeAll(async () => {
    at.stack.setProgram(program("read", "1"));
    await at.stack.up("--skip-preview");
    firstIds = await each(({ id }) => id);
  });

  /** What is to be said of every key that is in state. */
  async function each<T>(
    said: (key: { id: string; urn: string; outputs: Record<string, unknown> }) => T,
  ): Promise<Record<Key, T>> {
    const { resources } = (await at.stack.exportState()).deployment;
    const found = names.flatMap((name) => {
      const resource = resources.find(({ urn }) => urn.endsWith(`::${name}`));
      return resource ? [[name, said(resource)] as const] : [];
    });
    return Object.fromEntries(found) as Record<Key, T>;
  }

  /** How many live keys each resource has; and that there are no others. */
  async function live(): Promise<Record<Key, number>> {
    const keys = new Set(liveKeys(at.sandbox, "xentree"));
    const counts = await each(
      ({ outputs }) =>
        [outputs.keyId, outputs.previousKeyId].filter((keyId) => keys.has(String(keyId))).length,
    );
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(keys.size);
    return counts;
  }
  const count = (number: number, others: Partial<Record<Key, number>> = {}) => ({
    ...Object.fromEntries(names.map((name) => [name, number])),
    ...others,
  });
  const generations = () => each(({ outputs }) => outputs.generation);

  it("a date renews keys in place whatever protect, retainOnDelete and deleteBeforeReplace say, but not one with a pinned dueAt", async () => {
    await letPass(at.stack, 31 * dayMs);
    await at.stack.up("--skip-preview");
    expect(await live()).toEqual(count(2, { pinned: 1 }));
    expect(await generations()).toEqual(count(2, { pinned: 1 }));
    expect(await each(({ id }) => id)).toEqual(firstIds);
  });

  it("--target revokes the previous key of the targeted resource alone", async () => {
    await letPass(at.stack, 8 * dayMs);
    const { urn } = await at.stack.resource("plain");
    await at.stack.up("--skip-preview", "--target", urn);
    expect(await live()).toEqual(count(2, { pinned: 1, plain: 1 }));
  });

  it("the previous key goes in its time, protected or retained on delete", async () => {
    await at.stack.up("--skip-preview");
    expect(await live()).toEqual(count(1));
  });

  it("a changed field renews keys in place, but for one whose replaceOnChanges names it: there no overlap is kept", async () => {
    at.stack.setProgram(program("write", "1"));
    await at.stack.up("--skip-preview");
    const ids = await each(({ id }) => id);
    expect(ids.replacing).not.toBe(firstIds.replacing);
    expect({ ...ids, replacing: firstIds.replacing }).toEqual(firstIds);
    expect(await live()).toEqual(count(2, { replacing: 1 }));
  });

  it("--replace revokes both keys of the resource and makes one anew", async () => {
    const { urn } = await at.stack.resource("plain");
    await at.stack.up("--skip-preview", "--replace", urn);
    expect((await at.stack.resource("plain")).id).not.toBe(firstIds.plain);
    expect(await live()).toEqual(count(2, { replacing: 1, plain: 1 }));
  });

  it("--plan refuses a plan that holds a renewal, and no key is made", async () => {
    at.stack.setProgram(program("write", "2"));
    const { exitCode, output } = await upAsPlanned(at.stack);
    expect(exitCode).not.toBe(0);
    expect(output).toContain("violates plan");
    expect(await live()).toEqual(count(2, { replacing: 1, plain: 1 }));
  });

  it("a trigger renews a key with a pinned dueAt, too", async () => {
    const { outputs } = await at.stack.resource("pinned");
    await at.stack.up("--skip-preview");
    expect((await at.stack.resource("pinned")).outputs.previousKeyId).toBe(outputs.keyId);
  });

  it("destroy leaves both keys of a resource that is retained on delete, and no other", async () => {
    const { keyId, previousKeyId } = (await at.stack.resource("retained")).outputs;
    await at.stack.pulumi(["state", "unprotect", "--all", "--yes"]);
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree").sort()).toEqual([keyId, previousKeyId].sort());
  });
});
