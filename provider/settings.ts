/** Stack config key under which connections are. */
export const configKey = "apikeys:connections";

/** Settings of a connection that are credentials. */
export const credentialNames = ["token", "username", "password", "apiKey"] as const;
export type CredentialName = (typeof credentialNames)[number];

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

/** What a connection holds; it decides which of a service's schemes is used. */
export type Credentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "login"; readonly username: string; readonly password: string }
  | { readonly kind: "apiKey"; readonly apiKey: string };

/** The settings that each scheme of a service's definition asks for. */
export const settingsOfScheme = {
  bearer: ["token"],
  login: ["username", "password"],
  header: ["apiKey"],
} as const satisfies Record<string, readonly CredentialName[]>;

/** Settings of a connection that the environment can override. */
export type SettingName = CredentialName | LimitName | "baseUrl";

/** Name of the environment variable that overrides one setting of a connection. */
export function variableName(connection: string, key: SettingName): string {
  const upper = connection.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  return `APIKEYS_${upper}_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
