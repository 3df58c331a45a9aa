import type { CustomResource, CustomResourceOptions, ID, Input } from "@pulumi/pulumi";
import type { ServiceDefinitionInput } from "../../provider/definition/input";
import { type KeyClass, keyClass } from "../apiKey";
import type { KeyArgs, KeyOutputs } from "../types";
import { pluginHost } from "./pluginHost";

/**
 * The class of a service's keys at the plugin: `new` declares one key, and the option `import` takes one over.
 *
 * @example
 * ```ts
 * import { defineService, type PluginKeyClass } from "pulumi-apikeys/plugin";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * const keys: PluginKeyClass<typeof acme.definition> = acme.ApiKey;
 * export const createdAt = keys.get("laptop", "key_7f3a").name;
 * ```
 */
export interface PluginKeyClass<D extends ServiceDefinitionInput> extends KeyClass<D> {
  /**
   * A key that exists, to be read only: it is never changed or revoked, and it has no `value`, which no vendor shows again.
   *
   * @param id as `pulumi import` takes it: the vendor's id of the key, behind its path parameters
   */
  get(name: string, id: Input<ID>, options?: CustomResourceOptions): CustomResource & KeyOutputs<D>;
}

/** The class of a service's keys, typed from its definition. */
export function pluginClass<D extends ServiceDefinitionInput>(
  definition: D,
  builtIn: boolean,
): PluginKeyClass<D> {
  const keys = keyClass(definition, builtIn, pluginHost);
  // What has an id is read, and asks for nothing.
  const get: PluginKeyClass<D>["get"] = (name, id, options) =>
    new keys(name, {} as KeyArgs<D>, { ...options, id });
  return Object.assign(keys, { get });
}
