/**
 * Compiles everything into an empty dist: a stale file would shadow a folder. Where the sources are not, as in the
 * installed package, it fails before it takes anything away.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * What compilers read that cannot read the real declarations, such as the one that Pulumi brings for projects without
 * their own: they say of each name what to do.
 */
function declarationsForOldCompilers(): string {
  const remedy = "pulumi-apikeys needs TypeScript 5.0 or newer: npm install --save-dev typescript";
  const require = createRequire(import.meta.url);
  const names = ["../dist/sdk", "../dist/policy"].flatMap((entry) => Object.keys(require(entry)));
  return names
    .sort()
    .map((name) => `export declare const ${name}: "${remedy}";\n`)
    .join("");
}

// TypeScript 7 takes a third of the time. What reads types here still needs the compiler's API, which it does not have.
const compiler = createRequire(import.meta.url).resolve("typescript-native/package.json");
rmSync("dist", { recursive: true, force: true });
execFileSync(process.execPath, [join(dirname(compiler), "bin/tsc"), "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
chmodSync("dist/cli/main.js", 0o755);
writeFileSync("dist/needsTypeScript5.d.ts", declarationsForOldCompilers());
await import("./definitionSchema.mts");
const { writeEntries } = await import("./services/entries.mts");
writeEntries();
const { bundle } = await import("./plugin/bundle.mts");
await bundle();
