import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { version } from "../../package.json";
import { repository } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import { makePluginExecutable } from "../support/engine/pluginExecutable";
import { closeAll } from "../support/http/loopback";
import { startGitHub } from "../support/stores/githubStandIn";

/** An ECMAScript module, and one that only `require` can load. */
const libraries = ["age-encryption", "libsodium-wrappers"];
const recipient = "age1a5jr9t7uxhlwg86yhnvugv97zy8hwtu8xew259hxahz4nu64zsdq0s0l0w";

const kinds = ["the plugin", "the plugin with Node.js in it"] as const;

describe.each(kinds)("%s, which is in Pulumi's home,", (kind) => {
  const at = useStack("suite");
  const home = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-home-"));
  const modules = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-modules-"));
  let github: Awaited<ReturnType<typeof startGitHub>>;

  beforeAll(async () => {
    github = await startGitHub();
    // A home within the project would let the plugin find the project's libraries by itself.
    cpSync(path.join(at.stack.dir, "home"), home, { recursive: true });
    at.stack.setEnv({ PULUMI_HOME: home, GITHUB_API_URL: github.url, GITHUB_TOKEN: "canary-token" });
    linkAllBut(libraries);
    at.stack.lendModules(modules);
    if (kind !== "the plugin") installExecutable();
  });
  afterAll(async () => {
    await closeAll();
    for (const folder of [home, modules]) rmSync(folder, { recursive: true, force: true });
  });

  function installExecutable(): void {
    const folder = path.join(home, "plugins", `resource-apikeys-v${version}`);
    mkdirSync(folder, { recursive: true });
    const made = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-executable-"));
    copyFileSync(makePluginExecutable(made), path.join(folder, "pulumi-resource-apikeys"));
    rmSync(made, { recursive: true });
  }

  function linkAllBut(missing: readonly string[]): void {
    const all = path.join(repository, "node_modules");
    for (const name of readdirSync(all)) {
      if (!missing.includes(name)) symlinkSync(path.join(all, name), path.join(modules, name));
    }
  }
  function program(args: string): void {
    at.stack.setProgram(`
      const { xentree } = require("pulumi-apikeys/plugin");
      exports.sealed = new xentree.ApiKey("ci", { permissions: ["chat:read"], ${args} }).encryptedValue;`);
  }
  const encrypted = `encryptTo: ["${recipient}"]`;
  const delivered = 'deliver: [{ store: "github", repository: "acme/app", field: "KEY" }]';

  it.each([
    ["age-encryption", encrypted],
    ["libsodium-wrappers", delivered],
  ])("says which library is missing, and how to install it: %s", async (name, args) => {
    program(args);
    const { output } = await at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
    expect(output).toContain(`The library ${name} is not installed. Run \`npm install ${name}\`.`);
    expect(output).not.toContain("Require stack");
  });

  it("takes the libraries that are installed in the project only", async () => {
    for (const name of libraries)
      symlinkSync(path.join(repository, "node_modules", name), path.join(modules, name));
    program(`${encrypted}, ${delivered}`);
    await at.stack.up("--skip-preview");
    const [key] = at.sandbox.keys("xentree").filter(({ live }) => live);
    expect(github.values("/repos/acme/app/actions/secrets")).toEqual({ KEY: key?.value });
    const plugins = path.join(home, "plugins", `resource-apikeys-v${version}`);
    expect(existsSync(path.join(plugins, "pulumi-resource-apikeys.cjs"))).toBe(kind === "the plugin");
    expect((await at.stack.outputs({ showSecrets: true })).sealed).toMatch(
      /^-----BEGIN AGE ENCRYPTED FILE-----/,
    );
  });
});
