import * as pulumi from "@pulumi/pulumi";
import type { ServiceDefinitionInput } from "../provider/definition/input";
import { keepValuesOutOfDebugLog } from "./debugLog";
import { dynamicHost, type KeyHost } from "./keyHost";
import { keepProgramFrames } from "./programFrames";
import type { CommonOutputs, KeyArgs, KeyOutputs } from "./types";

type FieldsInput = NonNullable<ServiceDefinitionInput["fields"]>;

keepValuesOutOfDebugLog();
/** Whether the program has made a key: what it loads, it has loaded by then. */
let declared = false;

const commonOutputs = [
  "keyId", "value", "fingerprint", "status", "origin", "dueAt", "rotatedAt", "valueAvailable", "generation",
  "previousKeyId", "previousValue", "previousRevokeAt",
  "delivered", "encryptedValue",
] as const satisfies readonly (keyof CommonOutputs)[]; // biome-ignore format: one list

/** An API key of any service. Programs use a service's own class, such as `xentree.ApiKey`. */
class KeyResource extends pulumi.CustomResource {
  /**
   * @param name logical name of the resource; the key's name begins with it unless `args.name` is given
   * @param definition the service; a user's own is kept in inputs and outputs, so that `destroy` needs no program
   * @param builtIn whether the provider knows the service by its name
   * @param host what runs the provider
   */
  constructor(
    name: string,
    definition: ServiceDefinitionInput,
    builtIn: boolean,
    host: KeyHost,
    args: object,
    options?: pulumi.CustomResourceOptions,
  ) {
    if (!declared) keepValuesOutOfDebugLog();
    declared = true;
    host.prepare(options);
    const given = args as Record<string, pulumi.Input<unknown> | undefined>;
    const secrets = secretFields(definition);
    const { type, properties, aliases, ...placed } = host.placeOf(definition, builtIn);
    const all = {
      ...unresolved(definition),
      connection: definition.name,
      ...given,
      ...asSecrets(given, ["adoptValue", ...secrets]),
      service: definition.name,
      definition: builtIn ? undefined : definition,
      logicalName: name,
      ...properties,
    };
    const undo = keepProgramFrames();
    try {
      super(
        type,
        name,
        all,
        pulumi.mergeOptions(options, {
          additionalSecretOutputs: ["value", "previousValue", ...secrets],
          aliases: aliases.map((alias) => ({ type: alias })),
          ...placed,
        }),
      );
    } finally {
      undo();
    }
  }
}

/** Names of the service's fields that are secrets. */
function secretFields({ fields = {} }: ServiceDefinitionInput): string[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    typeof field === "object" && field?.secret === true ? [name] : [],
  );
}

/** Those of the named arguments that are given, marked as secrets. */
function asSecrets(
  args: Record<string, unknown>,
  names: readonly string[],
): Record<string, pulumi.Output<unknown>> {
  const given = names.filter((name) => args[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, pulumi.secret(args[name])]));
}

/** The class of a service's keys: `new` declares one key. */
export interface KeyClass<D extends ServiceDefinitionInput> {
  new (
    name: string,
    args: KeyArgs<D>,
    options?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & KeyOutputs<D>;
}

/** The class of a service's keys, typed from its definition. */
export function keyClass<D extends ServiceDefinitionInput>(
  definition: D,
  builtIn: boolean,
  host: KeyHost = dynamicHost,
): KeyClass<D> {
  class ServiceApiKey extends KeyResource {
    constructor(name: string, args: KeyArgs<D>, options?: pulumi.CustomResourceOptions) {
      super(name, definition, builtIn, host, args, options);
    }
  }
  // The SDK makes the outputs from the names of the registered properties, so no class body can declare them.
  return ServiceApiKey as unknown as KeyClass<D>;
}

/** The names of the outputs. The SDK makes a property for each. */
function unresolved(definition: ServiceDefinitionInput): Record<string, undefined> {
  const fields = Object.entries(definition.fields ?? {}).filter(
    ([name, field]) => field !== null && !isVolatile(name, field) && name !== "id" && name !== "active",
  );
  const named = definition.fields?.name === null ? [] : ["name"];
  return Object.fromEntries(
    [...fields.map(([name]) => name), ...named, ...commonOutputs].map((name) => [name, undefined]),
  );
}

function isVolatile(name: string, field: NonNullable<FieldsInput[string]>): boolean {
  return name === "lastUsedAt" || (typeof field === "object" && field.volatile === true);
}
