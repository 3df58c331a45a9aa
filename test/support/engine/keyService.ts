import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const variable = "PULUMI_APIKEYS_KEY_SERVICE";

/** How the engine calls the key that the test stacks share. */
export const secretsProvider = "hashivault://tests";

/** Starts what keeps the data keys of the test stacks, for as long as this process runs. */
export async function startKeyService(): Promise<void> {
  const child = spawn(process.execPath, [path.join(__dirname, "transitStandIn.js")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [address] = await once(child.stdout, "data");
  process.env[variable] = String(address).trim();
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref(): void }).unref();
}

/** Where the CLI finds it. Not the variables of a program that has a store in Vault. */
export function keyServiceEnvironment(): NodeJS.ProcessEnv {
  const address = process.env[variable];
  if (!address) throw new Error(`${variable} is not set: jest's globalSetup has not run.`);
  return { VAULT_SERVER_URL: address, VAULT_SERVER_TOKEN: "of-the-tests" };
}

/** The data key of a stack, as its state names it. */
export function dataKeyOf(encryptedKey: string): Buffer {
  const ciphertext = Buffer.from(encryptedKey, "base64").toString();
  return Buffer.from(ciphertext.replace(/^vault:v1:/, ""), "base64");
}
