import { Agent } from "node:https";
import { z } from "zod";
import type { ApiKeysError } from "../../base/errors";
import { isLoopback } from "../../http/baseUrl";
import { protect } from "../../redaction/redactor";
import { deliveryFailed, nonEmpty, type Surroundings } from "../kind";

/** Settings of the stores of AWS. Credentials that are given go before those of AWS's own chain. */
export const awsSettings = z
  .strictObject({
    region: nonEmpty.optional(),
    accessKeyId: nonEmpty.optional(),
    secretAccessKey: nonEmpty.optional(),
    sessionToken: nonEmpty.optional(),
  })
  .refine(
    ({ accessKeyId, secretAccessKey }) => (accessKeyId === undefined) === (secretAccessKey === undefined),
    "has one of accessKeyId and secretAccessKey: give both",
  );

export type AwsSettings = z.infer<typeof awsSettings>;

/**
 * The options of a client.
 *
 * @param service as in the names of AWS's variables: `SECRETS_MANAGER`
 * @param region what the target says
 * @throws {ApiKeysError} DELIVERY_FAILED for an address that keys must not be sent to
 */
export function awsClientOptions(
  { settings, environment }: Surroundings<AwsSettings>,
  service: string,
  region: string | undefined,
) {
  refusePlainHttp(environment, ["AWS_ENDPOINT_URL", `AWS_ENDPOINT_URL_${service}`]);
  const { accessKeyId, secretAccessKey, sessionToken } = settings;
  for (const secret of [secretAccessKey, sessionToken, environment.AWS_SECRET_ACCESS_KEY])
    if (secret) protect(secret);
  // Of the two, the library for JavaScript knows the first alone, and AWS's command line the second as well.
  const where = region ?? settings.region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION);
  return {
    ...(where && { region: where }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
      }),
    // Many keys of one program are written at once, and AWS slows such writers down.
    maxAttempts: 6,
    requestHandler: {
      connectionTimeout: 10_000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      // The library itself knows no proxies, and Node before 22.21 neither.
      httpsAgent: new Agent({ keepAlive: true, maxSockets: 50, proxyEnv: { ...environment } }),
    },
  };
}

function refusePlainHttp(environment: Surroundings<unknown>["environment"], names: readonly string[]): void {
  for (const name of names) {
    const text = environment[name];
    if (!text || !URL.canParse(text)) continue;
    const { protocol, hostname } = new URL(text);
    if (protocol === "https:" || isLoopback(hostname)) continue;
    throw deliveryFailed(`${name} is ${protocol}//, which would send keys in the clear. Use https://.`);
  }
}

/** How a call of a store is told when it is refused. */
export interface AwsCall {
  /** `AWS Secrets Manager`. */
  readonly service: string;
  /** `write secret ci/xentree`. */
  readonly what: string;
  /** Permission that it takes: `secretsmanager:PutSecretValue`. */
  readonly permission: string;
}

/** The failure of a call. Of what a library threw only the name is told: the rest may hold the request. */
export function awsFailure({ service, what, permission }: AwsCall, error: unknown): ApiKeysError {
  const { name, message, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error();
  if (/region is missing/i.test(message)) {
    return deliveryFailed(
      `${service} cannot be used: no AWS region is known. Set AWS_REGION in the environment, or region in the delivery.`,
    );
  }
  const status = isUnread(name) ? statusOf(error) : undefined;
  const reason = code ?? (status === undefined ? name : `HTTP ${status}`);
  return deliveryFailed(`${service} did not ${what}: ${reason}. ${remedy(reason, permission)}`);
}

/** Whether an answer was none of AWS's, such as that of a proxy. */
function isUnread(name: string): boolean {
  return name === "SyntaxError" || name === "Error";
}

function statusOf(error: unknown): number | undefined {
  const { $metadata, $response } = error as Readonly<
    Record<string, { readonly httpStatusCode?: number; readonly statusCode?: number } | undefined>
  >;
  return $metadata?.httpStatusCode ?? $response?.statusCode;
}

function remedy(reason: string, permission: string): string {
  if (/AccessDenied|NotAuthorized/.test(reason)) {
    return `Allow ${permission}, and the use of the KMS key if it has one of its own.`;
  }
  if (/Credential|UnrecognizedClient|Token|Signature|HTTP 40[13]/.test(reason))
    return "Check the AWS credentials.";
  if (/KMS|InvalidKeyId|Encryption|Decryption/i.test(reason)) return "Check its KMS key.";
  if (/LimitExceeded|TooLarge|InvalidParameter|Validation/.test(reason)) return "See AWS's limits for it.";
  return "Run `pulumi up` again.";
}

export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
