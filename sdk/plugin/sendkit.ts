import { sendkit as definition } from "../../provider/definition/builtin/sendkit";
import { type PluginKeyClass, pluginClass } from "./pluginClass";

export type { ApiKeyArgs, GetApiKeyArgs, GetApiKeyResult, GetApiKeysArgs } from "../sendkit";
export { getApiKey, getApiKeyOutput, getApiKeys, getApiKeysOutput } from "../sendkit";

const Base: PluginKeyClass<typeof definition> = pluginClass(definition, true);

/**
 * The same as `sendkit.ApiKey` of `pulumi-apikeys`, run by the resource plugin. docs/hosts.md tells what differs.
 *
 * Failures fail the `pulumi` command, each in a sentence; docs/errors.md explains their codes.
 *
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys/plugin";
 *
 * const ci = new sendkit.ApiKey("ci", { workspaceId: "ws_production" });
 *
 * export const key = ci.value; // a secret
 * ```
 */
export class ApiKey extends Base {}
