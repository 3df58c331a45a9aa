import { execFile, execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { vacantPort } from "../http/loopback";
import { cachedInstall } from "./cachedInstall";

const version = "5.2.5";

/** Whether moto can be installed here at all. */
export const canRunMoto = (() => {
  try {
    execFileSync("python3", ["-c", "import venv, ensurepip"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/**
 * The AWS emulation moto, from PyPI, on loopback.
 *
 * @see https://docs.getmoto.org/en/latest/docs/server_mode.html
 */
export async function startMoto() {
  const folder = await cachedInstall(`moto-${version}`, install);
  const port = await vacantPort();
  const child = spawn(path.join(folder, "venv/bin/moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode}`);
    await sleep(50);
  }
  return {
    url,
    /** Checks credentials from now on, or no more. */
    async checkCredentials(isOn: boolean): Promise<void> {
      const headers = { "content-type": "application/octet-stream" };
      const body = isOn ? "0" : "Infinity";
      const { ok } = await fetch(`${url}/moto-api/reset-auth`, { method: "POST", headers, body });
      if (!ok) throw new Error("moto does not check credentials");
    },
    async stop(): Promise<void> {
      child.kill();
      await ended;
    },
  };
}

async function install(folder: string): Promise<void> {
  const run = promisify(execFile);
  await run("python3", ["-m", "venv", path.join(folder, "venv")]);
  await run(path.join(folder, "venv/bin/pip"), ["install", "--quiet", `moto[server]==${version}`]);
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/moto-api/data.json`).then(
    ({ ok }) => ok,
    () => false,
  );
}
