/**
 * Where the engine looks for the plugin if nobody has installed it. Without an address it would ask Pulumi's own
 * organisation, where anybody might be. Nothing is served there yet: `npx pulumi-apikeys plugin install` brings the plugin.
 */
export const pluginDownloadURL = "https://pulumi-apikeys.example/plugins";
