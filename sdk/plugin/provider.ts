import { type Input, output, ProviderResource, type ResourceOptions, secret } from "@pulumi/pulumi";
import { pluginDownloadURL } from "../../provider/base/pluginDownloadURL";
import { pluginVersion } from "./installation";
import { pluginHost } from "./pluginHost";

/**
 * Settings for the keys that name a {@link Provider}. All are kept as secrets, whatever they hold.
 *
 * @example
 * ```ts
 * import { Provider, type ProviderArgs } from "pulumi-apikeys/plugin";
 * import { Config } from "@pulumi/pulumi";
 *
 * const settings: ProviderArgs = { connections: { xentree: { token: new Config().requireSecret("euToken") } } };
 * new Provider("eu", settings);
 * ```
 */
export interface ProviderArgs {
  /**
   * Named connections: where requests go, and with which credentials; docs/reference.md lists the settings. The environment
   * goes first. Default: `apikeys:connections` of the stack config.
   */
  connections?: Input<Record<string, Input<Record<string, Input<unknown>>>>> | undefined;
  /** Named settings of the stores to which values are delivered. Default: `apikeys:stores` of the stack config. */
  stores?: Input<Record<string, Input<Record<string, Input<unknown>>>>> | undefined;
}

/**
 * A provider of its own, for keys of another account: give it to them as the option `provider`. Its settings are kept in the
 * state, encrypted; those of the stack config are not.
 *
 * @example
 * ```ts
 * import { Provider, xentree } from "pulumi-apikeys/plugin";
 * import { Config } from "@pulumi/pulumi";
 *
 * const eu = new Provider("eu", { connections: { xentree: { token: new Config().requireSecret("euToken") } } });
 * new xentree.ApiKey("ci", { permissions: ["chat:read"] }, { provider: eu });
 * ```
 */
export class Provider extends ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, options?: ResourceOptions) {
    pluginHost.prepare(undefined);
    // The engine takes the settings of a provider as text.
    const text = (value: ProviderArgs["connections"]) =>
      value === undefined ? undefined : secret(output(value).apply((known) => JSON.stringify(known)));
    super("apikeys", name, { connections: text(args.connections), stores: text(args.stores) }, {
      version: pluginVersion,
      pluginDownloadURL,
      ...options,
    } as ResourceOptions);
  }
}
