import { createDecipheriv, pbkdf2 } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { dataKeyOf } from "./keyService";

/** A resource as `pulumi stack export` shows it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly dependencies?: readonly string[];
  readonly delete?: boolean;
  readonly pendingReplacement?: boolean;
  readonly initErrors?: string[];
  readonly sourcePosition?: string;
  readonly stackTrace?: { readonly sourcePosition?: string }[];
}

/** What `pulumi stack export` prints, and `pulumi stack import` takes. */
export interface ExportedState {
  readonly version: number;
  readonly deployment: Deployment;
}

export interface Deployment {
  readonly resources: StateResource[];
  readonly pending_operations?: { readonly type: string; readonly resource: StateResource }[];
  readonly secrets_providers?: SecretsProvider;
}

/** What encrypts the secrets of a state: a passphrase, or a key that a service keeps. */
type SecretsProvider =
  | { readonly type: "passphrase"; readonly state: { readonly salt: string } }
  | { readonly type: "cloud"; readonly state: { readonly encryptedkey: string } };

/** How the engine marks a secret. */
const secretSign = "4dabf18193072939515e22adb298388d";

/** A secret as the state keeps it; `--show-secrets` shows a `plaintext` in place of the `ciphertext`. */
interface Secret {
  readonly ciphertext: string;
}

/**
 * The state as the file backend keeps it, and its secrets. A test looks at it a hundred times, and to have
 * the CLI tell of it costs a third of a second each time.
 */
export class StateFile {
  constructor(
    readonly path: string,
    private readonly passphrase: string,
  ) {}

  /** What `pulumi stack export` prints. */
  async exported({ showSecrets }: { readonly showSecrets: boolean }): Promise<ExportedState> {
    const { version, checkpoint } = JSON.parse(readFileSync(this.path, "utf8"));
    const state: ExportedState = { version, deployment: checkpoint.latest };
    if (!showSecrets) return state;
    const open = await this.#opener(state.deployment);
    return replaceSecrets(state, ({ ciphertext, ...mark }) => ({
      ...mark,
      plaintext: open({ ciphertext }),
    })) as ExportedState;
  }

  /** What `pulumi stack output --json` prints. */
  async outputs({ showSecrets }: { readonly showSecrets: boolean }): Promise<Record<string, unknown>> {
    const { deployment } = await this.exported({ showSecrets: false });
    const stack = deployment.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
    const open = showSecrets ? await this.#opener(deployment) : undefined;
    const told = replaceSecrets(stack?.outputs ?? {}, (secret) =>
      open ? JSON.parse(open(secret)) : "[secret]",
    );
    return told as Record<string, unknown>;
  }

  async #opener({ secrets_providers }: Deployment): Promise<(secret: Secret) => string> {
    if (secrets_providers === undefined)
      throw new Error("The state does not tell what encrypts its secrets.");
    const key =
      secrets_providers.type === "cloud"
        ? dataKeyOf(secrets_providers.state.encryptedkey)
        : await keyOf(this.passphrase, secrets_providers.state.salt.split(":")[1] ?? "");
    return ({ ciphertext }) => {
      const [, nonce = "", sealed = ""] = ciphertext.split(":");
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return decipher.update(bytes.subarray(0, -tagBytes), undefined, "utf8") + decipher.final("utf8");
    };
  }
}

const tagBytes = 16;
const keyBytes = 32;
const rounds = 1_000_000;
const keys = new Map<string, Promise<Buffer>>();

/** @see https://github.com/pulumi/pulumi/blob/v3.210.0/sdk/go/common/resource/config/crypt.go */
function keyOf(passphrase: string, salt: string): Promise<Buffer> {
  const known = keys.get(salt);
  if (known) return known;
  const made = promisify(pbkdf2)(passphrase, Buffer.from(salt, "base64"), rounds, keyBytes, "sha256");
  keys.set(salt, made);
  return made;
}

function replaceSecrets(value: unknown, replacement: (secret: Secret) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => replaceSecrets(part, replacement));
  if (typeof value !== "object" || value === null) return value;
  if (secretSign in value) return replacement(value as unknown as Secret);
  const entries = Object.entries(value).map(([name, part]) => [name, replaceSecrets(part, replacement)]);
  return Object.fromEntries(entries);
}
