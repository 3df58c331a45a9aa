import {
  all,
  type CustomResource,
  type Input,
  type InvokeOptions,
  type Output,
  output,
} from "@pulumi/pulumi";
import type { ServiceDefinitionInput } from "../provider/definition/definition";
import type { GetApiKeyArgs, GetApiKeyResult, GetApiKeysArgs } from "./lookupTypes";

/** Options of a look that is an Output. */
export interface LookupOutputOptions extends InvokeOptions {
  /** Keys, or other resources, that have to be there before it is looked; in a preview that creates one, nothing is known. */
  dependsOn?: Input<Input<CustomResource>[]> | Input<CustomResource> | undefined;
}

/** Arguments of which each may be an output of other resources. */
export type Wired<Args> = { [Name in keyof Args]: Input<Args[Name]> };

/** A function whose arguments may be left out where none is required. */
type LookupFunction<Args, Options, Result> =
  Record<never, never> extends Args
    ? (args?: Args, options?: Options) => Result
    : (args: Args, options?: Options) => Result;

/**
 * Looks at a service's keys as they are at the vendor now, in previews as well. Options are those that any look-up
 * of Pulumi's takes: it needs no provider, so that none of them but `dependsOn` means anything to it.
 */
export interface Lookups<D extends ServiceDefinitionInput> {
  /** The one key that fits, whether Pulumi manages it or not. Fails when none fits or several do. */
  readonly getApiKey: LookupFunction<GetApiKeyArgs<D>, InvokeOptions, Promise<GetApiKeyResult<D>>>;
  /** The one key that fits, whether Pulumi manages it or not. Fails when none fits or several do. */
  readonly getApiKeyOutput: LookupFunction<
    Wired<GetApiKeyArgs<D>>,
    LookupOutputOptions,
    Output<GetApiKeyResult<D>>
  >;
  /** All keys that fit, whether Pulumi manages them or not. */
  readonly getApiKeys: LookupFunction<GetApiKeysArgs<D>, InvokeOptions, Promise<GetApiKeyResult<D>[]>>;
  /** All keys that fit, whether Pulumi manages them or not. */
  readonly getApiKeysOutput: LookupFunction<
    Wired<GetApiKeysArgs<D>>,
    LookupOutputOptions,
    Output<GetApiKeyResult<D>[]>
  >;
}

/**
 * The looks at a service, typed from its definition.
 *
 * @param builtIn whether the provider knows the service by its name
 */
export function looks<D extends ServiceDefinitionInput>(definition: D, builtIn: boolean): Lookups<D> {
  const service = { definition, builtIn };
  const getApiKey = async (args: object = {}) => lookModule().lookupKey(service, args);
  const getApiKeys = async (args: object = {}) => lookModule().lookupKeys(service, args);
  const wired =
    <Result>(look: (args: object) => Promise<Result>) =>
    (args: object = {}, options: LookupOutputOptions = {}) =>
      all([output(args), there(options)]).apply(([known]) => look(known));
  const untyped = {
    getApiKey,
    getApiKeys,
    getApiKeyOutput: wired(getApiKey),
    getApiKeysOutput: wired(getApiKeys),
  };
  // What the definition says at run time, its type says to the compiler.
  return untyped as unknown as Lookups<D>;
}

/** Known once these resources are there. */
function there({ dependsOn }: LookupOutputOptions): Output<unknown> {
  return output(dependsOn).apply((given) => {
    const resources = [given ?? []].flat() as CustomResource[];
    return all(resources.map(({ id }) => id));
  });
}

/** Loaded with the first look: a program that only declares keys has no use for a client. */
function lookModule(): typeof import("./lookup") {
  return require("./lookup");
}
