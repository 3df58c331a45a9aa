import { statSync } from "node:fs";
import type { Sandbox } from "../../sandbox";
import { useStack } from "../support/engine/fixture";
import type { StateResource } from "../support/engine/stateFile";
import { requests } from "../support/engine/vendors";

const count = 50;

const create = "POST /api/admin/api-keys";
const list = "GET /api/admin/api-keys";

/** Counts and bytes, for times are another machine's: `npm run bench` measures those. */
describe(`${count} Xentree keys with every argument`, () => {
  const fixture = useStack("suite", program);

  beforeEach(() => fixture.sandbox.journal.clear());

  it("take one POST each and nothing else in a first up", async () => {
    await fixture.stack.up();
    expect(requests(fixture.sandbox)).toEqual(Array(count).fill(create));
    expect(bytesReceived() / count).toBeLessThanOrEqual(620);
  });

  it("cost at most 1.7 kB of inputs and outputs, and 4.9 kB of state on disk, each", async () => {
    for (const { inputs, outputs } of await keysInState()) {
      expect(JSON.stringify(inputs).length + JSON.stringify(outputs).length).toBeLessThanOrEqual(1_700);
    }
    expect(statSync(fixture.stack.stateFile()).size / count).toBeLessThanOrEqual(4_900);
  });

  it("have no frame in state but the program's own", async () => {
    for (const { sourcePosition, stackTrace } of await keysInState()) {
      expect(sourcePosition).toMatch(/^project:\/\/\/index\.js#4,/);
      expect(stackTrace).toEqual([{ sourcePosition }]);
    }
  });

  it("take no request in an unchanged up", async () => {
    await fixture.stack.up();
    expect(requests(fixture.sandbox)).toEqual([]);
  });

  it("take one listing in each pass of a refresh", async () => {
    await fixture.stack.refresh();
    expect(requests(fixture.sandbox)).toEqual([list, list]);
    expect(bytesReceived() / count).toBeLessThanOrEqual(2 * 550);
  });

  it("take one POST and one DELETE each when all are rotated", async () => {
    fixture.stack.setEnv({ GENERATION: "2" });
    await fixture.stack.up("--skip-preview");
    expect(requests(fixture.sandbox, "POST")).toHaveLength(count);
    expect(requests(fixture.sandbox, "DELETE")).toHaveLength(count);
    expect(requests(fixture.sandbox)).toHaveLength(2 * count);
  });

  it("take one DELETE each in destroy and nothing else", async () => {
    await fixture.stack.destroy();
    expect(requests(fixture.sandbox, "DELETE")).toHaveLength(count);
    expect(requests(fixture.sandbox)).toHaveLength(count);
  });

  function bytesReceived(): number {
    return fixture.sandbox.journal.entries().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async function keysInState(): Promise<StateResource[]> {
    const { resources } = (await fixture.stack.exportState()).deployment;
    const keys = resources.filter(({ type }) => /\bapikeys:(\w+:)?ApiKey$/.test(type));
    expect(keys).toHaveLength(count);
    return keys;
  }
});

function program({ credentials }: Sandbox): string {
  return `
    const { xentree } = require("pulumi-apikeys");
    for (let i = 0; i < ${count}; i++) {
      new xentree.ApiKey("pipeline-" + i, {
        permissions: ["conversations:read", "knowledge:search", "organizations:read"],
        rateLimitPerMinute: 120,
        allowedIps: ["203.0.113.0/24"],
        organizationId: "${credentials.xentree.organizationId}",
        expiresIn: "90d",
        rotation: { triggers: { generation: process.env.GENERATION ?? "1" } },
      });
    }`;
}
