import type { CustomResource, CustomResourceOptions, InvokeOptions, Output } from "@pulumi/pulumi";
import type { ServiceDefinitionInput } from "../provider/definition/input";
import { type KeyClass, keyClass } from "./apiKey";
import type { JsonDefinition, JsonKeyArgs, JsonKeyOutputs, JsonKeyResult, JsonLookupArgs } from "./jsonTypes";
import { type LookupOutputOptions, type Lookups, lookupsOf } from "./lookups";

/**
 * A vendor as data: everything that the provider has to know of its API. docs/define-a-service.md is the reference; the
 * same as a JSON Schema for editors is `pulumi-apikeys/definition.schema.json`. Only what differs from common REST needs
 * saying.
 *
 * @example
 * ```ts
 * import { defineService, type ServiceDefinition } from "pulumi-apikeys";
 *
 * const definition = {
 *   name: "acme",
 *   baseUrl: "https://api.acme.example",
 *   path: "/v1/api-keys",
 *   fields: { value: "key", scopes: { type: "strings", input: "required", set: true } },
 * } as const satisfies ServiceDefinition;
 *
 * export const acme = defineService(definition);
 * ```
 */
export type ServiceDefinition = ServiceDefinitionInput;

/**
 * What {@link defineService} returns: the class of a vendor's keys, and look-ups of them.
 *
 * @example
 * ```ts
 * import { defineService, type Service } from "pulumi-apikeys";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * const keysOf = async (service: Service<typeof acme.definition>) => (await service.getApiKeys()).length;
 * export const count = keysOf(acme);
 * ```
 */
export interface Service<D extends ServiceDefinitionInput> extends Lookups<D> {
  /** The class of the vendor's keys, with arguments and outputs typed from the definition. */
  readonly ApiKey: KeyClass<D>;
  /** The definition as it was given. */
  readonly definition: D;
}

/**
 * What {@link defineService} returns for a definition from a JSON file.
 *
 * @example
 * ```ts
 * import { defineService, type JsonService } from "pulumi-apikeys";
 *
 * // As `import definition from "./acme.json"` gives it.
 * const definition = { name: "acme" as string, baseUrl: "https://api.acme.example", path: "/v1/api-keys" };
 *
 * const acme: JsonService<typeof definition> = defineService(definition);
 * new acme.ApiKey("report", { expiresIn: "90d" });
 * ```
 */
export interface JsonService<D extends JsonDefinition> {
  /** The class of the vendor's keys. TypeScript knows the names of their arguments and outputs, and not their types. */
  readonly ApiKey: new (
    name: string,
    args: JsonKeyArgs<D>,
    options?: CustomResourceOptions,
  ) => CustomResource & JsonKeyOutputs<D>;
  /** The definition as it was given. */
  readonly definition: D;
  readonly getApiKey: JsonLookup<D, InvokeOptions, Promise<JsonKeyResult<D>>>;
  readonly getApiKeyOutput: JsonLookup<D, LookupOutputOptions, Output<JsonKeyResult<D>>>;
  readonly getApiKeys: JsonLookup<D, InvokeOptions, Promise<JsonKeyResult<D>[]>>;
  readonly getApiKeysOutput: JsonLookup<D, LookupOutputOptions, Output<JsonKeyResult<D>[]>>;
}

type JsonLookup<D, Options, Result> = (args?: JsonLookupArgs<D>, options?: Options) => Result;

/**
 * Declares a vendor of your own, as data. The call itself checks nothing and sends nothing: the first preview checks the whole
 * definition and fails with the path of every mistake (INVALID_INPUT), and so does `npx pulumi-apikeys check`.
 *
 * @param definition JSON. One that is written in the program gives the arguments and outputs their types; one from a JSON
 *   file gives them their names only.
 * @returns the class of the vendor's keys, and look-ups of them
 *
 * @example
 * ```ts
 * import { defineService } from "pulumi-apikeys";
 *
 * const acme = defineService({
 *   name: "acme",
 *   baseUrl: "https://api.acme.example",
 *   path: "/v1/api-keys", // POST creates, GET lists, DELETE /v1/api-keys/{keyId} revokes
 *   fields: {
 *     value: "key", // the property of the response to POST that has the one-time secret
 *     scopes: { type: "strings", input: "required", set: true },
 *   },
 * });
 *
 * const deploy = new acme.ApiKey("deploy", { scopes: ["deploy"], rotation: { every: "30d" } });
 * export const key = deploy.value;
 * ```
 */
export function defineService<const D extends ServiceDefinitionInput>(definition: D): Service<D>;
/** The same for a definition that is imported from a JSON file. */
export function defineService<const D extends JsonDefinition>(
  definition: D & (string extends D["name"] ? unknown : never),
): JsonService<D>;
export function defineService(definition: ServiceDefinitionInput): Service<ServiceDefinitionInput> {
  return { ApiKey: keyClass(definition, false), definition, ...lookupsOf(definition, false) };
}
