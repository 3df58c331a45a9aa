import { Session } from "node:inspector";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { repository } from "./environment";

type Inputs = Record<string, unknown>;

/** A resource that a program has registered. */
export interface Registered {
  readonly inputs: Inputs;
  /** Names of the resources for which it was told to wait. */
  readonly dependsOn: readonly string[];
}

export interface MockedRun {
  /** By `type name`. */
  readonly resources: ReadonlyMap<string, Registered>;
  /** What the program exports, as the engine gets it. */
  readonly outputs: Inputs;
}

// Pulumi's SDK attaches a debugger to this process when it turns a function into text, and never takes it away: Jest would
// take a quarter longer for each later file of the same worker, because a debugger is told of every script.
const attaching = jest.spyOn(Session.prototype, "connect");
afterAll(() => {
  for (const session of attaching.mock.contexts) session.disconnect();
});

/**
 * Runs the program of an example against Pulumi's mocks, which need neither an engine nor plugins.
 *
 * @param example its folder
 * @param options.config by `project:name`
 * @param options.computed what a resource has beside its inputs
 */
export async function runMocked(
  example: string,
  options: {
    readonly config?: Readonly<Record<string, string>>;
    readonly computed?: (name: string, inputs: Inputs) => Inputs;
  } = {},
): Promise<MockedRun> {
  const { config = {}, computed = () => ({}) } = options;
  const inputsOf = new Map<string, Inputs>();
  const waitsFor = new Map<string, string[]>();
  pulumi.runtime.setAllConfig(config);
  const project = Object.keys(config)[0]?.split(":")[0] ?? path.basename(example);
  await pulumi.runtime.setMocks(
    {
      call: ({ inputs }) => inputs,
      newResource: ({ type, name, inputs }) => {
        inputsOf.set(`${type} ${name}`, inputs);
        return { id: name, state: { ...inputs, ...computed(name, inputs) } };
      },
    },
    project,
    "prod",
    false,
  );
  let outputs: Inputs = {};
  await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
      const dependencies = [opts.dependsOn ?? []].flat() as pulumi.Resource[];
      waitsFor.set(`${type} ${name}`, dependencies.map(nameOf));
      return undefined;
    });
    let exported: Inputs = {};
    jest.isolateModules(() => {
      exported = require(path.join(repository, "examples", example, "index.ts"));
    });
    outputs = await pulumi.runtime.serializeProperties("outputs", { ...exported });
  });
  await pulumi.runtime.disconnect();
  const resources = [...inputsOf].map(
    ([key, inputs]) => [key, { inputs, dependsOn: waitsFor.get(key) ?? [] }] as const,
  );
  return { resources: new Map(resources), outputs };
}

function nameOf(resource: pulumi.Resource): string {
  const { __name, __pulumiType } = resource as unknown as { __name: string; __pulumiType: string };
  return `${__pulumiType} ${__name}`;
}
