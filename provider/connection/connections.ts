import { ApiKeysError } from "../base/errors";
import { configKey, variableName } from "../base/settingNames";
import { parseBaseUrl } from "../http/baseUrl";
import { type Network, proxiesOf } from "../http/network";
import type { HttpPolicy } from "../http/policy";
import { parsedObject } from "../json/members";
import { protect, protectName } from "../redaction/redactor";
import { readCertificates } from "./certificates";
import { readLimits } from "./limits";
import {
  type Credentials,
  type FileName,
  isSameSet,
  type LimitName,
  limitNames,
  usualCredentials,
} from "./names";
import { type ConnectionSetting, parseConnectionSetting } from "./schema";

/** Where requests for one key go, and as whom. */
export interface Connection {
  readonly name: string;
  /** Checked: https, or http on this machine. */
  readonly baseUrl: URL;
  /** Where logins go, checked as well. Default: where the definition says, else to the base URL. */
  readonly authBaseUrl?: URL;
  /** Origin at which the vendor was before it moved; its keys are the same. */
  readonly movedFrom?: string;
  readonly credentials: Credentials;
  /** How often and how long is tried, as far as the connection says; the rest is the default policy's. */
  readonly policy: Partial<HttpPolicy>;
  /** The proxies of the environment, and the certificates of the connection. */
  readonly network?: Network;
  /**
   * Milliseconds for which the vendor's list may still lack a key that was created.
   *
   * @default 10_000
   */
  readonly listLagMs: number;
}

/** What a connection has to know of a service. */
export interface ConnectedService {
  readonly name: string;
  readonly title: string;
  /** Where the service is unless the connection says otherwise. */
  readonly baseUrl?: string;
  /** Names of the credentials that each of its ways to authenticate takes. */
  readonly credentials: readonly (readonly string[])[];
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
    const parsed = config === undefined ? {} : parsedObject(config);
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
  resolve(name: string, definition: ConnectedService): Connection {
    if (this.malformed) throw configuration(this.malformed);
    const configured = this.configured(name, definition);
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
    const authBaseUrl = this.variable(name, "authBaseUrl") ?? configured.authBaseUrl;
    const movedFrom = this.variable(name, "movedFrom") ?? configured.movedFrom;
    return {
      name,
      ...(authBaseUrl !== undefined && {
        authBaseUrl: parseBaseUrl(authBaseUrl, name, "authBaseUrl"),
      }),
      ...(movedFrom !== undefined && { movedFrom: parseBaseUrl(movedFrom, name, "movedFrom").origin }),
      baseUrl: parseBaseUrl(baseUrl, name),
      credentials: this.credentials(name, configured, definition),
      ...this.network(name, configured),
      ...readLimits(name, this.limits(name, configured)),
    };
  }

  /**
   * Name of the service that a connection says it is for, or undefined where it does not say.
   *
   * @throws {ApiKeysError} CONFIGURATION when what stack config has of the connections is malformed
   */
  serviceOf(name: string): string | undefined {
    if (this.malformed) throw configuration(this.malformed);
    const raw = this.raw(name) as { service?: unknown } | null;
    return typeof raw?.service === "string" ? raw.service : undefined;
  }

  private configured(name: string, definition: ConnectedService): ConnectionSetting {
    return parseConnectionSetting(name, this.raw(name), knownCredentials(definition), definition.credentials);
  }

  private raw(name: string): unknown {
    return Object.hasOwn(this.settings, name) ? this.settings[name] : {};
  }

  private network(name: string, configured: ConnectionSetting): Pick<Connection, "network"> {
    const proxies = proxiesOf(this.environment);
    const certificates = readCertificates(name, {
      caFile: this.variable(name, "caFile") ?? configured.caFile,
      ...this.clientCertificate(name, configured),
    });
    if (!proxies && !certificates) return {};
    return { network: { ...(proxies && { proxies }), ...(certificates && { certificates }) } };
  }

