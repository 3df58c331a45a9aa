/** Puts the compiled plugin and all that it needs into one file, so that it runs wherever the engine looks for it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { version, peerDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/** Where the bundle is. */
export const bundleFile = path.join(root, "dist/plugin/pulumi-resource-apikeys.cjs");

/** In a bundle there is one copy of gRPC, and no other to be looked for. */
const oneGrpc: Plugin = {
  name: "one-grpc",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]provider[\\/]host[\\/]grpc\.js$/ }, () => ({
      contents: 'exports.grpc = require("@grpc/grpc-js");',
      loader: "js",
      resolveDir: root,
    }));
  },
};

/** @throws when a module cannot be resolved */
export async function bundle(): Promise<void> {
  await build({
    entryPoints: [path.join(root, "dist/provider/host/plugin/main.js")],
    outfile: bundleFile,
    bundle: true,
    platform: "node",
    target: "node22",
    minify: true,
    legalComments: "eof",
    // The stores' libraries are installed by those alone who use them.
    external: Object.keys(peerDependencies).filter((name) => name !== "@pulumi/pulumi"),
    define: { PLUGIN_VERSION: JSON.stringify(version) },
    plugins: [oneGrpc],
    logLevel: "warning",
  });
}
