/** How generated packages are called, language by language. */
export function languages(packageName: string): object {
  const isOwn = packageName !== "apikeys";
  return {
    nodejs: {
      packageName: isOwn ? packageName : "@pulumi-apikeys/apikeys",
      respectSchemaVersion: true,
      dependencies: { "@pulumi/pulumi": "^3.200.0" },
    },
    python: {
      packageName: isOwn ? `pulumi_${packageName.replaceAll("-", "_")}` : "pulumi_apikeys",
      respectSchemaVersion: true,
      pyproject: { enabled: true },
      requires: { pulumi: ">=3.200.0,<4.0.0" },
    },
    go: {
      importBasePath: `github.com/pulumi-apikeys/sdk/go/${packageName}`,
      rootPackageName: packageName.replaceAll("-", ""),
      respectSchemaVersion: true,
      generateResourceContainerTypes: true,
    },
    csharp: { rootNamespace: isOwn ? "Pulumi" : "PulumiApiKeys", respectSchemaVersion: true },
  };
}
