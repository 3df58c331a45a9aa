import { useStack } from "../../support/engine/fixture";
import { command } from "../../support/engine/interruption";
import { liveKeys, requests } from "../../support/engine/vendors";

interface AuditReport {
  readonly keys: readonly {
    readonly key: { readonly keyId: string };
    readonly ownership: string;
    readonly findings: readonly string[];
  }[];
}

const count = 50;
/** As many as it takes to end keys of each kind. */
const few = 3;

const program = (host: string, version: number, keys = count) => `
  const { xentree, defineService } = require("${host}");
  const rotation = { every: "30d", overlap: "7d", triggers: { version: ${version} } };
  for (let index = 0; index < ${keys - 1}; index++) {
    new xentree.ApiKey(\`key-\${index}\`, { permissions: ["chat:read"], expiresIn: "90d", rotation });
  }
  const own = defineService({
    name: "own", path: "/api/admin/api-keys", auth: [{ scheme: "bearer" }],
    fields: { value: "key_value", permissions: { type: "strings", input: "optional", set: true } },
  });
  exports.fingerprint = new own.ApiKey("own", { connection: "xentree", permissions: ["chat:read"], rotation }).fingerprint;`;
const dynamic = "pulumi-apikeys";
const plugin = "pulumi-apikeys/plugin";

describe("a stack of 50 dynamic keys, each with an overlap in progress,", () => {
  const at = useStack("suite", () => program(dynamic, 1));
  const types = async () => {
    const { resources } = (await at.stack.exportState()).deployment;
    return [...new Set(resources.map(({ type }) => type).filter((type) => type.endsWith(":ApiKey")))].sort();
  };
  const fingerprint = async () => (await at.stack.outputs()).fingerprint;
  /** Which keys the stack has, and what is wrong with them. Two of its services are at one place, and either may name it. */
  const audit = async () => {
    const { keys } = JSON.parse(await command(at, "audit", "--json")) as AuditReport;
    return keys.map(({ key, ownership, findings }) => `${key.keyId} ${ownership} ${findings}`).sort();
  };
  let first: unknown;
  let audited: readonly string[];

  beforeAll(async () => {
    at.stack.lendPlugin();
    await at.stack.up("--skip-preview");
    at.stack.setProgram(program(dynamic, 2));
    await at.stack.up("--skip-preview");
    first = await fingerprint();
    audited = await audit();
  });

  it("becomes one of the plugin's keys by its import alone, without a request", async () => {
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(2 * count);
    at.sandbox.journal.clear();
    at.stack.setProgram(program(plugin, 2));
    const { output } = await at.stack.up("--expect-no-changes");
    expect(output).toMatch(/51 unchanged/);
    expect(requests(at.sandbox)).toEqual([]);
    expect(await types()).toEqual(["apikeys:index:ApiKey", "apikeys:xentree:ApiKey"]);
    expect(await fingerprint()).toBe(first);
  });

  it("is audited there as it was before", async () => {
    expect(audited.filter((key) => key.includes(" managed"))).toHaveLength(2 * count);
    expect(await audit()).toEqual(audited);
    at.sandbox.journal.clear();
  });

  it("is refreshed there by reads alone", async () => {
    await at.stack.refresh("--skip-preview", "--expect-no-changes");
    expect(new Set(requests(at.sandbox).map((request) => request.split(" ")[0]))).toEqual(new Set(["GET"]));
    at.sandbox.journal.clear();
  });

  it("goes back the same way", async () => {
    at.stack.setProgram(program(dynamic, 2));
    const { output } = await at.stack.up("--expect-no-changes");
    expect(output).toMatch(/51 unchanged/);
    expect(requests(at.sandbox)).toEqual([]);
    expect(await types()).toEqual(["pulumi-nodejs:dynamic/apikeys:ApiKey"]);
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(2 * count);
  });

  it.each([
    { by: "the dynamic host after the plugin", writer: plugin, destroyer: dynamic, version: 3 },
    { by: "the plugin after the dynamic host", writer: dynamic, destroyer: plugin, version: 1 },
  ])("is destroyed by $by has written each key", async ({ writer, destroyer, version }) => {
    at.stack.setProgram(program(writer, version, few));
    await at.stack.up("--skip-preview");
    at.stack.setProgram(program(destroyer, version, few));
    await at.stack.up("--skip-preview", "--expect-no-changes");
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree")).toEqual([]);
  });
});
