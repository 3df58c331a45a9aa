import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { repository } from "../support/engine/environment";
import { TestStack } from "../support/engine/stack";
import { connectionsOf, liveKeys, requests } from "../support/engine/vendors";

const modules = path.join(repository, "node_modules");

/** A folder of modules that has these links and no others. */
function link(folder: string, links: Readonly<Record<string, string>>): void {
  mkdirSync(path.join(folder, "@pulumi"), { recursive: true });
  for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(folder, name));
}

/**
 * What pnpm, bun and npm's linked strategy lay out: the project has links to what it declares, and the shared package, in
 * a folder that is not above it, to what that declares.
 */
function writeWorkspace(dir: string, shared: string, main: string): void {
  link(path.join(dir, "node_modules"), {
    "@pulumi/pulumi": path.join(modules, "@pulumi/pulumi"),
    shared,
  });
  link(path.join(shared, "node_modules"), {
    "@pulumi/pulumi": path.join(modules, "@pulumi/pulumi"),
    "pulumi-apikeys": repository,
  });
  writeFileSync(path.join(shared, "package.json"), JSON.stringify({ name: "shared", private: true }));
  writeFileSync(
    path.join(shared, "index.js"),
    `const { xentree } = require("pulumi-apikeys");
     exports.key = (name) => new xentree.ApiKey(name, { permissions: ["read"] });`,
  );
  writeFileSync(
    path.join(dir, "Pulumi.yaml"),
    `name: project\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: ${main}\n`,
  );
  mkdirSync(path.join(dir, main), { recursive: true });
  writeFileSync(
    path.join(dir, main, "index.js"),
    `const { key } = require("shared");
     process.chdir("/");
     exports.value = key("ci").value;`,
  );
}

describe.each([".", "infra"])(
  "a Pulumi project, its program in %s, that has keys through a shared package",
  (main) => {
    let sandbox: Sandbox;
    let stack: TestStack;
    let shared: string;

    beforeAll(async () => {
      sandbox = await startSandbox();
      stack = await TestStack.create({
        program: (dir) => {
          shared = `${dir}-shared`;
          writeWorkspace(dir, shared, main);
        },
        env: connectionsOf(sandbox),
      });
      stack.withdrawModules();
    });
    afterAll(async () => {
      await stack?.remove();
      await sandbox?.close();
      rmSync(shared, { recursive: true, force: true });
    });

    it("is told to add the package to itself, before a key is registered and anything is sent", async () => {
      const { exitCode, output } = await stack.pulumi(["up", "--yes", "--skip-preview"], {
        allowFailure: true,
      });
      expect(exitCode).not.toBe(0);
      expect(output).toContain(
        `Pulumi cannot find the package pulumi-apikeys from ${path.join(stack.dir, main)}, where`,
      );
      expect(output).toContain("Run `npm install pulumi-apikeys` in that folder");
      expect(output).not.toMatch(/Cannot find module|node:internal/);
      expect(await stack.outputs()).toEqual({});
      expect(requests(sandbox)).toEqual([]);
    });

    it("lives its whole life once it has the package, beside its program", async () => {
      const folder = path.join(stack.dir, main, "node_modules");
      mkdirSync(folder, { recursive: true });
      symlinkSync(repository, path.join(folder, "pulumi-apikeys"));
      await stack.up("--skip-preview");
      expect(liveKeys(sandbox, "xentree")).toHaveLength(1);
      await stack.up("--skip-preview", "--expect-no-changes");
      await stack.refresh("--expect-no-changes");
    });

    it("keeps the key in state where the package went together with it, and revokes it once the package is back", async () => {
      const link = path.join(stack.dir, main, "node_modules/pulumi-apikeys");
      rmSync(link);
      writeFileSync(path.join(stack.dir, main, "index.js"), "");
      const { exitCode, output } = await stack.pulumi(["up", "--yes", "--skip-preview"], {
        allowFailure: true,
      });
      expect(exitCode).not.toBe(0);
      expect(output).toContain("Cannot find module 'pulumi-apikeys/provider'");
      expect((await stack.resource("ci")).outputs).toMatchObject({ status: "active" });
      expect(liveKeys(sandbox, "xentree")).toHaveLength(1);

      symlinkSync(repository, link);
      await stack.up("--skip-preview");
      expect(liveKeys(sandbox, "xentree")).toEqual([]);
    });
  },
);
