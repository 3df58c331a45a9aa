import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { ApiKeysError } from "../../base/errors";
import { isLoopback } from "../../http/baseUrl";
import { omit, parsedObject } from "../../json/members";
import { protect } from "../../redaction/redactor";
import { deliveryFailed, nonEmpty, type Surroundings } from "../kind";
import { loadLibrary } from "../library";

export const title = "Google Secret Manager";

/** Credentials that are given go before the application default ones. */
export const googleSettings = z.strictObject({
  credentials: nonEmpty.optional(),
  endpoint: nonEmpty.optional(),
});

export type GoogleSettings = z.infer<typeof googleSettings>;

const credentialsRemedy =
  "Run `gcloud auth application-default login`, or give GOOGLE_APPLICATION_CREDENTIALS.";

/**
 * A client over HTTP, with credentials that were found.
 *
 * @throws {ApiKeysError} DELIVERY_FAILED, in a sentence, where it cannot be used
 */
export async function googleClient({ settings, connection, environment }: Surroundings<GoogleSettings>) {
  if (environment.GOOGLE_SDK_NODE_LOGGING) {
    throw deliveryFailed(
      `GOOGLE_SDK_NODE_LOGGING is set, with which Google's library would print the key. Unset it.`,
    );
  }
  const name = "@google-cloud/secret-manager";
  const library = await loadLibrary(name, () => import("@google-cloud/secret-manager"));
  const client = new library.SecretManagerServiceClient({
    // HTTP instead of gRPC, as all other stores are asked.
    fallback: true,
    ...(settings.endpoint !== undefined && endpointOptions(settings.endpoint)),
    ...(settings.credentials !== undefined && credentialOptions(settings.credentials, connection)),
  });
  // Where there are none, the library would end the process with a rejection that nobody handles.
  try {
    useProxies(await client.auth.getClient());
  } catch {
    throw deliveryFailed(`${title} cannot be used: there are no credentials. ${credentialsRemedy}`);
  }
  return client;
}

/** What sends the library's requests. */
interface Sending {
  fetch(url: string, options?: { agent?: unknown }): Promise<unknown>;
}

/** The library gives each request an agent of its own, with which it would go past HTTPS_PROXY. */
function useProxies(sending: object): void {
  const { fetch } = sending as Sending;
  (sending as Sending).fetch = (url, options) =>
    fetch.call(sending as Sending, url, omit(options ?? {}, "agent"));
}

function endpointOptions(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && isLoopback(url.hostname))) {
    throw deliveryFailed(`The endpoint of ${title} is no https:// URL. Correct it.`);
  }
  return {
    apiEndpoint: url.hostname,
    protocol: url.protocol.slice(0, -1),
    port: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
  };
}

function credentialOptions(text: string, connection: string) {
  protect(text);
  const credentials = parsedObject(text);
  if (credentials === undefined) {
    throw deliveryFailed(
      `apikeys:stores.${connection}.credentials is not the JSON text of a key file of Google. Correct it.`,
    );
  }
  if (typeof credentials.private_key === "string") protect(credentials.private_key);
  return {
    credentials,
    ...(typeof credentials.project_id === "string" && { projectId: credentials.project_id }),
  };
}

/** Milliseconds that a call may take: over HTTP the library itself would wait for ever. */
const timeoutMs = 60_000;

/**
 * Asks Google, again where that does no harm and may help: over HTTP the library itself does not.
 *
 * @param retries how often again
 */
export async function askGoogle<T>(
  send: () => Promise<T> & { readonly cancel?: () => void },
  retries = 3,
): Promise<T> {
  for (let done = 0; ; done++) {
    try {
      return await inTime(send());
    } catch (error) {
      if (done >= retries || !isPassing(error)) throw error;
      await pause(done);
    }
  }
}

/** Waits longer each time. */
export async function pause(done: number): Promise<void> {
  await sleep(100 * 4 ** done);
}

async function inTime<T>(call: Promise<T> & { readonly cancel?: () => void }): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" }));
    call.cancel?.();
  }, timeoutMs);
  try {
    return await Promise.race([call, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the library tells in `code`: an HTTP status, gRPC's number for it, or a name of Node's. */
function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown }).code;
}

const isOneOf =
  (...codes: readonly number[]) =>
  (error: unknown) =>
    codes.some((code) => codeOf(error) === code);

export const isNotFound = isOneOf(404, 5);
export const isAlreadyThere = isOneOf(409, 6);
const isForbidden = isOneOf(403, 7);
const isUnauthenticated = isOneOf(401, 16);
const isBusy = isOneOf(429, 500, 502, 503, 504, 4, 8, 13, 14);

/** Whether it may go better the next time. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return isBusy(error) || (typeof code === "string" && /^E[A-Z]+$/.test(code));
}

/**
 * The failure of a call. Of what a library threw only its code is told: the rest may hold the request.
 *
 * @param permission that it takes
 */
export function googleFailure(what: string, permission: string, error: unknown): ApiKeysError {
  const code = codeOf(error);
  const isText = typeof code === "string" && /^\w+$/.test(code);
  const reason =
    typeof code === "number" ? `${code < 100 ? "gRPC code" : "HTTP"} ${code}` : isText ? code : "no answer";
  const remedy = isForbidden(error)
    ? `Allow ${permission} there.`
    : isUnauthenticated(error)
      ? credentialsRemedy
      : isNotFound(error)
        ? "Check its project and name."
        : "Run `pulumi up` again.";
  return deliveryFailed(`${title} did not ${what}: ${reason}. ${remedy}`);
}
