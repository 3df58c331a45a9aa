import { join } from "node:path";
import { TOOLS_DIR } from "../engine/pins.mts";

/** A program from Go modules that programs in other languages, or packages for them, need. */
export interface LanguageBuild {
  readonly name: string;
  /** The module that gives it its version. */
  readonly module: string;
  readonly package: string;
  /** Its file. */
  readonly program: string;
  /** The one that is executed: others come from the proxy. Default: the machine's own. */
  readonly toolchain?: string;
  /** Files of the module that it starts, and looks for beside itself or on PATH. */
  readonly scripts: readonly string[];
  /** Files in its folder of tools that are part of it. */
  readonly sources: readonly string[];
}

const sdk = "github.com/pulumi/pulumi/sdk/v3";

const host = (
  name: string,
  module: string,
  folder: string,
  scripts: readonly string[] = [],
): LanguageBuild => ({
  name,
  module,
  package: `${module}/${folder}`,
  program: `pulumi-language-${name}`,
  scripts,
  sources: [],
});

/** The language hosts that the engine starts, and Pulumi's code generators. */
export const languageBuilds: readonly LanguageBuild[] = [
  host("yaml", "github.com/pulumi/pulumi-yaml", "cmd/pulumi-language-yaml"),
  host("python", sdk, "python/cmd/pulumi-language-python", [
    "python/cmd/pulumi-language-python-exec",
    "python/dist/pulumi-resource-pulumi-python",
  ]),
  host("go", sdk, "go/pulumi-language-go"),
  {
    name: "sdkgen",
    module: "github.com/pulumi/pulumi/pkg/v3",
    package: ".",
    program: "sdkgen",
    // Built with Go 1.26, whose `filepath.Rel` differs, it writes Go that does not compile.
    toolchain: "go1.25.5",
    scripts: [],
    sources: ["main.go"],
  },
];

/** The folder in tools/ whose go.mod pins a build. */
export function toolsFolder({ name }: LanguageBuild): string {
  return name === "sdkgen" ? join(TOOLS_DIR, name) : join(TOOLS_DIR, "languages", name);
}
