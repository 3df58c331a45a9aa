import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import type { HttpClient } from "../../http/client";
import { protect } from "../../redaction/redactor";
import { deliveryFailed, nonEmpty, type StoreKind, type Surroundings, targetWithFields } from "../kind";
import { storeClient } from "../storeClient";
import type { VaultTarget } from "../targets";
import { VaultSecret } from "./vaultSecret";

const settings = z.strictObject({
  address: nonEmpty.optional(),
  token: nonEmpty.optional(),
  namespace: nonEmpty.optional(),
  caFile: nonEmpty.optional(),
});

type VaultSettings = z.infer<typeof settings>;

/**
 * HashiCorp Vault or OpenBao, KV version 2. Each write names the version that it follows, so that no other's is lost.
 *
 * @see https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
 */
export const vault: StoreKind<VaultTarget, VaultSettings> = {
  title: "Vault",
  target: targetWithFields({
    store: z.literal("vault"),
    path: nonEmpty.regex(/^[^/]+(\/[^/]+)+$/, 'must be a mount and a path, such as "kv/ci/xentree"'),
  }) as unknown as z.ZodType<VaultTarget>,
  settings,
  readsBack: true,
  async open(target, surroundings) {
    const client = surroundings.shared("client", () => clientOf(surroundings));
    const mounts = surroundings.shared("mounts", () => new Map<string, Promise<string>>());
    return new VaultSecret(client, mounts, target.path).store();
  },
};

function clientOf({ connection, settings, environment }: Surroundings<VaultSettings>): HttpClient {
  const variable = (name: string) => environment[`VAULT_${name}`] || environment[`BAO_${name}`] || undefined;
  const url = variable("ADDR") ?? settings.address;
  const token = variable("TOKEN") ?? settings.token ?? tokenFile(environment);
  const namespace = variable("NAMESPACE") ?? settings.namespace;
  if (url === undefined || token === undefined) {
    const missing = url === undefined ? "VAULT_ADDR" : "VAULT_TOKEN";
    throw deliveryFailed(
      `Vault cannot be used: set ${missing} in the environment, or apikeys:stores.${connection}.${url === undefined ? "address" : "token"} in stack config.`,
    );
  }
  protect(token);
  return storeClient({
    title: "Vault",
    connection,
    url,
    urlName: "The address (VAULT_ADDR)",
    headers: {
      "x-vault-token": token,
      "x-vault-request": "true",
      ...(namespace && { "x-vault-namespace": namespace }),
    },
    caFile: variable("CACERT") ?? settings.caFile,
    environment,
  });
}

/** Where `vault login` leaves the token. */
function tokenFile(environment: Surroundings<VaultSettings>["environment"]): string | undefined {
  try {
    return readFileSync(path.join(environment.HOME || homedir(), ".vault-token"), "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}
