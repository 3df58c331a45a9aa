import { execFileSync } from "node:child_process";
import { build } from "esbuild";
import { repository } from "../support/engine/environment";
import { loadedModules } from "../support/process/loadedModules";

/** Names of the services whose definitions are among files. */
function servicesIn(files: readonly string[]): string[] {
  return files
    .flatMap((file) => /dist[\\/]services[\\/]definitions[\\/](\w+)\.js$/.exec(file)?.[1] ?? [])
    .sort();
}

/** The services that a bundle of a program has in it. */
async function bundledBy(contents: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: repository, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    packages: "bundle",
    external: ["@pulumi/pulumi"],
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  return servicesIn(
    Object.entries(output?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [file] : [],
    ),
  );
}

describe.each(["pulumi-apikeys/services", "pulumi-apikeys/plugin/services"])("%s", (catalog) => {
  it("loads the service that a program asks for, and no other", () => {
    expect(servicesIn(loadedModules(`require("${catalog}").openai`))).toEqual(["openai"]);
    expect(servicesIn(loadedModules(`require("${catalog}/kong").kong`))).toEqual(["kong"]);
  });

  it("leaves a bundle with the services that the program imports", async () => {
    const use = "console.log(openai.ApiKey, sendgrid.ApiKey);";
    expect(await bundledBy(`import { openai, sendgrid } from "${catalog}"; ${use}`)).toEqual([
      "openai",
      "sendgrid",
    ]);
    expect(
      await bundledBy(`import { linode } from "${catalog}/linode"; console.log(linode.ApiKey);`),
    ).toEqual(["linode"]);
  });

  it("has the same services in either kind of module", () => {
    const script = `
      const names = Object.keys(require("${catalog}")).sort();
      import("${catalog}").then((all) => console.log(JSON.stringify([names, Object.keys(all).sort()])));`;
    const [required, imported] = JSON.parse(
      execFileSync(process.execPath, ["-e", script], { cwd: repository, encoding: "utf8" }),
    );
    expect(required.length).toBeGreaterThanOrEqual(20);
    expect(imported).toEqual(required);
  });
});
