import { ownPackage } from "../../base/ownPackage";

declare const PLUGIN_VERSION: string | undefined;

/** Version of the plugin, which is the package's. A bundle has it in its text, and no package around it. */
export const version: string = typeof PLUGIN_VERSION === "string" ? PLUGIN_VERSION : ownPackage().version;
