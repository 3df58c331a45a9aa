import type { ServiceDefinitionInput } from "../../provider/definition/input";
import type { JsonDefinition } from "../jsonTypes";
import { lookupsOf } from "../lookups";
import type { JsonService, Service } from "../services";
import { type PluginKeyClass, pluginClass } from "./pluginClass";

/**
 * What {@link defineService} returns: the class of a vendor's keys at the plugin, and look-ups of them.
 *
 * @example
 * ```ts
 * import { defineService, type PluginService } from "pulumi-apikeys/plugin";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * const imported = (service: PluginService<typeof acme.definition>) => service.ApiKey.get("laptop", "key_7f3a").name;
 * export const name = imported(acme);
 * ```
 */
export interface PluginService<D extends ServiceDefinitionInput> extends Service<D> {
  readonly ApiKey: PluginKeyClass<D>;
}

/**
 * The same as `defineService` of `pulumi-apikeys`, with keys that the resource plugin runs.
 *
 * @example
 * ```ts
 * import { defineService } from "pulumi-apikeys/plugin";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * // Takes over the key that somebody made by hand.
 * new acme.ApiKey("laptop", {}, { import: "key_7f3a" });
 * ```
 */
export function defineService<const D extends ServiceDefinitionInput>(definition: D): PluginService<D>;
/** The same for a definition that is imported from a JSON file. */
export function defineService<const D extends JsonDefinition>(
  definition: D & (string extends D["name"] ? unknown : never),
): JsonService<D>;
export function defineService(definition: ServiceDefinitionInput): PluginService<ServiceDefinitionInput> {
  return { ApiKey: pluginClass(definition, false), definition, ...lookupsOf(definition, false) };
}
