import { execFile } from "node:child_process";
import { createDecipheriv, createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { builtStore } from "./built";
import { freePort, quietly, startServer } from "./server";

const run = promisify(execFile);

/** Where `npm run stores` has put the program; undefined where it was never run. */
export const giteaProgram = builtStore("gitea");

/** What the server answers is its own business. */
// biome-ignore lint/suspicious/noExplicitAny: as said
type Answer = any;

/** A real Gitea with a user and an organization, `acme`, each of which has a repository, `app`. */
export interface Gitea {
  /** Without the path of the API, `/api/v1`. */
  readonly url: string;
  readonly user: string;
  /** May do all that the user may, who administers the server. */
  readonly token: string;
  /** Sends a request as the user, to a path below `/api/v1`. */
  send(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  /** What a workflow would be given, which the API tells nobody: from the database. */
  secrets(): Record<string, string>;
  stop(): Promise<void>;
}

const secretKey = "a-secret-key-for-tests";

/** Starts Gitea on a database of its own. */
export async function startGitea(): Promise<Gitea> {
  if (giteaProgram === undefined) throw new Error("Run `npm run stores` first.");
  const program = path.join(giteaProgram, "gitea");
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-gitea-"));
  const user = "apikeys";
  const env = { HOME: folder, GITEA_WORK_DIR: folder };
  const config = path.join(folder, "app.ini");
  const gitea = (...args: string[]) =>
    run(program, [...args, "-c", config], { env: { ...process.env, ...env } });
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(path.join(folder, "data"));
    for (const name of ["templates", "options", "public"]) {
      await symlink(path.join(giteaProgram, name), path.join(folder, name));
    }
    writeFileSync(config, settings(folder, await freePort()));
    await gitea("migrate");
    const account = [
      "--username",
      user,
      "--password",
      "a-password-of-these-tests",
      "--email",
      "a@example.invalid",
    ];
    await gitea("admin", "user", "create", ...account, "--admin", "--must-change-password=false");
    const asked = ["--username", user, "--scopes", "all", "--raw", "--token-name", "tests"];
    const { stdout } = await gitea("admin", "user", "generate-access-token", ...asked);
    const token = stdout.trim().split("\n").at(-1) ?? "";
    const server = await startServer(
      (port) => {
        writeFileSync(config, settings(folder, port));
        return quietly(program, ["web", "-c", config], env);
      },
      async (port) => (await fetch(`http://127.0.0.1:${port}/api/v1/version`)).ok,
    );
    const url = `http://127.0.0.1:${server.port}`;
    const send: Gitea["send"] = async (method, at, body) => {
      const response = await fetch(`${url}/api/v1${at}`, {
        method,
        headers: { authorization: `token ${token}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    };
    await send("POST", "/user/repos", { name: "app", auto_init: true });
    await send("POST", "/orgs", { username: "acme" });
    await send("POST", "/orgs/acme/repos", { name: "app", auto_init: true });
    const stop = async () => {
      await server.stop();
      await remove();
    };
    const secrets = () => secretsIn(path.join(folder, "data", "gitea.db"));
    return { url, user, token, send, secrets, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @see https://github.com/go-gitea/gitea/blob/v1.26.0/modules/secret/secret.go */
function secretsIn(file: string): Record<string, string> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare("SELECT name, data FROM secret").all();
    const key = createHash("sha256").update(secretKey).digest();
    return Object.fromEntries(
      rows.map(({ name, data }) => {
        const sealed = Buffer.from(String(data), "hex");
        const decipher = createDecipheriv("aes-256-cfb", key, sealed.subarray(0, 16));
        const text = decipher.update(sealed.subarray(16), undefined, "utf8") + decipher.final("utf8");
        return [String(name), Buffer.from(text, "base64").toString()];
      }),
    );
  } finally {
    database.close();
  }
}

function settings(folder: string, port: number): string {
  return `RUN_MODE = prod
RUN_USER = ${userInfo().username}
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
WORK_PATH = ${folder}
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = http://127.0.0.1:${port}/
DISABLE_SSH = true
STATIC_ROOT_PATH = ${folder}
OFFLINE_MODE = true
[database]
DB_TYPE = sqlite3
PATH = ${folder}/data/gitea.db
[security]
INSTALL_LOCK = true
SECRET_KEY = ${secretKey}
[service]
DISABLE_REGISTRATION = true
[actions]
ENABLED = true
[log]
MODE = console
LEVEL = Warn
[cron.update_checker]
ENABLED = false
`;
}
