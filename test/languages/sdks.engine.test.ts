import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repository } from "../support/engine/environment";
import { script } from "../support/languages/scripts";
import { describeIn } from "../support/languages/toolchains";

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

  it("compile, the one for Node.js with the compiler of this repository", () => {
    const folder = path.join(out, "nodejs");
    symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
    // Its settings are for a compiler of its own, which is older.
    const settings = ["--noEmit", "--ignoreDeprecations", "6.0"];
    execFileSync(
      process.execPath,
      [require.resolve("typescript/bin/tsc"), "-p", folder, "--types", "node", ...settings],
      { stdio: "inherit" },
    );
  });
});
