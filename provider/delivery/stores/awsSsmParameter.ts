import type { Parameter, PutParameterCommandOutput, SSM } from "@aws-sdk/client-ssm";
import { z } from "zod";
import { ConflictError, type Document, documentStore } from "../documentStore";
import { commonMembers, deliveryFailed, nonEmpty, type StoreKind, type Surroundings } from "../kind";
import { loadLibrary } from "../library";
import { wholeField } from "../store";
import type { AwsSsmParameterTarget } from "../targets";
import { type AwsSettings, awsClientOptions, awsFailure, awsSettings, isNamed } from "./awsAccess";

const service = "AWS Systems Manager";

/** A SecureString of AWS Systems Manager's Parameter Store. Each write is a version; the history has the ones before. */
export const awsSsmParameter: StoreKind<AwsSsmParameterTarget, AwsSettings> = {
  title: "AWS Parameter Store",
  target: z.strictObject({
    ...commonMembers,
    store: z.literal("aws-ssm-parameter"),
    parameter: nonEmpty.regex(/^[\w./-]+$/, 'must be a name, such as "/ci/xentree"'),
    region: nonEmpty.optional(),
    kmsKeyId: nonEmpty.optional(),
  }) as unknown as z.ZodType<AwsSsmParameterTarget>,
  settings: awsSettings,
  readsBack: true,
  async open({ parameter, region, kmsKeyId }, surroundings) {
    const client = await surroundings.shared(`client ${region}`, () => clientOf(surroundings, region));
    return new AwsParameter(client, parameter, kmsKeyId).store(await client.config.region());
  },
};

async function clientOf(surroundings: Surroundings<AwsSettings>, region: string | undefined) {
  const options = awsClientOptions(surroundings, "SSM", region);
  const library = await loadLibrary("@aws-sdk/client-ssm", () => import("@aws-sdk/client-ssm"));
  return new library.SSM(options);
}

class AwsParameter {
  readonly #label: string;

  constructor(
    private readonly client: SSM,
    private readonly name: string,
    private readonly kmsKeyId: string | undefined,
  ) {
    this.#label = `AWS parameter ${name}`;
  }

  store(region: string) {
    return documentStore({
      label: this.#label,
      address: `${region} ${this.name}`,
      probe: () => this.#probe(),
      read: () => this.#read(),
      version: async () => versionOf(await this.#get(false)),
      replace: ({ [wholeField]: value = "" }, there) => this.#put(value, there),
      erase: async () => {
        try {
          await this.client.deleteParameter({ Name: this.name });
        } catch (error) {
          if (!isNamed(error, "ParameterNotFound")) throw this.#failure("delete", "DeleteParameter", error);
        }
      },
    });
  }

  async #probe(): Promise<void> {
    const there = await this.#get(true);
    if (there === undefined || there.Type === "SecureString") return;
    throw deliveryFailed(
      `${this.#label} is a ${there.Type}, which anyone reads who may read parameters. Delete it, or name another.`,
    );
  }

  async #read(): Promise<Document | undefined> {
    const there = await this.#get(true);
    const version = versionOf(there);
    return version === undefined ? undefined : { fields: { [wholeField]: there?.Value ?? "" }, version };
  }

  async #get(withValue: boolean): Promise<Parameter | undefined> {
    try {
      return (await this.client.getParameter({ Name: this.name, WithDecryption: withValue })).Parameter;
    } catch (error) {
      if (isNamed(error, "ParameterNotFound")) return undefined;
      throw this.#failure("read", "GetParameter", error);
    }
  }

  async #put(value: string, there: Document | undefined): Promise<string> {
    let put: PutParameterCommandOutput;
    try {
      put = await this.client.putParameter({
        Name: this.name,
        Value: value,
        Type: "SecureString",
        Overwrite: there !== undefined,
        ...(this.kmsKeyId !== undefined && { KeyId: this.kmsKeyId }),
      });
    } catch (error) {
      if (isNamed(error, "ParameterAlreadyExists") || isNamed(error, "TooManyUpdates"))
        throw new ConflictError();
      throw this.#failure("write", "PutParameter", error);
    }
    // Only a read tells the time of the write.
    const now = await this.#get(false);
    return (now?.Version === put.Version && versionOf(now)) || String(put.Version);
  }

  #failure(act: string, permission: string, error: unknown) {
    return awsFailure(
      { service, what: `${act} parameter ${this.name}`, permission: `ssm:${permission}` },
      error,
    );
  }
}

/** With the time: a parameter that is deleted and made anew counts from 1 again. */
function versionOf(there: Parameter | undefined): string | undefined {
  return there && `${there.Version} ${there.LastModifiedDate?.toISOString()}`;
}
