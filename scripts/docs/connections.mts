import { createRequire } from "node:module";
import type * as SettingNames from "../../provider/base/settingNames.ts";
import type * as Limits from "../../provider/connection/limits.ts";
import type * as Names from "../../provider/connection/names.ts";
import type * as Policy from "../../provider/http/policy.ts";

const require = createRequire(import.meta.url);
const { configKey, variableName } =
  require("../../dist/provider/base/settingNames.js") as typeof SettingNames;
const { readLimits } = require("../../dist/provider/connection/limits.js") as typeof Limits;
const { fileNames, limitNames, textNames, usualCredentials } =
  require("../../dist/provider/connection/names.js") as typeof Names;
const { defaultPolicy } = require("../../dist/provider/http/policy.js") as typeof Policy;

const textMeanings: Readonly<Record<(typeof Names.textNames)[number], string>> = {
  service: "The service that the connection is for. A key of another service is then refused.",
  baseUrl: "Where requests go. Default: the service's own address, if it has one.",
  movedFrom:
    "The vendor's former address, where it has moved. Keys that were created there are looked for at the base URL. Each has to be there, and to be told from another of its id by when it was created, its prefix or its name; else nothing is done to it.",
  authBaseUrl: "Where logins go. Default: where the definition says, else the base URL.",
};

const credentialMeanings: Readonly<Record<string, string>> = {
  token: "A bearer token.",
  username: "The user name, for a login or HTTP Basic. Needs `password`.",
  password: "Its password.",
  apiKey: "A key that goes into a header or the query.",
};

const fileMeanings: Readonly<Record<Names.FileName, string>> = {
  caFile: "Path of a PEM file with certificates of authorities to trust beside those that Node trusts.",
  certFile: "Path of a PEM file with a client certificate and its chain, for mTLS. Needs `keyFile`.",
  keyFile: "Path of a PEM file with the private key of that certificate, without a passphrase.",
};

const limitMeanings: Readonly<Record<Names.LimitName, string>> = {
  attempts: "Attempts at one request, the first included.",
  attemptTimeoutSeconds: "Seconds for one attempt.",
  operationTimeoutSeconds: "Seconds for all attempts at one request and the waits between them.",
  concurrency: "Requests at once.",
  maxRetryAfterSeconds: "Longest pause in seconds that the vendor may ask for with Retry-After.",
  listLagSeconds: "Seconds for which the vendor's list may not show a key that was just created.",
};

/** The settings of a connection that say where requests go and with which credentials. */
export function connectionTable(): string {
  return [
    "| setting | environment | stack config | meaning |",
    "| --- | --- | --- | --- |",
    ...textNames.map((name) => row(name, textMeanings[name], ...(name === "service" ? ["–"] : []))),
    ...usualCredentials.flat().map((name) => row(name, credentialMeanings[name])),
    ...fileNames.map((name) => row(name, fileMeanings[name])),
    row(
      "<name>",
      "Any other that [the definition's `auth`](authentication.md) names, such as `clientId` and `clientSecret`.",
      "`APIKEYS_<CONNECTION>_<NAME>`",
    ),
  ].join("\n");
}

/** The settings that say how hard a connection tries, with their bounds and defaults. */
export function limitTable(): string {
  return [
    "| setting | environment | stack config | meaning | from–to | default |",
    "| --- | --- | --- | --- | --- | ---: |",
    ...limitNames.map((name) => `${row(name, limitMeanings[name])} ${bounds(name)} | ${defaults()[name]} |`),
  ].join("\n");
}

function row(name: string, meaning: string | undefined, variable = `\`${variableOf(name)}\``): string {
  if (meaning === undefined)
    throw new Error(`The setting ${name} of a connection has no meaning in the reference.`);
  return `| \`${name}\` | ${variable} | \`${configKey}.<connection>.${name}\` | ${meaning} |`;
}

function variableOf(name: string): string {
  return variableName("x", name).replace("_X_", "_<CONNECTION>_");
}

/** From the message for a wrong value, which is the only public place that has them. */
function bounds(name: Names.LimitName): string {
  let message = "";
  try {
    readLimits("x", { [name]: "none" });
  } catch (error) {
    message = (error as Error).message;
  }
  const [, minimum, maximum] = /whole number from (\d+) to (\d+)/.exec(message) ?? [];
  if (maximum === undefined) throw new Error(`The error for a wrong ${name} no longer tells its bounds.`);
  return `${minimum}–${maximum}`;
}

function defaults(): Readonly<Record<Names.LimitName, number>> {
  const { attempts, attemptTimeoutMs, operationTimeoutMs, concurrency, maxRetryAfterMs } = defaultPolicy;
  return {
    attempts,
    attemptTimeoutSeconds: attemptTimeoutMs / 1_000,
    operationTimeoutSeconds: operationTimeoutMs / 1_000,
    concurrency,
    maxRetryAfterSeconds: maxRetryAfterMs / 1_000,
    listLagSeconds: readLimits("x", {}).listLagMs / 1_000,
  };
}
