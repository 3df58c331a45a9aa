import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { repository } from "../support/engine/environment";
import { script } from "../support/languages/scripts";
import { describeIn } from "../support/languages/toolchains";
import { cachedInstall } from "../support/stores/cachedInstall";

const run = promisify(execFile);

const definitions = ["acme", "api-keys"].map((name) => path.join(__dirname, "definitions", `${name}.json`));

describeIn("go", "the packages that Pulumi's own generators make of the schema", () => {
  const out = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-sdks-"));
  afterAll(() => rmSync(out, { recursive: true }));

  it("come of schemas in which Pulumi finds nothing wrong, not even a warning", async () => {
    await script("sdks/main.mts", "--check");
    await script("sdks/main.mts", "--check", ...definitions);
  });

  it("are made for Node.js, Python, Go and .NET, each in a folder of its own", async () => {
    const folders = await script("sdks/main.mts", "--out", out);
    expect(folders).toEqual(["nodejs", "python", "go", "dotnet"].map((language) => path.join(out, language)));
    const keys = [
      "nodejs/xentree/apiKey.ts",
      "python/pulumi_apikeys/xentree/api_key.py",
      "go/apikeys/xentree/apiKey.go",
      "dotnet/Xentree/ApiKey.cs",
    ];
    expect(keys.filter((file) => !existsSync(path.join(out, file)))).toEqual([]);
  });

  it("compile, those for Node.js with the compiler of this repository", async () => {
    const own = await script("sdks/main.mts", "--out", out, "--languages", "nodejs", ...definitions);
    const mutex = await cachedInstall("async-mutex-0.5.0", async (folder) => {
      await run("npm", ["install", "--prefix", folder, "--ignore-scripts", "async-mutex@0.5.0"]);
    });
    symlinkSync(path.join(repository, "node_modules"), path.join(out, "node_modules"));
    for (const folder of own)
      symlinkSync(path.join(mutex, "node_modules"), path.join(folder, "node_modules"));
    // Their settings are for a compiler of their own, which is older.
    const settings = ["--noEmit", "--skipLibCheck", "--types", "node", "--ignoreDeprecations", "6.0"];
    const compiler = require.resolve("typescript/bin/tsc");
    for (const folder of [path.join(out, "nodejs"), ...own]) {
      await run(process.execPath, [compiler, "-p", folder, ...settings]);
    }
  });
});
