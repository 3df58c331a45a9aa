import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const repository = path.resolve(__dirname, "../..");

/** The oldest and the newest compiler that the README names, and some between. */
const compilers = ["5.0.4", "5.3.3", "5.4.5", "6.0.3"] as const;

const { dependencies } = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8"));

/** Declarations of libraries that this package does not bring: what a compiler says of them is not ours to mend. */
const foreign = `node_modules/(?!(?:${Object.keys(dependencies).join("|")}|pulumi-apikeys)/)`;

/** What the templates of `pulumi new` said until 2026, and what they say since. */
const moduleSystems = {
  commonjs: { module: "commonjs", moduleResolution: "node" },
  node16: { module: "node16", moduleResolution: "node16" },
} as const;

const program = `
import * as pulumi from "@pulumi/pulumi";
import { defineService, sendkit, type KeyArgs, type ServiceDefinition, xentree } from "pulumi-apikeys";
import * as plugin from "pulumi-apikeys/plugin/services";
import { apiKeysPolicies } from "pulumi-apikeys/policy";
import { kong, openai } from "pulumi-apikeys/services";
import { pinecone } from "pulumi-apikeys/services/pinecone";

const ci = new xentree.ApiKey("ci", { permissions: ["read"], expiresIn: "90d", rotation: { every: "30d", overlap: "7d" } });
export const value: pulumi.Output<string> = ci.value;
export const stale: pulumi.Output<number> = xentree.getApiKeysOutput({ unusedSince: "90d" }).length;
new sendkit.ApiKey("mail", { workspaceId: "w" });

const definition = {
  name: "acme",
  baseUrl: "https://api.acme.example",
  path: "/v1/api-keys",
  fields: { value: "key", scopes: { type: "strings", values: ["read", "write"], input: "required", set: true } },
  operations: { update: [{ fields: ["scopes"], verify: true }] },
} as const satisfies ServiceDefinition;

const acme = defineService(definition);
const args: KeyArgs<typeof definition> = { scopes: ["read"] };
export const scopes: pulumi.Output<("read" | "write")[]> = new acme.ApiKey("report", args).scopes;
// @ts-expect-error: there is no such scope
new acme.ApiKey("wrong", { scopes: ["delete"] });
export const ownerId: pulumi.Output<string> = new openai.ApiKey("admin", { expiresIn: "90d" }).ownerId;
export const imported: pulumi.Output<string> = plugin.openai.ApiKey.get("admin", "key_1").ownerId;
// @ts-expect-error: every token of Kong has an expiry
new kong.ApiKey("wrong", { accountId: "a" });
// @ts-expect-error: there is no such role
new pinecone.ApiKey("wrong", { projectId: "p", roles: ["Owner"] });
export const rules: number = apiKeysPolicies({ all: "advisory", "api-key-lifetime": { maxDays: 90 } }).length;
// @ts-expect-error: there is no such setting
apiKeysPolicies({ "api-key-lifetime": { maxDay: 90 } });
// @ts-expect-error: there is no such rule
apiKeysPolicies({ "api-key-lifetimes": "mandatory" });
// @ts-expect-error: a definition has no such property
defineService({ name: "wrong", pathTemplate: "/v1/keys" } as const satisfies ServiceDefinition);
`;

/** What compile.js tells of one set of options. */
interface Compilation {
  readonly files: readonly string[];
  readonly errors: readonly string[];
}

describe("the published declarations", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-declarations-"));
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
    const aliases = compilers.map((version) => `typescript-${version}@npm:typescript@${version}`);
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...aliases], {
      cwd: folder,
      stdio: "pipe",
    });
    mkdirSync(path.join(folder, "node_modules/@pulumi"));
    for (const library of ["@pulumi/pulumi", "@pulumi/policy"]) {
      symlinkSync(path.join(repository, "node_modules", library), path.join(folder, "node_modules", library));
    }
    symlinkSync(repository, path.join(folder, "node_modules/pulumi-apikeys"));
    writeFileSync(path.join(folder, "program.ts"), program);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const modes = Object.entries(moduleSystems).flatMap(([system, options]) =>
    [true, false].map((esModuleInterop) => ({ system, options: { ...options, esModuleInterop } })),
  );
  describe.each(compilers)(
    "are read without a complaint by TypeScript %s, without skipLibCheck:",
    (version) => {
      let compilations: Compilation[];

      beforeAll(async () => {
        const common = {
          strict: true,
          noEmit: true,
          skipLibCheck: false,
          target: "es2020",
          lib: ["es2022"],
          types: [],
        };
        const options = modes.map((mode) => ({
          ...common,
          ...(version.startsWith("6.") && { ignoreDeprecations: "6.0" }),
          ...mode.options,
        }));
        const compiler = path.join(folder, "node_modules", `typescript-${version}`);
        const script = path.join(__dirname, "compile.js");
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [script, compiler, "program.ts", JSON.stringify(options), foreign],
          { cwd: folder, maxBuffer: 2 ** 26 },
        );
        compilations = JSON.parse(stdout);
      });

      it.each(modes.map(({ system, options }, index) => ({ system, ...options, index })))(
        "$system, esModuleInterop $esModuleInterop",
        ({ index }) => {
          const { files, errors } = compilations[index] as Compilation;
          // Without it the compiler has read nothing, and has nothing to complain of.
          expect(files).toContain(path.join(repository, "dist/sdk/index.d.ts"));
          expect(errors).toEqual([]);
        },
      );
    },
  );

  it("tell the compiler that Pulumi brings, where a project has none, what to install", async () => {
    writeFileSync(
      path.join(folder, "index.ts"),
      'import { xentree } from "pulumi-apikeys";\nnew xentree.ApiKey("ci", {});\n',
    );
    const tsc = path.join(repository, "node_modules/@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js");
    const options = {
      ...moduleSystems.commonjs,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: "es2020",
    };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [path.join(__dirname, "compile.js"), tsc, "index.ts", JSON.stringify([options])],
      { cwd: folder },
    );
    const [{ errors }] = JSON.parse(stdout) as [Compilation];
    expect(errors).toEqual([
      expect.stringMatching(
        /^index\.ts\(2,13\): error TS2339: .*pulumi-apikeys needs TypeScript 5\.0 or newer: npm install --save-dev typescript/,
      ),
    ]);
  });

  it("name no library but Pulumi's", () => {
    expect(modulesFrom(path.join(repository, "dist/sdk/index.d.ts"))).toEqual(["@pulumi/pulumi"]);
  });
});

/** The libraries that a file of declarations needs, by itself and by the files that it imports. */
function modulesFrom(entry: string): string[] {
  const [files, modules] = [[entry], new Set<string>()];
  for (const file of files) {
    const text = readFileSync(file, "utf8").replaceAll(/\/\*\*.*?\*\//gs, "");
    for (const [, name = ""] of text.matchAll(/(?:from|import) ?\(?"([^"]+)"/g)) {
      if (!name.startsWith(".")) modules.add(name);
      else {
        const imported = `${path.resolve(path.dirname(file), name)}.d.ts`;
        if (!files.includes(imported)) files.push(imported);
      }
    }
  }
  return [...modules].sort();
}
