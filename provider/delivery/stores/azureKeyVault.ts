import { z } from "zod";
import { protect } from "../../redaction/redactor";
import { deliveryFailed, nonEmpty, type StoreKind, type Surroundings, targetWithFields } from "../kind";
import { loadLibrary } from "../library";
import type { AzureKeyVaultTarget } from "../targets";
import { emptyText, type TextSecret, textSecretStore } from "../textSecret";
import { inTurn, Turn } from "../turn";

const title = "Azure Key Vault";

/** Of an application. Given, it goes before Azure's own chain of credentials. */
const settings = z
  .strictObject({
    tenantId: nonEmpty.optional(),
    clientId: nonEmpty.optional(),
    clientSecret: nonEmpty.optional(),
  })
  .refine(
    ({ tenantId, clientId, clientSecret }) =>
      new Set([tenantId, clientId, clientSecret].map((text) => text === undefined)).size === 1,
    "has some of tenantId, clientId and clientSecret: give all three",
  );

type AzureSettings = z.infer<typeof settings>;

/** Tells the secrets that we made, and may remove, from those that we write to. */
const madeByUs = { "managed-by": "pulumi-apikeys" };

/** A secret of Azure Key Vault. Each write is a version; those before stay readable by their version. */
export const azureKeyVault: StoreKind<AzureKeyVaultTarget, AzureSettings> = {
  title,
  target: targetWithFields(
    {
      store: z.literal("azure-key-vault"),
      vaultUrl: nonEmpty.regex(
        /^https:\/\/[\w.-]+(:\d+)?\/?$/,
        "must be the address of a vault, such as https://ci.vault.azure.net",
      ),
      secret: nonEmpty.regex(/^[\dA-Za-z-]{1,127}$/, "must be a name of letters, digits and hyphens"),
    },
    true,
  ) as unknown as z.ZodType<AzureKeyVaultTarget>,
  settings,
  readsBack: true,
  async open(target, surroundings) {
    const vault = target.vaultUrl.replace(/\/$/, "");
    const client = await surroundings.shared(`client ${vault}`, () => clientOf(surroundings, vault));
    const place = `${vault.replace("https://", "")}/${target.secret}`;
    // Azure sets a secret whatever was there before.
    const turn = surroundings.shared(`turn ${place}`, () => new Turn());
    return inTurn(textSecretStore(target, new AzureSecret(client, target.secret, place)), turn);
  },
};

async function clientOf({ settings, environment }: Surroundings<AzureSettings>, vault: string) {
  refuseLogging(environment);
  const identity = await loadLibrary("@azure/identity", () => import("@azure/identity"));
  const secrets = await loadLibrary("@azure/keyvault-secrets", () => import("@azure/keyvault-secrets"));
  const { tenantId, clientId, clientSecret } = settings;
  if (clientSecret !== undefined) protect(clientSecret);
  const credential =
    tenantId !== undefined && clientId !== undefined && clientSecret !== undefined
      ? new identity.ClientSecretCredential(tenantId, clientId, clientSecret)
      : new identity.DefaultAzureCredential();
  return new secrets.SecretClient(vault, credential, {
    retryOptions: { maxRetries: 4, retryDelayInMs: 300, maxRetryDelayInMs: 10_000 },
  });
}

/** From `info` on, the library prints a request with all that hangs on it: behind a proxy, its token as well. */
function refuseLogging({ AZURE_LOG_LEVEL = "", DEBUG = "" }: Surroundings<unknown>["environment"]): void {
  const prints = /^(info|verbose)$/i.test(AZURE_LOG_LEVEL)
    ? "AZURE_LOG_LEVEL"
    : /azure|^\*|,\*/.test(DEBUG)
      ? "DEBUG"
      : undefined;
  if (prints === undefined) return;
  throw deliveryFailed(`${prints} is set, with which Azure's library would print credentials. Unset it.`);
}

type SecretClient = Awaited<ReturnType<typeof clientOf>>;

/** The library itself would wait for ever. */
const patience = { requestOptions: { timeout: 30_000 } };

