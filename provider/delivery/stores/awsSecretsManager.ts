import { randomUUID } from "node:crypto";
import type { DescribeSecretCommandOutput, SecretsManager } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { ConflictError } from "../documentStore";
import { deliveryFailed, nonEmpty, type StoreKind, type Surroundings, targetWithFields } from "../kind";
import { loadLibrary } from "../library";
import type { AwsSecretsManagerTarget } from "../targets";
import { emptyText, type TextSecret, textSecretStore } from "../textSecret";
import { type AwsSettings, awsClientOptions, awsFailure, awsSettings, isNamed } from "./awsAccess";

const service = "AWS Secrets Manager";
const current = "AWSCURRENT";

/** Where a version waits that is not the current one yet. AWSPENDING would stop AWS's own rotation of the secret. */
const pending = "pulumi-apikeys";

/** Tells the secrets that we made, and may remove, from those that we write to. */
const madeByUs = "Made by pulumi-apikeys.";

/** A secret of AWS Secrets Manager. Each write is a version, and AWSPREVIOUS stays on the one before. */
export const awsSecretsManager: StoreKind<AwsSecretsManagerTarget, AwsSettings> = {
  title: service,
  target: targetWithFields(
    { store: z.literal("aws-secrets-manager"), secret: nonEmpty, region: nonEmpty.optional() },
    true,
  ) as unknown as z.ZodType<AwsSecretsManagerTarget>,
  settings: awsSettings,
  readsBack: true,
  async open(target, surroundings) {
    const region = target.region ?? regionOf(target.secret);
    const client = await surroundings.shared(`client ${region}`, () => clientOf(surroundings, region));
    return textSecretStore(target, new AwsSecret(client, target.secret, await client.config.region()));
  },
};

async function clientOf(surroundings: Surroundings<AwsSettings>, region: string | undefined) {
  const options = awsClientOptions(surroundings, "SECRETS_MANAGER", region);
  const name = "@aws-sdk/client-secrets-manager";
  const library = await loadLibrary(name, () => import("@aws-sdk/client-secrets-manager"));
  return new library.SecretsManager(options);
}

/** The region within an ARN. */
function regionOf(secret: string): string | undefined {
  return /^arn:[^:]+:secretsmanager:([^:]+):/.exec(secret)?.[1];
}

/** The name within an ARN, which ends in a dash and six characters of AWS's own. */
function nameOf(secret: string): string {
  return /^arn:[^:]+:secretsmanager:[^:]+:[^:]+:secret:(.+?)(-[A-Za-z0-9]{6})?$/.exec(secret)?.[1] ?? secret;
}

/** A secret as the list of AWS has it. */
interface Described {
  /** Undefined while it has none. */
  readonly version: string | undefined;
  /** Whether AWS will delete it after its recovery window. Till then its name is taken. */
  readonly isLeaving: boolean;
  readonly isOurs: boolean;
}

class AwsSecret implements TextSecret {
  readonly label: string;
  readonly address: string;

  constructor(
    private readonly client: SecretsManager,
    private readonly secret: string,
    region: string,
  ) {
    this.address = `${region} ${nameOf(secret)}`;
    this.label = `${service} secret ${secret}`;
  }

  async probe(): Promise<void> {
    const there = await this.#describe();
    if (there === undefined && this.secret.startsWith("arn:")) {
      throw deliveryFailed(`${this.label} does not exist. Give a name instead of an ARN to have it made.`);
    }
    if (there?.isLeaving && !there.isOurs) throw this.#leaving();
  }

