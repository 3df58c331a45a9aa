/**
 * Domain of the Go modules, which has no address: nobody can serve a module that a program forgot to replace by the
 * generated folder.
 */
const goDomain = "pulumi-apikeys.example";

/** Words that no Go package can be called by. Those in other cases than a definition's name cannot come up. */
const goKeywords: ReadonlySet<string> = new Set(
  (
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package " +
    "range return select struct switch type var"
  ).split(" "),
);

/** How generated packages are called, language by language. */
export function languages(packageName: string): object {
  return {
    // With a scope, as a name alone may be Node's own module, or anybody's package.
    nodejs: { packageName: `@pulumi-apikeys/${packageName}`, dependencies: { "@pulumi/pulumi": "^3.200.0" } },
    python: {
      packageName: `pulumi_${packageName.replaceAll("-", "_")}`,
      pyproject: { enabled: true },
      requires: { pulumi: ">=3.200.0,<4.0.0" },
    },
    go: {
      importBasePath: `${goDomain}/${packageName}/sdk/go/${goName(packageName)}`,
      generateResourceContainerTypes: true,
    },
    csharp: { rootNamespace: "PulumiApiKeys" },
  };
}

/** The name of the Go package, which its folder has too. */
function goName(packageName: string): string {
  const name = packageName.replaceAll("-", "");
  return goKeywords.has(name) ? `${name}keys` : name;
}
