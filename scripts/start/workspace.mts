import { randomBytes } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Sandbox } from "../../dist/sandbox/index.js";

/** The checkout, whose own Pulumi.yaml the tour runs. */
export const projectDir = join(import.meta.dirname, "..", "..");

export const programFile = join(projectDir, "examples", "quickstart", "index.ts");

export const STACK = "tour";

/** A temporary folder for everything that the CLI writes, so that the user's home, login and checkout stay as they are. */
export interface Workspace {
  readonly dir: string;
  readonly stateDir: string;
  readonly configFile: string;
}

export async function makeWorkspace(): Promise<Workspace> {
  const dir = await mkdtemp(join(tmpdir(), "pulumi-apikeys-start-"));
  const stateDir = join(dir, "state");
  for (const name of ["home", "tmp", "state"]) await mkdir(join(dir, name));
  // `stack init` can only write the stack's settings beside Pulumi.yaml; later commands can read them elsewhere.
  await copyFile(join(projectDir, "Pulumi.yaml"), join(dir, "Pulumi.yaml"));
  return { dir, stateDir, configFile: join(dir, `Pulumi.${STACK}.yaml`) };
}

export async function removeWorkspace({ dir }: Workspace): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** Environment of the CLI and, through it, of the program and the provider. */
export function environment(workspace: Workspace, binDir: string, sandbox: Sandbox): NodeJS.ProcessEnv {
  const { xentree, applications, sendkit } = sandbox.credentials;
  const temporary = join(workspace.dir, "tmp");
  return {
    ...usersOwn(),
    // The provider runs on the first `node` on PATH. It has to be this one, even where the engine has another beside it.
    PATH: [dirname(process.execPath), binDir, process.env.PATH].filter(Boolean).join(delimiter),
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    // The CLI and its plugins talk over loopback, which a proxy would not reach.
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
    PULUMI_HOME: join(workspace.dir, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(workspace.stateDir).href,
    PULUMI_STACK: STACK,
    PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    APIKEYS_XENTREE_BASE_URL: sandbox.url,
    APIKEYS_XENTREE_TOKEN: xentree.token,
    APIKEYS_APPLICATIONS_BASE_URL: sandbox.url,
    APIKEYS_APPLICATIONS_TOKEN: applications.token,
    APIKEYS_SENDKIT_BASE_URL: sandbox.url,
    APIKEYS_SENDKIT_API_KEY: sendkit.apiKey,
  };
}

/** The user's environment without variables that change how Pulumi, its Node.js processes or the provider behave. */
function usersOwn(): NodeJS.ProcessEnv {
  const disturbing = /^(PULUMI|APIKEYS|TS_NODE)_|^(NODE_OPTIONS|NODE_PATH|PATH)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !disturbing.test(name)));
}

/** Everything that the file backend has on disk, as one text. */
export async function stateOnDisk({ stateDir }: Workspace): Promise<string> {
  const entries = await readdir(stateDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), "utf8"));
  return (await Promise.all(texts)).join("\n");
}
