import type { ServiceDefinitionInput } from "../provider/definition/input";
import type { Fields, Plain } from "./types";

type LookupPathParameters<D extends ServiceDefinitionInput> = D extends { pathParameters: infer P }
  ? { [K in keyof P]: string }
  : unknown;

interface CommonLookupArgs {
  /** Named connection of `apikeys:connections` that sends the request. Default: the service's name. */
  connection?: string | undefined;
  /** Whether the key works: it is neither revoked nor expired. Default: either. */
  active?: boolean | undefined;
}

interface NameFilter {
  /** The key's exact name. Default: any. */
  name?: string | undefined;
}
interface PrefixFilter {
  /** The beginning of what the vendor shows of the key's value. Default: any. */
  prefix?: string | undefined;
}
interface UseFilter {
  /**
   * Keys that nobody has used since a moment (RFC 3339), or for a duration, such as "90d". A key that was never used
   * counts from its creation. Default: any.
   */
  unusedSince?: string | undefined;
}
interface ExpiryFilter {
  /**
   * Keys that expire before a moment (RFC 3339), or within a duration from now, such as "30d". Keys that have expired
   * are among them. Default: any.
   */
  expiringBefore?: string | undefined;
}

/** A filter, where the service's keys have the field that it needs. */
type Where<D extends ServiceDefinitionInput, Field extends string, Filter> =
  Fields<D> extends Record<Field, unknown> ? Filter : unknown;

/**
 * Arguments of a service's `getApiKeys`: the keys' path parameters, and filters. A key has to match all of them. Default: every key
 * matches. Moments are RFC 3339, see https://www.rfc-editor.org/rfc/rfc3339.
 *
 * @example
 * ```ts
 * import { defineService, type GetApiKeysArgs } from "pulumi-apikeys";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * const filters: GetApiKeysArgs<typeof acme.definition> = { name: "ci" };
 * export const count = acme.getApiKeys(filters).then((keys) => keys.length);
 * ```
 */
export type GetApiKeysArgs<D extends ServiceDefinitionInput> = CommonLookupArgs &
  Where<D, "name", NameFilter> &
  Where<D, "prefix", PrefixFilter> &
  Where<D, "lastUsedAt", UseFilter> &
  Where<D, "expiresAt", ExpiryFilter> &
  LookupPathParameters<D>;

/**
 * Arguments of a service's `getApiKey`: those of `getApiKeys`, and the key's id.
 *
 * @example
 * ```ts
 * import { defineService, type GetApiKeyArgs } from "pulumi-apikeys";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * const wanted: GetApiKeyArgs<typeof acme.definition> = { keyId: "key_7f3a" };
 * export const status = acme.getApiKey(wanted).then((key) => key.status);
 * ```
 */
export type GetApiKeyArgs<D extends ServiceDefinitionInput> = GetApiKeysArgs<D> & {
  /** The vendor's id of the key. Default: the one key that fits the filters. */
  keyId?: string | undefined;
};

/**
 * A key as the vendor has it now. Fields that the response did not have are absent, and the value always is.
 *
 * @example
 * ```ts
 * import { defineService, type GetApiKeyResult } from "pulumi-apikeys";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * const works = (key: GetApiKeyResult<typeof acme.definition>) => key.status === "active";
 * export const working = acme.getApiKeys().then((keys) => keys.filter(works).length);
 * ```
 */
export type GetApiKeyResult<D extends ServiceDefinitionInput> = {
  /** The vendor's id of the key; `adopt` takes it. */
  readonly keyId: string;
  /** `active`, `revoked` or `expired`. */
  readonly status: "active" | "revoked" | "expired";
} & Readonly<LookupPathParameters<D>> & {
    readonly [K in keyof Fields<D> as K extends "id" | "value" | "active" ? never : K]?: Plain<Fields<D>[K]>;
  };
