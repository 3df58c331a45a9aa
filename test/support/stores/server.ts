import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A server that a test has started. */
export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/** Longer than any of them takes to start on a busy machine. */
const patienceMs = 60_000;

/**
 * Starts a program that listens on this machine.
 *
 * @param begin starts it on a port
 * @param isReady whether it serves requests by now
 */
export async function startServer(
  begin: (port: number) => ChildProcess,
  isReady: (port: number) => Promise<boolean>,
): Promise<Server> {
  const port = await freePort();
  const child = begin(port);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "close");
  };
  const end = Date.now() + patienceMs;
  while (!(await isReady(port).catch(() => false))) {
    if (child.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error(`${child.spawnfile} does not serve port ${port}.`);
    }
    await delay(50);
  }
  return { port, stop };
}

/** A child process that prints nowhere. */
export function quietly(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(command, args, { env: { ...process.env, ...env }, stdio: "ignore" });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
