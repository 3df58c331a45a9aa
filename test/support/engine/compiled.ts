import { execFileSync, spawnSync } from "node:child_process";
import path from "node:path";
import { installPlugin, pluginFolder } from "../../../sdk/plugin/installation";
import { compileCache } from "../compileCache";
import { engineEnvironment, repository } from "./environment";

/** A home of Pulumi's that has the plugin. Test stacks share its plugins, for compiled code is kept by the path of its file. */
const pluginHome = path.join(compileCache, "home");
export const sharedPlugins = path.join(pluginHome, "plugins");

const provider = ["dist/provider", "dist/provider/definition/examine", "node_modules/undici"];

/** Keeps what Node.js compiles for the providers: it would do so when they end, but the engine kills them. */
export function compileProviders(): void {
  const env = engineEnvironment(pluginHome, repository);
  const loading = provider.map((file) => `require(${JSON.stringify(path.join(repository, file))});`);
  execFileSync("node", ["-e", loading.join("")], { env });

  installPlugin({ PULUMI_HOME: pluginHome });
  const plugin = path.join(pluginFolder({ PULUMI_HOME: pluginHome }), "pulumi-resource-apikeys.cjs");
  const engineThatIsGone = "127.0.0.1:1";
  spawnSync("node", [plugin, engineThatIsGone], { env, stdio: "ignore" });
}
