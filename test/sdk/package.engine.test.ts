import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/engine/stack";
import { connectionsOf, liveKeys, requests } from "../support/engine/vendors";

const repository = path.resolve(__dirname, "../..");

const { peerDependencies, devDependencies } = JSON.parse(
  readFileSync(path.join(repository, "package.json"), "utf8"),
);
const pulumiSdk = "@pulumi/pulumi";
/** The oldest version of Pulumi's SDK that the package accepts. */
const oldestSdk = String(peerDependencies[pulumiSdk]).replace("^", "");
/** That one, and the one that all other tests use. */
const sdks = [oldestSdk, String(devDependencies[pulumiSdk])];

const program = (module: string) => `
  const { xentree } = require("${module}");
  module.exports = { value: new xentree.ApiKey("ci", { permissions: ["read"], expiresIn: "90d", rotation: { every: "30d", triggers: { t: 1 } } }).value };`;

/** The packed package, and the folder that it is in. */
const folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-pack-"));
let packed: string;

beforeAll(() => {
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: repository,
      encoding: "utf8",
    }),
  );
  packed = path.join(folder, filename);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(sdks)(
  "the packed package, installed into a project of its own with Pulumi's SDK %s",
  (version) => {
    let sandbox: Sandbox;
    let stack: TestStack;
    const consumer = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-consumer-"));
    const modules = path.join(consumer, "node_modules");

    beforeAll(async () => {
      sandbox = await startSandbox();
      stack = await TestStack.create({
        program: program("pulumi-apikeys"),
        // Each Node.js loads what a user's does.
        env: { ...connectionsOf(sandbox), NODE_OPTIONS: "" },
      });
      writeFileSync(path.join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true }));
      execFileSync(
        "npm",
        ["install", "--no-audit", "--no-fund", "--prefer-offline", packed, `${pulumiSdk}@${version}`],
        { cwd: consumer, stdio: "pipe" },
      );
      // The harness lends the repository's own modules; here the package has to stand on what it declares.
      stack.lendModules(modules);
    });
    afterAll(async () => {
      await stack?.remove();
      rmSync(consumer, { recursive: true, force: true });
      await sandbox?.close();
    });

    it("brings the resource plugin, with nothing else to install", async () => {
      stack.setProgram(program("pulumi-apikeys/plugin"));
      expect((await stack.up("--skip-preview")).output).toContain("apikeys:xentree:ApiKey ci created");
      await stack.destroy("--skip-preview");
      expect(liveKeys(sandbox, "xentree")).toEqual([]);
      stack.setProgram(program("pulumi-apikeys"));
    });

    it("creates a key", async () => {
      await stack.up("--skip-preview");
      expect(liveKeys(sandbox, "xentree")).toHaveLength(1);
    });

    it("shows no change after an upgrade of the library: what it says of itself in state stays the same", async () => {
      const installed = path.join(modules, "pulumi-apikeys");
      const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
      writeFileSync(path.join(installed, "package.json"), JSON.stringify({ ...manifest, version: "99.0.0" }));
      for (const file of [
        "dist/provider/host/dynamic.js",
        "dist/sdk/apiKey.js",
        "dist/provider/definition/builtin/xentree.js",
      ]) {
        appendFileSync(path.join(installed, file), "\nfunction addedByTheUpgrade() {}\n");
      }
      sandbox.journal.clear();
      expect((await stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
      expect(requests(sandbox)).toEqual([]);
    });

    // With the other one all other tests rotate.
    if (version === oldestSdk) {
      it("rotates the key with an overlap, and revokes what there is at the end", async () => {
        const rotated = (trigger: number) => `
      const { xentree } = require("pulumi-apikeys");
      module.exports = { value: new xentree.ApiKey("ci", { permissions: ["read"], expiresIn: "90d", rotation: { every: "30d", overlap: "7d", triggers: { t: ${trigger} } } }).value };`;
        stack.setProgram(rotated(2));
        await stack.up("--skip-preview");
        expect(liveKeys(sandbox, "xentree")).toHaveLength(2);
        await stack.refresh("--expect-no-changes");
        await stack.destroy("--skip-preview");
        expect(liveKeys(sandbox, "xentree")).toEqual([]);
      });
    }

    it("offers its command", () => {
      const help = execFileSync("npx", ["--no-install", "pulumi-apikeys", "--help"], {
        cwd: consumer,
        encoding: "utf8",
      });
      expect(help).toContain("sandbox");
    });

    it("type-checks in a strict program, with TypeScript 7", () => {
      writeFileSync(
        path.join(consumer, "program.ts"),
        `import { xentree } from "pulumi-apikeys";\nexport const value = new xentree.ApiKey("ci", { permissions: ["read"] }).value;\n`,
      );
      const tsc = path.join(repository, "node_modules", "typescript-native", "bin", "tsc");
      execFileSync(
        process.execPath,
        [
          tsc,
          "--noEmit",
          "--strict",
          "--module",
          "node16",
          "--target",
          "es2023",
          "--types",
          "node",
          "--typeRoots",
          path.join(repository, "node_modules/@types"),
          "program.ts",
        ],
        { cwd: consumer, stdio: "pipe" },
      );
    });
  },
);
