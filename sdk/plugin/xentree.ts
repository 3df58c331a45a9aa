import { xentree as definition } from "../../provider/definition/builtin/xentree";
import { type PluginKeyClass, pluginClass } from "./pluginClass";

export type { ApiKeyArgs, GetApiKeyArgs, GetApiKeyResult, GetApiKeysArgs } from "../xentree";
export { getApiKey, getApiKeyOutput, getApiKeys, getApiKeysOutput } from "../xentree";

const Base: PluginKeyClass<typeof definition> = pluginClass(definition, true);

/**
 * The same as `xentree.ApiKey` of `pulumi-apikeys`, run by the resource plugin. docs/hosts.md tells what differs.
 *
 * Failures fail the `pulumi` command, each in a sentence; docs/errors.md explains their codes.
 *
 * @example
 * ```ts
 * import { xentree } from "pulumi-apikeys/plugin";
 *
 * const ci = new xentree.ApiKey("ci", { permissions: ["chat:read"] });
 *
 * export const key = ci.value; // a secret
 * ```
 */
export class ApiKey extends Base {}
