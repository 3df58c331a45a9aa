import { type CustomResourceOptions, RunError, runtime } from "@pulumi/pulumi";
import { pluginDownloadURL } from "../../provider/base/pluginDownloadURL";
import { resourceType } from "../../provider/base/resourceType";
import { type KeyHost, pluginType } from "../keyHost";
import { installPlugin, pluginVersion } from "./installation";

let isInstalled = false;

/** The resource plugin, which the engine starts itself. It is put where the engine looks before the first key is declared. */
export const pluginHost: KeyHost = {
  prepare(_options: CustomResourceOptions | undefined) {
    if (isInstalled || "mocks" in (runtime.getMonitor() ?? {})) return;
    try {
      installPlugin(process.env);
    } catch (error) {
      throw new RunError((error as Error).message);
    }
    isInstalled = true;
  },
  placeOf: (definition, builtIn) => ({
    type: pluginType(definition, builtIn),
    aliases: [resourceType],
    properties: {},
    version: pluginVersion,
    pluginDownloadURL,
  }),
};