class AzureSecret implements TextSecret {
  readonly label: string;
  readonly address: string;
  /** What else the version has that was read, and the next one shall have. */
  #kept: { readonly tags?: Record<string, string>; readonly contentType?: string } = {};

  constructor(
    private readonly client: SecretClient,
    private readonly name: string,
    private readonly place: string,
  ) {
    this.label = `${title} secret ${place}`;
    this.address = this.label;
  }

  async probe(): Promise<void> {
    if ((await this.read()) === undefined && (await this.#leaving()) === "theirs") throw this.#deleted();
  }

  async read() {
    try {
      const { value = "", properties } = await this.client.getSecret(this.name, patience);
      const { tags, contentType, version = "" } = properties;
      this.#kept = { ...(tags && { tags }), ...(contentType && { contentType }) };
      return { text: value, version };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw this.#failure("read", "get", error);
    }
  }

  async replace(text: string, there: string | undefined): Promise<string> {
    const kept = there === undefined ? { tags: madeByUs } : this.#kept;
    try {
      return await this.#set(text, kept);
    } catch (error) {
      if (there !== undefined || statusOf(error) !== 409) throw this.#failure("write", "set", error);
    }
    // It was deleted, and Azure keeps it for a while, and its name with it.
    if ((await this.#leaving()) !== "ours") throw this.#deleted();
    try {
      await (await this.client.beginRecoverDeletedSecret(this.name, { intervalInMs: 500 })).pollUntilDone();
    } catch (error) {
      throw this.#failure("recover", "recover", error);
    }
    try {
      return await this.#set(text, kept);
    } catch (error) {
      throw this.#failure("write", "set", error);
    }
  }

  async #set(text: string, kept: { readonly tags?: Record<string, string> }): Promise<string> {
    const { properties } = await this.client.setSecret(this.name, text, { ...kept, ...patience });
    return properties.version ?? "";
  }

  async erase(there: string): Promise<void> {
    if (this.#kept.tags?.["managed-by"] !== madeByUs["managed-by"]) {
      await this.replace(emptyText, there);
      return;
    }
    try {
      await this.client.beginDeleteSecret(this.name, patience);
    } catch (error) {
      if (statusOf(error) !== 404) throw this.#failure("delete", "delete", error);
    }
  }

  /** Whose the secret is that was deleted and can be recovered; undefined where there is none, or it is not told. */
  async #leaving(): Promise<"ours" | "theirs" | undefined> {
    try {
      const { properties } = await this.client.getDeletedSecret(this.name, patience);
      return properties.tags?.["managed-by"] === madeByUs["managed-by"] ? "ours" : "theirs";
    } catch (error) {
      if (statusOf(error) === 404 || statusOf(error) === 403) return undefined;
      throw this.#failure("look at", "get", error);
    }
  }

  #deleted() {
    return deliveryFailed(
      `${this.label} was deleted, and Azure keeps its name for a while. Run \`az keyvault secret recover\` for it, wait, or name another.`,
    );
  }

  /** Of what the library threw only the code is told: the rest may hold the request. */
  #failure(act: string, permission: string, error: unknown) {
    const status = statusOf(error);
    const { name, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error();
    const told = typeof code === "string" && /^\w+$/.test(code) ? code : undefined;
    const reason = status === undefined ? (told ?? name) : `HTTP ${status}${told ? ` ${told}` : ""}`;
    const remedy =
      status === 403
        ? `Allow the permission "${permission}" for secrets, or give the role Key Vault Secrets Officer.`
        : status === 401 || /Credential|Authentication/.test(name)
          ? "Check the Azure credentials: `az login`, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET."
          : "Run `pulumi up` again.";
    return deliveryFailed(`${title} did not ${act} secret ${this.place}: ${reason}. ${remedy}`);
  }
}

function statusOf(error: unknown): number | undefined {
  const { statusCode } = error as { readonly statusCode?: unknown };
  return typeof statusCode === "number" ? statusCode : undefined;
}
