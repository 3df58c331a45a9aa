import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Fixture, useStack } from "../support/engine/fixture";
import { TestStack } from "../support/engine/stack";
import { letPass } from "../support/engine/timeTravel";
import { connectionsOf, liveKeys, requests, use, vendorCaseOf } from "../support/engine/vendors";

const xentree = vendorCaseOf("xentree");

/** A program with one key, renewed when the version changes. */
const program = (version: number, more = "", rest = "") => `
  const pulumi = require("@pulumi/pulumi");
  const { xentree } = require("pulumi-apikeys");
  const key = new xentree.ApiKey("ci", { rotation: { triggers: { version: ${version} }, ${more} } });
  ${rest}
  const { keyId, value, generation, previousKeyId, previousValue, previousRevokeAt } = key;
  module.exports = { keyId, value, generation, previousKeyId, previousValue, previousRevokeAt };`;

/** A resource that uses the key whenever it is made or updated. */
const consumer = (url: string) => `
  const useKey = async (inputs) => {
    await fetch("${url}/api/ping", { headers: { authorization: "Bearer " + inputs.value } });
    return inputs;
  };
  class Consumer extends pulumi.dynamic.Resource {
    constructor(name, args) {
      super({
        create: async (inputs) => ({ id: name, outs: await useKey(inputs) }),
        update: async (_, __, inputs) => ({ outs: await useKey(inputs) }),
      }, name, args);
    }
  }
  new Consumer("consumer", { value: key.value });`;

const overlap = 'overlap: "1h",';

async function works({ sandbox }: Fixture, values: readonly unknown[]): Promise<number[]> {
  return Promise.all(values.map((value) => use(xentree, sandbox, value)));
}

/** What became of the requests of a kind, in order: logins and the like left out. */
function steps({ sandbox }: Fixture): string[] {
  return requests(sandbox).map((request) => request.replace(/\/[0-9a-f-]{36}$/, "/…"));
}

describe("a renewal without overlap", () => {
  const at = useStack("suite");
  let reader: TestStack;
  afterAll(() => reader?.remove());

  it("updates what depends on the key between the new key's creation and the old one's end", async () => {
    at.stack.setProgram(program(1, "", consumer(at.sandbox.url)));
    await at.stack.up("--skip-preview");
    reader = await TestStack.create({
      name: "reader",
      env: { ...connectionsOf(at.sandbox), PULUMI_BACKEND_URL: String(at.stack.env.PULUMI_BACKEND_URL) },
      program: `
        const pulumi = require("@pulumi/pulumi");
        exports.value = new pulumi.StackReference("organization/project/dev").getOutput("value");`,
    });
    await reader.up("--skip-preview");

    at.stack.setProgram(program(2, "", consumer(at.sandbox.url)));
    at.sandbox.journal.clear();
    await at.stack.up("--skip-preview");
    expect(steps(at)).toEqual(["POST /api/admin/api-keys", "GET /api/ping", "DELETE /api/admin/api-keys/…"]);
    const pings = at.sandbox.journal.entries().filter((entry) => entry.path === "/api/ping");
    expect(pings.map(({ status }) => status)).toEqual([200]);
  });

  it("leaves a reader by StackReference with a dead key until its own next up: for that there is overlap", async () => {
    const before = (await reader.outputs({ showSecrets: true })).value;
    expect(await works(at, [before])).toEqual([401]);
    await reader.up("--skip-preview");
    const after = (await reader.outputs({ showSecrets: true })).value;
    expect(await works(at, [after])).toEqual([200]);
  });
});

