import { type CustomResourceOptions, RunError } from "@pulumi/pulumi";
import { providerText } from "../provider/base/providerText";
import { resourceType } from "../provider/base/resourceType";
import type { ServiceDefinitionInput } from "../provider/definition/input";
import { requireProvider } from "./requireProvider";

/** What runs the provider of a program's keys, and how the engine finds it. */
export interface KeyHost {
  /**
   * Called before each key is declared.
   *
   * @throws {RunError} where the provider could not be run, with what mends it
   */
  prepare(options: CustomResourceOptions | undefined): void;
  /** How a service's keys are registered. */
  placeOf(definition: ServiceDefinitionInput, builtIn: boolean): KeyRegistration;
}

export interface KeyRegistration extends Pick<CustomResourceOptions, "version" | "pluginDownloadURL"> {
  readonly type: string;
  /** Types under which the same keys may be in state. */
  readonly aliases: readonly string[];
  /** Properties beside the key's own. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The type of a service's keys at the plugin. */
export function pluginType({ name }: ServiceDefinitionInput, builtIn: boolean): string {
  return builtIn ? `apikeys:${name}:ApiKey` : "apikeys:index:ApiKey";
}

/** Pulumi's dynamic provider, which Node.js runs from the program's own packages. */
export const dynamicHost: KeyHost = {
  prepare(options) {
    requireProvider();
    refuseImport(options);
  },
  placeOf: (definition, builtIn) => ({
    type: resourceType,
    aliases: [pluginType(definition, builtIn)],
    properties: { __provider: providerText },
  }),
};

/** The engine cannot import a dynamic resource, and its own message does not mention `adopt`. */
function refuseImport(options: CustomResourceOptions | undefined): void {
  if (options?.import === undefined) return;
  throw new RunError(
    "An API key cannot be imported: Pulumi's engine cannot import dynamic resources. To take over an existing key, " +
      "remove the option `import` and name the key in the argument `adopt`, or declare it with `pulumi-apikeys/plugin`.",
  );
}
