import type { CustomResource, CustomResourceOptions, InvokeOptions, Output } from "@pulumi/pulumi";
import type { ServiceDefinitionInput } from "../provider/definition/definition";
import { type KeyClass, keyClass } from "./apiKey";
import type { JsonDefinition, JsonKeyArgs, JsonKeyOutputs, JsonKeyResult, JsonLookupArgs } from "./jsonTypes";
import { type LookupOutputOptions, type Lookups, looks } from "./lookups";

/** A vendor that a program can declare keys of, and look at. */
export interface Service<D extends ServiceDefinitionInput> extends Lookups<D> {
  /** The class of the vendor's keys, with arguments and outputs typed from the definition. */
  readonly ApiKey: KeyClass<D>;
  readonly definition: D;
}

/** A vendor whose definition comes from a JSON file. */
export interface JsonService<D extends JsonDefinition> {
  /** The class of the vendor's keys: which arguments and outputs there are is known, and not of what type. */
  readonly ApiKey: new (
    name: string,
    args: JsonKeyArgs<D>,
    options?: CustomResourceOptions,
  ) => CustomResource & JsonKeyOutputs<D>;
  readonly definition: D;
  readonly getApiKey: JsonLook<D, InvokeOptions, Promise<JsonKeyResult<D>>>;
  readonly getApiKeyOutput: JsonLook<D, LookupOutputOptions, Output<JsonKeyResult<D>>>;
  readonly getApiKeys: JsonLook<D, InvokeOptions, Promise<JsonKeyResult<D>[]>>;
  readonly getApiKeysOutput: JsonLook<D, LookupOutputOptions, Output<JsonKeyResult<D>[]>>;
}

type JsonLook<D, Options, Result> = (args?: JsonLookupArgs<D>, options?: Options) => Result;

/**
 * Any vendor, in one declaration of data.
 *
 * @param definition JSON; checked whole, with the path of every mistake, before the first request. Written in the
 *   program, it types the arguments and outputs; from a JSON file, it names them
 */
export function defineService<const D extends ServiceDefinitionInput>(definition: D): Service<D>;
export function defineService<const D extends JsonDefinition>(
  definition: D & (string extends D["name"] ? unknown : never),
): JsonService<D>;
export function defineService(definition: ServiceDefinitionInput): Service<ServiceDefinitionInput> {
  return { ApiKey: keyClass(definition, false), definition, ...looks(definition, false) };
}
