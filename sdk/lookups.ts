import {
  all,
  type CustomResource,
  type Input,
  type InvokeOptions,
  type Output,
  output,
  RunError,
  runtime,
} from "@pulumi/pulumi";
import { sendingProblem } from "../provider/base/nodeVersion";
import type { ServiceDefinitionInput } from "../provider/definition/input";
import type { GetApiKeyArgs, GetApiKeyResult, GetApiKeysArgs } from "./lookupTypes";

/**
 * Options of `getApiKeyOutput` and `getApiKeysOutput`. Those of `InvokeOptions` have no effect: a look-up uses no provider.
 *
 * @example
 * ```ts
 * import { type LookupOutputOptions, xentree } from "pulumi-apikeys";
 *
 * const ci = new xentree.ApiKey("ci", {});
 *
 * const after: LookupOutputOptions = { dependsOn: ci };
 * export const keys = xentree.getApiKeysOutput({ active: true }, after).length;
 * ```
 */
export interface LookupOutputOptions extends InvokeOptions {
  /**
   * Resources that have to exist before the request is sent, components excepted. In a preview that creates one of them
   * the result is unknown. Default: none.
   */
  dependsOn?: Input<Input<CustomResource>[]> | Input<CustomResource> | undefined;
}

/** Arguments that may each be an output. */
export type Wired<Args> = { [Name in keyof Args]: Input<Args[Name]> };

/** A function that takes no arguments where none is required. */
type LookupFunction<Args, Options, Result> =
  Record<never, never> extends Args
    ? (args?: Args, options?: Options) => Result
    : (args: Args, options?: Options) => Result;

/**
 * The look-ups of a service. They read its keys as the vendor has them now, in previews as well, and never a value. Each
 * throws a RunError, a sentence: docs/errors.md explains the codes CONFIGURATION, INVALID_INPUT, NOT_SENT, HTTP_PROBLEM,
 * RESPONSE_INVALID and, for one key, KEY_CONFLICT. Under `pulumi.runtime.setMocks` they send nothing and ask `call`.
 *
 * @example
 * ```ts
 * import { defineService, type Lookups } from "pulumi-apikeys";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * const lookups: Lookups<typeof acme.definition> = acme;
 * export const working = lookups.getApiKeys({ active: true }).then((keys) => keys.length);
 * ```
 */
export interface Lookups<D extends ServiceDefinitionInput> {
  /** The one key that matches, whether Pulumi manages it or not. Fails when none matches or several do. */
  readonly getApiKey: LookupFunction<GetApiKeyArgs<D>, InvokeOptions, Promise<GetApiKeyResult<D>>>;
  /** The one key that matches, whether Pulumi manages it or not. Fails when none matches or several do. */
  readonly getApiKeyOutput: LookupFunction<
    Wired<GetApiKeyArgs<D>>,
    LookupOutputOptions,
    Output<GetApiKeyResult<D>>
  >;
  /** All keys that match, whether Pulumi manages them or not. */
  readonly getApiKeys: LookupFunction<GetApiKeysArgs<D>, InvokeOptions, Promise<GetApiKeyResult<D>[]>>;
  /** All keys that match, whether Pulumi manages them or not. */
  readonly getApiKeysOutput: LookupFunction<
    Wired<GetApiKeysArgs<D>>,
    LookupOutputOptions,
    Output<GetApiKeyResult<D>[]>
  >;
}

/**
 * The look-ups of a service, typed from its definition.
 *
 * @param builtIn whether the provider knows the service by its name
 */
export function lookupsOf<D extends ServiceDefinitionInput>(definition: D, builtIn: boolean): Lookups<D> {
  const service = { definition, builtIn };
  const { name } = definition;
  const getApiKey = async (args: object = {}) =>
    isMocked() ? mockedCall(name, "getApiKey", args) : lookupModule().lookupKey(service, args);
  const getApiKeys = async (args: object = {}) => {
    if (!isMocked()) return lookupModule().lookupKeys(service, args);
    const { keys = [] } = await mockedCall(name, "getApiKeys", args);
    return keys;
  };
  const wired =
    <Result>(look: (args: object) => Promise<Result>) =>
    (args: object = {}, options: LookupOutputOptions = {}) =>
      all([output(args), whenCreated(options)]).apply(([known]) => look(known));
  const untyped = {
    getApiKey,
    getApiKeys,
    getApiKeyOutput: wired(getApiKey),
    getApiKeysOutput: wired(getApiKeys),
  };
  // The definition's type tells the compiler which arguments there are; the provider checks them at run time.
  return untyped as unknown as Lookups<D>;
}

/** Whether a unit test of the program runs it: `pulumi.runtime.setMocks` has put mocks in the engine's place. */
function isMocked(): boolean {
  return "mocks" in (runtime.getMonitor() ?? {});
}

/** Asks the test's `call`, as a function of a provider does. A test never sends a request. */
async function mockedCall(service: string, look: string, args: object): Promise<{ keys?: unknown[] }> {
  return runtime.invoke(`apikeys:${service}:${look}`, { ...args });
}

/** Known once these resources exist. */
function whenCreated({ dependsOn }: LookupOutputOptions): Output<unknown> {
  return output(dependsOn).apply((given) => {
    const resources = [given ?? []].flat() as CustomResource[];
    return all(resources.map(({ id }) => id));
  });
}

/** Loaded with the first look-up: a program that only declares keys needs no HTTP client. */
function lookupModule(): typeof import("./lookup") {
  const problem = sendingProblem(process.versions);
  if (problem) throw new RunError(problem);
  return require("./lookup");
}
