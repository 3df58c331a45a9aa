/** Stack config key under which connections are. */
export const configKey = "apikeys:connections";

/** Sets of credentials that every connection may hold; a service may name others. */
export const usualCredentials = [["token"], ["username", "password"], ["apiKey"]] as const;

/** Settings of a connection that are texts: what it is for, and where requests go. */
export const textNames = ["service", "baseUrl", "authBaseUrl"] as const;

/** Settings of a connection that are numbers: how hard it tries, and for how long. */
export const limitNames = [
  "attempts",
  "attemptTimeoutSeconds",
  "operationTimeoutSeconds",
  "concurrency",
  "maxRetryAfterSeconds",
  "listLagSeconds",
] as const;
export type LimitName = (typeof limitNames)[number];

/** What a connection holds, by name; which names it holds decides which of a service's schemes is used. */
export type Credentials = Readonly<Record<string, string>>;

/** Name of the environment variable that overrides one setting of a connection. */
export function variableName(connection: string, key: string): string {
  const upper = connection.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  return `APIKEYS_${upper}_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
