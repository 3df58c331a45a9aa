import { readFileSync, writeFileSync } from "node:fs";
import { upgradeDefinition } from "../../provider/definition/upgrade";
import { recover } from "../support/engine/interruption";
import { TestStack } from "../support/engine/stack";
import type { StateResource } from "../support/engine/stateFile";
import { isKey, joined, type Recording, readRecordings, recordedVersions } from "./recording/files";
import { type DeclaredKey, programOf, unsettled } from "./recording/kinds";
import { RecordedVendors } from "./recording/vendors";

/** Kinds whose next `up` has something to do although the program is unchanged. */
const unfinished = { "pending-create": "create", unsettled: "update" } as const;

/** Keys of which more than the current one stays valid after a renewal. */
const overlapping = ["overlap", "scheduled"];

describe.each(recordedVersions())("state that version %s wrote", (version) => {
  const recordings = readRecordings(version);
  const all = Object.values(recordings);
  const programs = (kinds: Record<string, Recording>) =>
    Object.values(kinds).flatMap(({ program }) => program);
  const { "pending-create": pending, ...made } = recordings;
  let vendors: RecordedVendors;
  let stack: TestStack;

  /** Has the stack and the vendors as they were recorded. Not by `stack import`, which drops pending operations. */
  function restore(): void {
    for (const { vendors: holdings } of all) vendors.restore(holdings);
    const { version, deployment } = joined(all, vendors.origins);
    const stored = JSON.parse(readFileSync(stack.stateFile(), "utf8"));
    const checkpoint = { ...stored.checkpoint, latest: deployment };
    writeFileSync(stack.stateFile(), JSON.stringify({ ...stored, version, checkpoint }));
    vendors.forget();
  }

  /** The recorded keys as the state tells of them, secrets in the clear. */
  async function keysInState(): Promise<Record<string, Record<string, unknown>>> {
    const { deployment } = await stack.exportState({ showSecrets: true });
    const keys = deployment.resources.filter(isKey);
    return Object.fromEntries(keys.map((key) => [nameOf(key), plainOutputs(key)]));
  }

  beforeAll(async () => {
    vendors = await RecordedVendors.start();
    stack = await TestStack.create({ program: programOf(programs(recordings)), env: vendors.connections });
    restore();
  });
  afterAll(async () => {
    await stack?.remove();
    await vendors?.close();
  });

  it("asks for no change, and sends no request to find that out", async () => {
    const { stdout } = await stack.pulumi(["preview", "--json", "--show-sames"]);
    const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
    const expected = Object.entries(recordings).flatMap(([kind, { program }]) =>
      program.map(({ name }) => [name, unfinished[kind as keyof typeof unfinished] ?? "same"]),
    );
    const planned = steps.filter(({ urn }) => urn.includes("apikeys:ApiKey"));
    expect(Object.fromEntries(planned.map((step) => [nameOf(step), step.op]))).toEqual(
      Object.fromEntries(expected),
    );
    expect(vendors.requests()).toEqual([]);
  });

  it("tells recover of the create that was cut short, whose key alone is revoked", async () => {
    const before = vendors.live();
    const stray = pending?.vendors.xentree[0]?.wire.id ?? "none";
    expect(await recover({ stack }, "--yes")).toContain(`${stray} is revoked.`);
    before.delete(stray);
    expect(vendors.live()).toEqual(before);
    expect((await stack.exportState()).deployment.pending_operations ?? []).toEqual([]);
  });

  it("is refreshed without a change, and every value stays", async () => {
    const before = await keysInState();
    stack.setProgram(programOf(programs(made)));
    await stack.refresh("--expect-no-changes");
    expect(await keysInState()).toEqual(before);
    for (const { keyId, value } of Object.values(before)) {
      if (value !== undefined) expect(value).toBe(vendors.live().get(String(keyId)));
    }
  });

  it("asks for no change in today's spelling of its definitions, now and after that", async () => {
    stack.setProgram(programOf(programs(made).map(inTodaysSpelling)));
    vendors.forget();
    const { output } = await stack.up("--skip-preview");
    // The key that a lost create may have left is looked for, and nothing else.
    expect(output).toMatch(/~ 1 updated/);
    expect(output).not.toMatch(/replaced|created|deleted/);
    const place = String(unsettled.args.applicationId);
    expect(vendors.requests().filter((request) => !request.includes(place))).toEqual([]);
    await stack.refresh("--expect-no-changes");
    await stack.preview("--expect-no-changes");
  });

  it("is renewed when a trigger changes, and the vendors hold the keys in state and no others", async () => {
    restore();
    const before = await keysInState();
    const renewed = programs(made).filter(({ name }) => name !== "unsettled");
    await recover({ stack }, "--yes");
    stack.setProgram(programOf(programs(made).map((key) => (renewed.includes(key) ? triggered(key) : key))));
    await stack.up("--skip-preview");
    const after = await keysInState();
    const live = vendors.live();
    for (const { name } of renewed) {
      expect([name, after[name]?.value]).not.toEqual([name, before[name]?.value]);
      expect([name, after[name]?.value]).toEqual([name, live.get(String(after[name]?.keyId))]);
      const previous = overlapping.includes(name) ? before[name]?.keyId : undefined;
      expect([name, after[name]?.previousKeyId]).toEqual([name, previous]);
      // Whatever reads an output by its name still finds it there.
      const names = Object.keys(before[name] ?? {}).filter((output) => output !== "valueAvailable");
      expect([name, Object.keys(after[name] ?? {})]).toEqual([name, expect.arrayContaining(names)]);
    }
    expect(after["in-place"]?.keyId).toBe(before["in-place"]?.keyId);
    expect(after.unsettled?.keyId).toBe(before.unsettled?.keyId);
    expect(after.unsettled).not.toHaveProperty("unsettledSince");
    const held = Object.values(after).flatMap(({ keyId, previousKeyId = keyId }) => [keyId, previousKeyId]);
    expect([...live.keys()].toSorted()).toEqual([...new Set(held)].toSorted());
    expect((await stack.preview("--expect-no-changes")).output).toMatch(/unchanged/);
  });

  it("is destroyed as it was recorded, and leaves no key", async () => {
    await stack.destroy("--skip-preview");
    expect([...vendors.live().keys()]).toEqual([]);
    restore();
    await recover({ stack }, "--yes");
    await stack.destroy("--skip-preview");
    expect([...vendors.live().keys()]).toEqual([]);
  });
});

function nameOf({ urn }: { readonly urn: string }): string {
  return urn.split("::").at(-1) ?? urn;
}

/** Outputs with what is secret in place of how it is marked. */
function plainOutputs({ outputs }: StateResource): Record<string, unknown> {
  const plain = Object.entries(outputs).map(([name, value]) => {
    const { plaintext } = (value ?? {}) as { readonly plaintext?: string };
    return [name, plaintext === undefined ? value : JSON.parse(plaintext)];
  });
  return Object.fromEntries(plain);
}

/** The same key, with a trigger that it did not have. */
function triggered({ args, ...key }: DeclaredKey): DeclaredKey {
  return { ...key, args: { ...args, rotation: { ...args.rotation, triggers: { renewed: true } } } };
}

/** The same key, by the names that options have today. */
function inTodaysSpelling({ definition, ...key }: DeclaredKey): DeclaredKey {
  return definition === undefined
    ? key
    : { ...key, definition: upgradeDefinition(definition) as NonNullable<DeclaredKey["definition"]> };
}
