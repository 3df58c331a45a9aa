import type { Sandbox } from "../../sandbox";
import { useStack } from "../support/engine/fixture";
import {
  type AllKeys,
  keysOf,
  liveKeys,
  ofEach,
  programOfAll,
  requests,
  use,
  vendorCases,
} from "../support/engine/vendors";

const program = (sandbox: Sandbox, trigger: string) =>
  programOfAll(
    sandbox,
    ({ args }) => `${args ? `${args},` : ""} rotation: { triggers: { reason: "${trigger}" } }`,
  );
const count = vendorCases.length;

describe("a key of each vendor, on the real engine,", () => {
  const at = useStack("suite", (sandbox) => program(sandbox, "first"));
  /** What the vendors answer to these keys. */
  const useAll = async (keys: AllKeys) => {
    const statuses = vendorCases.map((row) => use(row, at.sandbox, keys[row.vendor].value));
    return Promise.all(statuses);
  };
  /** Each vendor's live key is the one in state, and it works. */
  async function expectOneEach(): Promise<AllKeys> {
    const keys = await keysOf(at.stack);
    expect(ofEach(({ vendor }) => liveKeys(at.sandbox, vendor))).toEqual(
      ofEach(({ vendor }) => [keys[vendor].keyId]),
    );
    expect(await useAll(keys)).toEqual([200, 200, 200]);
    return keys;
  }

  it("is created by up, works, and shows its value to nobody", async () => {
    const { output } = await at.stack.up("--skip-preview");
    const keys = await expectOneEach();
    expect(output.match(/\[secret\]/g)).toHaveLength(count);
    for (const { value } of Object.values(keys)) expect(output).not.toContain(value);
    expect(requests(at.sandbox, "POST")).toHaveLength(count);
  });

  it("sends nothing and changes nothing in an up of an unchanged program", async () => {
    at.sandbox.journal.clear();
    const { output } = await at.stack.up();
    expect(requests(at.sandbox)).toEqual([]);
    expect(output).toMatch(/Resources:\s+4 unchanged/);
  });

  it("is read once per engine pass by refresh, which finds nothing new", async () => {
    at.sandbox.journal.clear();
    const { output } = await at.stack.refresh("--skip-preview");
    const asked = requests(at.sandbox);
    expect([asked.length, new Set(asked).size]).toEqual([count, count]);
    expect(output).toMatch(/Resources:\s+4 unchanged/);
  });

  it("is rotated by a changed trigger: the new key works, and the old one no longer", async () => {
    const before = await keysOf(at.stack);
    at.stack.setProgram(program(at.sandbox, "second"));
    const { output } = await at.stack.preview("--diff");
    expect(output.match(/reason: "first" => "second"/g)).toHaveLength(count);
    expect(output).toContain(`${count} to replace`);

    await at.stack.up("--skip-preview");
    expect(await useAll(before)).toEqual([401, 401, 401]);
    const after = await expectOneEach();
    for (const { vendor } of vendorCases) {
      expect(after[vendor].fingerprint).not.toBe(before[vendor].fingerprint);
    }
  });

  it("is found missing by refresh when somebody else revoked it, and created again by up", async () => {
    const keys = await keysOf(at.stack);
    for (const { vendor } of vendorCases) at.sandbox.revokeOutOfBand(vendor, keys[vendor].keyId);
    const { output } = await at.stack.refresh("--skip-preview");
    expect(output).toContain(`${count} deleted`);
    await at.stack.up("--skip-preview");
    await expectOneEach();
  });

  it("is revoked by destroy", async () => {
    await at.stack.destroy("--skip-preview");
    expect(ofEach(({ vendor }) => liveKeys(at.sandbox, vendor))).toEqual(ofEach(() => []));
    expect((await at.stack.exportState()).deployment.resources ?? []).toEqual([]);
  });
});
