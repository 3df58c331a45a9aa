import { applications as definition } from "../../provider/definition/builtin/applications";
import { type PluginKeyClass, pluginClass } from "./pluginClass";

export type { ApiKeyArgs, GetApiKeyArgs, GetApiKeyResult, GetApiKeysArgs } from "../applications";
export { getApiKey, getApiKeyOutput, getApiKeys, getApiKeysOutput } from "../applications";

const Base: PluginKeyClass<typeof definition> = pluginClass(definition, true);

/**
 * The same as `applications.ApiKey` of `pulumi-apikeys`, run by the resource plugin. docs/hosts.md tells what differs.
 *
 * Failures fail the `pulumi` command, each in a sentence; docs/errors.md explains their codes.
 */
export class ApiKey extends Base {}
