import { applications as definition } from "../../provider/definition/builtin/applications";
import { type PluginKeyClass, pluginClass } from "./pluginClass";

export type { ApiKeyArgs, GetApiKeyArgs, GetApiKeyResult, GetApiKeysArgs } from "../applications";
export { getApiKey, getApiKeyOutput, getApiKeys, getApiKeysOutput } from "../applications";

const Base: PluginKeyClass<typeof definition> = pluginClass(definition, true);

/**
 * The same as `applications.ApiKey` of `pulumi-apikeys`, run by the resource plugin. docs/hosts.md tells what differs.
 *
 * Failures fail the `pulumi` command, each in a sentence; docs/errors.md explains their codes.
 *
 * @example
 * ```ts
 * import { applications } from "pulumi-apikeys/plugin";
 *
 * const ci = new applications.ApiKey("ci", { applicationId: "123e4567-e89b-12d3-a456-426614174000" });
 *
 * export const key = ci.value; // a secret
 * ```
 */
export class ApiKey extends Base {}