  async read() {
    try {
      const { SecretString: text, VersionId: version } = await this.client.getSecretValue({
        VersionStage: current,
        SecretId: this.secret,
      });
      if (text !== undefined && version !== undefined) return { text, version };
    } catch (error) {
      if (isNamed(error, "ResourceNotFoundException")) return undefined;
      if (isNamed(error, "InvalidRequestException") && (await this.#describe())?.isLeaving) return undefined;
      throw this.#failure("read", "GetSecretValue", error);
    }
    throw deliveryFailed(`${this.label} is binary. Name a secret that is text.`);
  }

  async version() {
    const there = await this.#describe();
    return there?.isLeaving ? undefined : there?.version;
  }

  async replace(text: string, there: string | undefined): Promise<string> {
    return there === undefined ? this.#begin(text) : this.#follow(text, there);
  }

  /** The first version, or the first after the secret was deleted. */
  async #begin(text: string): Promise<string> {
    const there = await this.#describe();
    if (there === undefined) return this.#create(text);
    if (there.isLeaving) {
      if (!there.isOurs) throw this.#leaving();
      await this.#ask("restore", "RestoreSecret", () => this.client.restoreSecret({ SecretId: this.secret }));
    } else if (there.version !== undefined) throw new ConflictError();
    return this.#follow(text, there.version);
  }

  async #create(text: string): Promise<string> {
    try {
      const { VersionId } = await this.client.createSecret({
        Name: this.secret,
        Description: madeByUs,
        SecretString: text,
        ClientRequestToken: randomUUID(),
      });
      return VersionId ?? "";
    } catch (error) {
      if (isNamed(error, "ResourceExistsException")) throw new ConflictError();
      throw this.#failure("create", "CreateSecret", error);
    }
  }

  /**
   * A version that becomes the current one only where that is still the one that was read: AWS moves a label only from
   * the version that is named.
   */
  async #follow(text: string, before: string | undefined): Promise<string> {
    // At random: a digest of the text would let those who see versions guess what else is in it.
    const version = randomUUID();
    const put = await this.#ask("write", "PutSecretValue", () =>
      this.client.putSecretValue({
        SecretId: this.secret,
        SecretString: text,
        VersionStages: [pending],
        ClientRequestToken: version,
      }),
    );
    // The first version of a secret is the current one at once.
    if (put.VersionStages?.includes(current)) return version;
    try {
      await this.client.updateSecretVersionStage({
        SecretId: this.secret,
        VersionStage: current,
        MoveToVersionId: version,
        ...(before !== undefined && { RemoveFromVersionId: before }),
      });
    } catch (error) {
      const now = (await this.#describe())?.version;
      if (now === before) throw this.#failure("write", "UpdateSecretVersionStage", error);
      // Another's version, or ours, and only the answer was lost: what is there now has to be read.
      throw new ConflictError();
    }
    return version;
  }

  async erase(there: string): Promise<void> {
    const now = await this.#describe();
    if (now?.version !== there) throw new ConflictError();
    if (!now.isOurs) await this.#follow(emptyText, there);
    else {
      await this.#ask("delete", "DeleteSecret", () => this.client.deleteSecret({ SecretId: this.secret }));
    }
  }

  async #describe(): Promise<Described | undefined> {
    let there: DescribeSecretCommandOutput;
    try {
      there = await this.client.describeSecret({ SecretId: this.secret });
    } catch (error) {
      if (isNamed(error, "ResourceNotFoundException")) return undefined;
      throw this.#failure("look at", "DescribeSecret", error);
    }
    const stages = Object.entries(there.VersionIdsToStages ?? {});
    return {
      version: stages.find(([, names]) => names.includes(current))?.[0],
      isLeaving: there.DeletedDate !== undefined,
      isOurs: there.Description === madeByUs,
    };
  }

  async #ask<T>(act: string, permission: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw this.#failure(act, permission, error);
    }
  }

  #failure(act: string, permission: string, error: unknown) {
    const what = `${act} secret ${this.secret}`;
    return awsFailure({ service, what, permission: `secretsmanager:${permission}` }, error);
  }

  #leaving() {
    return deliveryFailed(
      `${this.label} is scheduled for deletion. Run \`aws secretsmanager restore-secret\` for it, or name another.`,
    );
  }
}
