import { join } from "node:path";
import { pinnedVersion } from "../builds/pin.mts";
import { TOOLS_DIR } from "../engine/pins.mts";

/** A program that is built from a Go module. */
interface Program {
  readonly name: string;
  /** The module in tools/stores that pins its version. */
  readonly module: string;
  readonly package: string;
  /** Flags of the linker that tell it its version. */
  stamp?(version: string): string;
  /** Whether it has parts in C. */
  readonly cgo?: boolean;
}

/** A store whose programs take minutes to build. */
export interface StoreBuild {
  readonly name: string;
  /** The module that gives the store its version, and its name in tools/stores. */
  readonly module: string;
  readonly path: string;
  readonly programs: readonly Program[];
  /** Folders of the module that the programs read when they run. */
  readonly folders: readonly string[];
}

const kubernetes = (name: string): Program => ({
  name,
  module: "kubernetes",
  package: `k8s.io/kubernetes/cmd/${name}`,
  stamp: (version) => {
    const [major, minor] = version.split(".");
    const at = "-X k8s.io/component-base/version";
    return `${at}.gitVersion=v${version} ${at}.gitMajor=${major} ${at}.gitMinor=${minor}`;
  },
});

/** Pulumi's own provider for Kubernetes: no store, but the other way into one. */
const pulumiKubernetes = "github.com/pulumi/pulumi-kubernetes/provider/v4";

export const storeBuilds: readonly StoreBuild[] = [
  {
    name: "kubernetes",
    module: "kubernetes",
    path: "k8s.io/kubernetes",
    programs: [
      { name: "etcd", module: "etcd", package: "go.etcd.io/etcd/server/v3" },
      kubernetes("kube-apiserver"),
      kubernetes("kube-controller-manager"),
    ],
    folders: [],
  },
  {
    name: "gitea",
    module: "gitea",
    path: "code.gitea.io/gitea",
    programs: [
      {
        name: "gitea",
        module: "gitea",
        package: "code.gitea.io/gitea",
        stamp: (version) => `-X main.Version=${version}`,
        cgo: true,
      },
    ],
    folders: ["templates", "options", "public"],
  },
  {
    name: "pulumi-kubernetes",
    module: "pulumi-kubernetes",
    path: pulumiKubernetes,
    programs: [
      {
        name: "pulumi-resource-kubernetes",
        module: "pulumi-kubernetes",
        package: ".",
        stamp: (version) => `-X ${pulumiKubernetes}/pkg/version.Version=${version}`,
      },
    ],
    folders: [],
  },
];

/** The folder of a module in tools/stores. */
export function moduleFolder(module: string): string {
  return join(TOOLS_DIR, "stores", module);
}

/** The version of a store, which is its module's. */
export function versionOf({ module, path }: StoreBuild): Promise<string> {
  return pinnedVersion(moduleFolder(module), path);
}
