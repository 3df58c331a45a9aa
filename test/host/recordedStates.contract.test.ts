import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ConfigureRequest } from "@pulumi/pulumi/dynamic";
import * as provider from "../../provider";
import { passphrase } from "../support/engine/environment";
import { type ExportedState, StateFile, type StateResource } from "../support/engine/stateFile";
import { isKey, joined, readRecordings, recordedVersions } from "./recording/files";
import type { DeclaredKey } from "./recording/kinds";
import { RecordedVendors } from "./recording/vendors";

type Properties = Record<string, unknown>;

describe.each(recordedVersions())("a key that version %s recorded as", (version) => {
  const { "pending-create": _, ...recordings } = readRecordings(version);
  let vendors: RecordedVendors;
  let resources: readonly StateResource[];

  beforeAll(async () => {
    vendors = await RecordedVendors.start();
    Object.assign(process.env, vendors.connections);
    await provider.configure({ config: { get: () => undefined } } as unknown as ConfigureRequest);
    const all = Object.values(recordings);
    for (const { vendors: holdings } of all) vendors.restore(holdings);
    const { deployment } = await inTheClear(joined(all, vendors.origins));
    resources = deployment.resources.filter(isKey);
  });
  afterAll(() => vendors.close());

  const resourceOf = ({ name }: DeclaredKey): StateResource => {
    const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
    if (!found) throw new Error(`No key ${name} is recorded.`);
    return found;
  };
  const keys = Object.entries(recordings).flatMap(([kind, { program }]) =>
    program.map((key) => [kind, key.name, key] as const),
  );

  it.each(keys)(
    "%s (%s) has no change for its program, and sends nothing to know it",
    async (kind, __, key) => {
      const { id, inputs, outputs } = resourceOf(key);
      vendors.forget();
      const checked = await provider.check(plain(inputs), declared(key));
      expect(checked.failures).toEqual([]);
      const diff = await provider.diff(id, plain(outputs), plain(checked.inputs));
      // What a lost create may have left is still to be looked for.
      expect(diff).toMatchObject({ changes: kind === "unsettled", replaces: [] });
      expect(vendors.requests()).toEqual([]);
    },
  );

  it.each(keys)("%s (%s) is read as it is recorded", async (_kind, __, key) => {
    const { id, outputs } = resourceOf(key);
    const { id: found, props = {} } = await provider.read(id, plain(outputs));
    const { __provider: ___, ...recorded } = plain(outputs);
    expect([found, plain(props)]).toEqual([id, recorded]);
  });
});

/** What the SDK registers for a key. */
function declared({ name, service, definition, args }: DeclaredKey): Properties {
  const called = service ?? definition?.name;
  return {
    connection: called,
    ...args,
    service: called,
    ...(definition && { definition }),
    logicalName: name,
  };
}

/** The state with a `plaintext` in place of every `ciphertext`. */
async function inTheClear({ version, deployment }: ExportedState): Promise<ExportedState> {
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-recorded-"));
  try {
    const file = path.join(folder, "state.json");
    writeFileSync(file, JSON.stringify({ version, checkpoint: { latest: deployment } }));
    return await new StateFile(file, passphrase).exported({ showSecrets: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Properties as the engine hands them to the provider: secrets without their marks. */
function plain(properties: object): Properties {
  return unmarked(properties) as Properties;
}

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== "object" || value === null) return value;
  if ("4dabf18193072939515e22adb298388d" in value) {
    const { value: told, plaintext } = value as { readonly value?: unknown; readonly plaintext?: string };
    return plaintext === undefined ? told : JSON.parse(plaintext);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unmarked(part)]));
}
