/** Sets of credentials that every connection may hold; a service may name others. */
export const usualCredentials = [["token"], ["username", "password"], ["apiKey"]] as const;

/** Settings of a connection that are texts: what it is for, and where requests go. */
export const textNames = ["service", "baseUrl", "authBaseUrl", "movedFrom"] as const;

/** Settings of a connection that are paths of PEM files. */
export const fileNames = ["caFile", "certFile", "keyFile"] as const;
export type FileName = (typeof fileNames)[number];

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

/** Whether two lists hold the same names, each once. */
export function isSameSet(names: readonly string[], others: readonly string[]): boolean {
  return names.length === others.length && names.every((name) => others.includes(name));
}
