import { cpSync } from "node:fs";
import path from "node:path";
import type { Sandbox } from "../../../sandbox";

const folder = path.join(__dirname, "../../languages/definitions");

/** Puts the definitions of two services into a project: `acme.json`, and `api-keys.json` with the words of languages. */
export function addDefinitions(dir: string): void {
  cpSync(folder, dir, { recursive: true });
}

/** Connections of these services: the sandbox's Xentree plays the one, and its applications the other. */
export function connectionsOfDefined({ credentials, url }: Sandbox): Record<string, string> {
  return {
    APIKEYS_ACME_BASE_URL: url,
    APIKEYS_ACME_TOKEN: credentials.xentree.token,
    APIKEYS_ACME_LIST_LAG_SECONDS: "0",
    APIKEYS_API_KEYS_BASE_URL: url,
    APIKEYS_API_KEYS_TOKEN: credentials.applications.token,
    APIKEYS_API_KEYS_LIST_LAG_SECONDS: "0",
  };
}