  /** From one place as a whole: a certificate and the key of another fit in no case. */
  private clientCertificate(name: string, configured: ConnectionSetting): Partial<Record<FileName, string>> {
    const fromEnvironment = given(["certFile", "keyFile"], (key) => this.variable(name, key));
    return Object.keys(fromEnvironment).length > 0
      ? fromEnvironment
      : given(["certFile", "keyFile"], (key) => configured[key]);
  }

  /** Each from the environment first; unlike credentials, they have a meaning one by one. */
  private limits(name: string, configured: ConnectionSetting): Partial<Record<LimitName, unknown>> {
    return Object.fromEntries(limitNames.map((key) => [key, this.variable(name, key) ?? configured[key]]));
  }

  /** The environment's credentials replace the config's as a whole: half of each would be nobody's. */
  private credentials(
    name: string,
    configured: ConnectionSetting,
    definition: ConnectedService,
  ): Credentials {
    const names = knownCredentials(definition);
    const fromEnvironment = given(names, (key) => this.variable(name, key));
    const fromConfig = given(names, (key) => configured[key]);
    // Also those not chosen: they open something as well.
    for (const credentials of [fromConfig, fromEnvironment]) remember(credentials);
    const chosen = Object.keys(fromEnvironment).length > 0 ? fromEnvironment : fromConfig;
    const held = Object.keys(chosen);
    const { credentials: accepted } = definition;
    // One that no scheme of this service takes is complete all the same: the authenticator says what is wrong with it.
    if ([...accepted, ...usualCredentials].some((set) => isSameSet(set, held))) return chosen;

    const complete = accepted
      .filter((set) => set.every((key) => held.includes(key)))
      .filter((set, index, sets) => sets.findIndex((other) => isSameSet(other, set)) === index);
    const problem =
      held.length === 0 ? "has no credentials" : `has ${held.join(" and ")}, which is no complete set`;
    if (complete.length > 0)
      throw configuration(this.surplus(name, held, complete, chosen === fromEnvironment));
    const variables = accepted
      .map((keys) => keys.map((key) => variableName(name, key)).join(" and "))
      .join(", or ");
    const [first = "token"] = accepted[0] ?? [];
    throw configuration(
      `Connection "${name}" ${problem}: set ${variables} in the environment, or: ` +
        `pulumi config set --secret --path '${configKey}.${name}.${first}'.`,
    );
  }

  /** Which of several sets is meant, nobody can know. */
  private surplus(
    connection: string,
    held: readonly string[],
    complete: readonly (readonly string[])[],
    inEnvironment: boolean,
  ): string {
    const place = (key: string) =>
      inEnvironment ? variableName(connection, key) : `${configKey}.${connection}.${key}`;
    return (
      `Connection "${connection}" has ${held.join(" and ")}, which is more than one set of credentials needs: ` +
      `keep ${complete.map((set) => set.map(place).join(" and ")).join(", or ")}, and remove the rest from the ` +
      `${inEnvironment ? "environment" : "stack config"}.`
    );
  }

  private variable(connection: string, key: string): string | undefined {
    return this.environment[variableName(connection, key)] || undefined;
  }
}

/** Origin of a checked base URL: what a key is bound to. */
export function originOf({ baseUrl }: Pick<Connection, "baseUrl">): string {
  return baseUrl.origin;
}

/** Names of all credentials that a connection may hold for keys of a service. */
function knownCredentials({ credentials }: ConnectedService): string[] {
  return [...new Set([...usualCredentials.flat(), ...credentials.flat()])];
}

/** Those of the names that have a value. */
function given(names: readonly string[], read: (name: string) => unknown): Credentials {
  const found = names.map((name) => [name, read(name)] as const);
  return Object.fromEntries(
    found.filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== ""),
  );
}

/** Credentials that say who somebody is, and open nothing. */
const identities: ReadonlySet<string> = new Set(["username", "clientId"]);

function remember(credentials: Credentials): void {
  for (const [name, value] of Object.entries(credentials)) {
    if (identities.has(name)) protectName(value);
    else protect(value);
  }
}

function configuration(message: string): ApiKeysError {
  return new ApiKeysError("CONFIGURATION", message);
}