describe("a renewal with overlap", () => {
  const at = useStack("suite");
  const keys = async () => at.stack.outputs({ showSecrets: true });

  /** Has the previous key's time come: the engine reads the machine's own clock, which no test can move. */
  async function endOverlap(): Promise<void> {
    const state = await at.stack.exportState();
    for (const { inputs, outputs } of state.deployment.resources) {
      for (const properties of [inputs, outputs]) {
        if (properties?.previousRevokeAt) properties.previousRevokeAt = "2026-01-01T00:00:00Z";
      }
    }
    const file = path.join(at.stack.dir, "state.json");
    writeFileSync(file, JSON.stringify(state));
    await at.stack.pulumi(["stack", "import", "--file", file]);
  }

  it("is an update of which a preview shows the generation, the previous key's time and the reason", async () => {
    at.stack.setProgram(program(1, overlap));
    await at.stack.up("--skip-preview");
    at.stack.setProgram(program(2, overlap));
    const { output } = await at.stack.preview("--diff");
    expect(output).toMatch(/~ generation\s*: 1 => 2/);
    expect(output).toMatch(/\+ previousRevokeAt\s*: "20/);
    expect(output).toMatch(/~ version\s*: 1 => 2/);
    expect(output).toMatch(/1 to update/);
    expect(output).not.toMatch(/to replace|- keyId|- value/);
  });

  it("leaves both keys working, in the state both encrypted, and a quiet up sends nothing", async () => {
    const { value: first } = await keys();
    await at.stack.up("--skip-preview");
    const { value, previousValue, generation, keyId, previousKeyId } = await keys();
    expect([previousValue, generation]).toEqual([first, 2]);
    expect(await works(at, [value, previousValue])).toEqual([200, 200]);
    expect(liveKeys(at.sandbox, "xentree").toSorted()).toEqual([keyId, previousKeyId].toSorted());
    const state = JSON.stringify(await at.stack.exportState());
    for (const secret of [value, previousValue]) expect(state).not.toContain(String(secret));

    at.sandbox.journal.clear();
    expect((await at.stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
    expect(steps(at)).toEqual([]);
  });

  it("ends with one DELETE at the first up after the previous key's time, which a preview shows", async () => {
    const { keyId } = await keys();
    await endOverlap();
    at.sandbox.journal.clear();
    expect((await at.stack.preview("--diff")).output).toMatch(/- previousRevokeAt/);
    expect((await at.stack.up("--skip-preview")).output).toMatch(/1 updated/);
    expect(steps(at)).toEqual(["DELETE /api/admin/api-keys/…"]);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([keyId]);
    expect((await keys()).previousKeyId).toBeUndefined();
    expect((await at.stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
  });

  it("keeps the new key when the old one cannot be revoked at once, and the next up finishes", async () => {
    at.stack.setProgram(program(3, `${overlap} revokeNow: true`));
    at.sandbox.inject({ method: "DELETE", path: /api-keys/, action: { kind: "respond", status: 403 } });
    const failed = await at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
    expect(failed.exitCode).not.toBe(0);
    expect(failed.output).toMatch(/rotation.revokeNow is set, so the old key stops working/);
    const { outputs, initErrors } = await at.stack.resource("ci");
    expect(initErrors).toHaveLength(1);
    expect(liveKeys(at.sandbox, "xentree").toSorted()).toEqual(
      [outputs.keyId, outputs.previousKeyId].toSorted(),
    );

    const { output } = await at.stack.up("--skip-preview");
    expect(output).toMatch(/1 updated/);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([outputs.keyId]);
    expect(await works(at, [(await keys()).value])).toEqual([200]);
  });
});

describe("a consumer that never reads the new value", () => {
  const at = useStack("suite");
  const hour = 3_600_000;
  const guard = 'overlap: "1h", revokeWhenIdleFor: "30m", overlapAtMost: "4h",';

  it("survives the end of the overlap, is named in the warning, and fails from overlapAtMost on", async () => {
    for (const version of [1, 2]) {
      at.stack.setProgram(program(version, guard));
      await at.stack.up("--skip-preview");
    }
    const { previousKeyId, previousValue } = await at.stack.outputs({ showSecrets: true });
    await letPass(at.stack, hour);
    expect(await works(at, [previousValue])).toEqual([200]);
    const { output } = await at.stack.up("--skip-preview");
    expect(output).toMatch(
      new RegExp(`warning: .*${previousKeyId}, was last used at [^ ]+, so it is kept\\. The first`),
    );
    expect(await works(at, [previousValue])).toEqual([200]);
    await letPass(at.stack, 4 * hour);
    const end = await at.stack.up("--skip-preview");
    expect(end.output).toMatch(/is revoked all the same, because rotation\.overlapAtMost \(4h\) ended at/);
    expect(await works(at, [previousValue])).toEqual([401]);
    expect((await at.stack.outputs()).previousKeyId).toBeUndefined();
  });
});
