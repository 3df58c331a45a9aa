/** Stack config key under which connections are. */
export const configKey = "apikeys:connections";

/** Stack config key under which the settings of stores are. */
export const storesKey = "apikeys:stores";

/** Name of the environment variable that overrides one setting of a connection. */
export function variableName(connection: string, key: string): string {
  const upper = connection.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  return `APIKEYS_${upper}_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
