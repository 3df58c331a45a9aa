import { z } from "zod";
import { ApiKeysError } from "./errors";
import { parseBaseUrl } from "./http/baseUrl";
import { protect, protectName } from "./redactor";
import type { ServiceDefinition } from "./service/definition";
import {
  type CredentialName,
  type Credentials,
  configKey,
  credentialNames,
  settingsOfScheme,
  variableName,
} from "./settings";

const setting = z.strictObject({
  service: z.string().optional(),
  baseUrl: z.string().optional(),
  token: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  apiKey: z.string().optional(),
});
type Setting = z.infer<typeof setting>;

/** Where requests for one key go, and as whom. */
export interface Connection {
  readonly name: string;
  readonly baseUrl: string;
  readonly credentials: Credentials;
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
    };
  }

  private configured(name: string): Setting {
    const raw = Object.hasOwn(this.settings, name) ? this.settings[name] : {};
    const result = setting.safeParse(raw);
    if (result.success) return result.data;
    const problems = result.error.issues.map((issue) =>
      issue.code === "unrecognized_keys"
        ? `${issue.keys.map((key) => `"${key}"`).join(", ")} is no setting of a connection`
        : `${issue.path.join(".") || "it"} must be ${issue.path.length > 0 ? "text" : "an object"}`,
    );
    throw configuration(
      `The config key ${configKey}.${name} is malformed: ${problems.join("; ")}. ` +
        `A connection has service, baseUrl, and token, username and password, or apiKey.`,
    );
  }

  /** The environment's credentials replace the config's as a whole: half of each would be nobody's. */
  private credentials(name: string, configured: Setting, definition: ServiceDefinition): Credentials {
    const fromEnvironment: Setting = {};
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

  private variable(connection: string, key: CredentialName | "baseUrl"): string | undefined {
    return this.environment[variableName(connection, key)] || undefined;
  }
}

/** Origin of a checked base URL: what a key is bound to. */
export function originOf(connection: Connection): string {
  return new URL(connection.baseUrl).origin;
}

function remember({ token, username, password, apiKey }: Setting): void {
  for (const secret of [token, password, apiKey]) if (secret !== undefined) protect(secret);
  if (username !== undefined) protectName(username);
}

function credentialsOf(chosen: Setting, given: readonly CredentialName[]): Credentials | undefined {
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
