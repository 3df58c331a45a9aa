import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { resourceType } from "../../provider/base/resourceType";
import { repository } from "../support/engine/environment";
import { runMocked } from "../support/engine/mockedProgram";
import { HttpWorld } from "../support/lifecycle/httpWorld";
import { check } from "../support/lifecycle/lifecycle";
import { serviceCases as catalogCases } from "../support/vendor/serviceCases";

type Inputs = Record<string, unknown>;

const folder = path.join(repository, "examples", "services");
const examples = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** Runs an example's program against Pulumi's mocks: the inputs of the keys that it declares. */
async function keysOf(example: string): Promise<Inputs[]> {
  const config = { projectId: "7", serviceAccountId: "2", username: "deploy-bot" };
  const named = Object.entries(config).map(([key, value]) => [`${example}:${key}`, value]);
  const { resources } = await runMocked(`services/${example}`, { config: Object.fromEntries(named) });
  return [...resources].flatMap(([key, { inputs }]) => (key.startsWith(`${resourceType} `) ? [inputs] : []));
}

const serviceCases = catalogCases.filter(({ service }) => examples.includes(service));

describe("examples/services", () => {
  it("has a stand-in for each example, against which the contract is tested", () => {
    expect(serviceCases.map(({ service }) => service).sort()).toEqual(examples.sort());
  });

  it("lists each example in its README, with the document that it was written from", () => {
    const readme = readFileSync(path.join(folder, "README.md"), "utf8");
    for (const { service: example, definition } of serviceCases) {
      const row = readme.split("\n").find((line) => line.startsWith(`| [${example}](${example}) |`));
      expect([example, row]).toEqual([example, expect.stringContaining(`(${definition.docs})`)]);
    }
  });

  it.each(serviceCases)("has a program for $service whose keys the provider accepts", async (row) => {
    const [key, ...others] = await keysOf(row.service);
    expect(others).toEqual([]);
    const world = new HttpWorld(row, "https://vendor.example", Date.now);
    // The provider's text is the engine's alone.
    const { __provider: _, ...asked } = key ?? {};
    expect(check(world, {}, asked)).toMatchObject({ failures: [], warnings: [] });
  });
});
