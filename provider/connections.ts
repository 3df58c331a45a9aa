import { type ConnectionSetting, parseConnectionSetting } from "./connectionSetting";
import { ApiKeysError } from "./errors";
import { parseBaseUrl } from "./http/baseUrl";
import type { HttpPolicy } from "./http/policy";
import { readLimits } from "./limits";
import { protect, protectName } from "./redactor";
import type { ServiceDefinition } from "./service/definition";
import {
  type CredentialName,
  type Credentials,
  configKey,
  credentialNames,
  type LimitName,
  limitNames,
  type SettingName,
  settingsOfScheme,
  variableName,
} from "./settings";

/** Where requests for one key go, and as whom. */
export interface Connection {
  readonly name: string;
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** How often and how long is tried, as far as the connection says; the rest is the default policy's. */
  readonly policy: Partial<HttpPolicy>;
  /**
   * Milliseconds for which the vendor's list may still lack a key that was created.
   *
   * @default 10_000
   */
  readonly listLagMs: number;
}

/** Named connections of one engine operation, from the environment first and stack config second. */
export class Connections {
  private readonly settings: Readonly<Record<string, unknown>>;
  private readonly malformed: string | undefined;

  /**
   * @param config text of `apikeys:connections` in stack config, if any
   * @param environment variables of the process
   */
  constructor(
    config: string | undefined,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {
    const parsed = config === undefined ? {} : parseObject(config);
    this.settings = parsed ?? {};
    this.malformed = parsed
      ? undefined
      : `The config key ${configKey} is not an object of named connections. ` +
        `Set each part with a path, such as: pulumi config set --path '${configKey}.xentree.baseUrl' https://…`;
  }

  /**
   * The connection of this name for a key of this service.
   *
   * @throws {ApiKeysError} CONFIGURATION, one sentence naming the config key and the environment variables
   */
  resolve(name: string, definition: ServiceDefinition): Connection {
    if (this.malformed) throw configuration(this.malformed);
    const configured = this.configured(name);
    const service = configured.service;
    if (service !== undefined && service !== definition.name) {
      throw configuration(
        `Connection "${name}" is for service "${service}" (config key ${configKey}.${name}.service), ` +
          `but the key is of service "${definition.name}"; name another connection.`,
      );
    }
    const baseUrl = this.variable(name, "baseUrl") ?? configured.baseUrl ?? definition.baseUrl;
    if (baseUrl === undefined) {
      throw configuration(
        `Connection "${name}" has no base URL, and ${definition.title} has no common one: set the environment ` +
          `variable ${variableName(name, "baseUrl")}, or: pulumi config set --path '${configKey}.${name}.baseUrl' https://…`,
      );
    }
    return {
      name,
      baseUrl: parseBaseUrl(baseUrl, name).href.replace(/\/+$/, ""),
      credentials: this.credentials(name, configured, definition),
      ...readLimits(name, this.limits(name, configured)),
    };
  }

  /**
   * Name of the service that a connection says it is for, or undefined where it does not say.
   *
   * @throws {ApiKeysError} CONFIGURATION when what stack config has of it is malformed
   */
  serviceOf(name: string): string | undefined {
    if (this.malformed) throw configuration(this.malformed);
    return this.configured(name).service;
  }

  private configured(name: string): ConnectionSetting {
    return parseConnectionSetting(name, Object.hasOwn(this.settings, name) ? this.settings[name] : {});
  }

  /** Each from the environment first; unlike credentials, they have a meaning one by one. */
  private limits(name: string, configured: ConnectionSetting): Partial<Record<LimitName, unknown>> {
    return Object.fromEntries(limitNames.map((key) => [key, this.variable(name, key) ?? configured[key]]));
  }

  /** The environment's credentials replace the config's as a whole: half of each would be nobody's. */
  private credentials(
    name: string,
    configured: ConnectionSetting,
    definition: ServiceDefinition,
  ): Credentials {
    const fromEnvironment: ConnectionSetting = {};
    for (const key of credentialNames) {
      const value = this.variable(name, key);
      if (value !== undefined) fromEnvironment[key] = value;
    }
    // Also those not chosen: they open something as well.
    for (const setting of [configured, fromEnvironment]) remember(setting);
    const chosen = Object.keys(fromEnvironment).length > 0 ? fromEnvironment : configured;
    const given = credentialNames.filter((key) => chosen[key] !== undefined && chosen[key] !== "");
    const found = credentialsOf(chosen, given);
    if (found) return found;

    const accepted = definition.auth.map(({ scheme }): readonly CredentialName[] => settingsOfScheme[scheme]);
    const problem =
      given.length === 0 ? "has no credentials" : `has ${given.join(" and ")}, which is no complete set`;
    const variables = accepted
      .map((keys) => keys.map((key) => variableName(name, key)).join(" and "))
      .join(", or ");
    const [first = "token"] = accepted[0] ?? [];
    throw configuration(
      `Connection "${name}" ${problem}: set ${variables} in the environment, or: ` +
        `pulumi config set --secret --path '${configKey}.${name}.${first}'.`,
    );
  }

  private variable(connection: string, key: SettingName): string | undefined {
    return this.environment[variableName(connection, key)] || undefined;
  }
}

/** Origin of a checked base URL: what a key is bound to. */
export function originOf(connection: Connection): string {
  return new URL(connection.baseUrl).origin;
}

function remember({ token, username, password, apiKey }: ConnectionSetting): void {
  for (const secret of [token, password, apiKey]) if (secret !== undefined) protect(secret);
  if (username !== undefined) protectName(username);
}

function credentialsOf(chosen: ConnectionSetting, given: readonly CredentialName[]): Credentials | undefined {
  const { token = "", username = "", password = "", apiKey = "" } = chosen;
  switch (given.join()) {
    case "token":
      return { kind: "token", token };
    case "username,password":
      return { kind: "login", username, password };
    case "apiKey":
      return { kind: "apiKey", apiKey };
    default:
      return undefined;
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function configuration(message: string): ApiKeysError {
  return new ApiKeysError("CONFIGURATION", message);
}
