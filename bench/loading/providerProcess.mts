import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Installation } from "../package/install.mts";
import { type Compared, compareTimes } from "./compare.mts";

const repeats = 9;

/** What Pulumi's own script of a dynamic provider loads before it serves; running it would start a server. */
const sdkModules = [
  "source-map-support/register",
  "@grpc/grpc-js",
  "@pulumi/pulumi/metadata",
  "@pulumi/pulumi/runtime/rpc",
  "@pulumi/pulumi/cmd/dynamic-provider/config",
  "@pulumi/pulumi/proto/plugin_pb",
  "@pulumi/pulumi/proto/provider_grpc_pb",
  "@pulumi/pulumi/proto/provider_pb",
  "@pulumi/pulumi/proto/status_pb",
  "@pulumi/pulumi/runtime",
  "require-from-string",
];

/** A process that loads what every dynamic provider loads, and one that loads ours on top. */
export function measureProviderProcess({ dir }: Installation): Promise<Compared> {
  const script = (name: string, modules: readonly string[]) => {
    const file = join(dir, name);
    writeFileSync(file, modules.map((module) => `require(${JSON.stringify(module)});\n`).join(""));
    return [file];
  };
  const commands = {
    empty: script("empty.js", sdkModules),
    ours: script("ours.js", [...sdkModules, "pulumi-apikeys/provider"]),
  };
  return compareTimes(dir, commands, repeats);
}
