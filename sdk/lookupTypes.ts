import type { ServiceDefinitionInput } from "../provider/definition/definition";
import type { Fields, Plain } from "./types";

type PathParameters<D extends ServiceDefinitionInput> = D extends { pathParameters: infer P }
  ? { [K in keyof P]: string }
  : unknown;

interface CommonLookupArgs {
  /** Named connection of `apikeys:connections` through which is looked. Default: the service's name. */
  connection?: string | undefined;
  /** Whether the key works: neither revoked nor expired. Default: either. */
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
   * Keys that nobody has used since a moment, RFC 3339, or for a time, such as "90d": last used before it, or never
   * used and created before it. Default: any.
   */
  unusedSince?: string | undefined;
}
interface ExpiryFilter {
  /**
   * Keys that expire before a moment, RFC 3339, or within a time from now, such as "30d"; those that have expired
   * are among them. Default: any.
   */
  expiringBefore?: string | undefined;
}

/** A filter where the service's keys have the field by which it goes. */
type Where<D extends ServiceDefinitionInput, Field extends string, Filter> =
  Fields<D> extends Record<Field, unknown> ? Filter : unknown;

/** Arguments of `getApiKeys`: the keys' path parameters, and filters, of which a key has to fit all. */
export type GetApiKeysArgs<D extends ServiceDefinitionInput> = CommonLookupArgs &
  Where<D, "name", NameFilter> &
  Where<D, "prefix", PrefixFilter> &
  Where<D, "lastUsedAt", UseFilter> &
  Where<D, "expiresAt", ExpiryFilter> &
  PathParameters<D>;

/** Arguments of `getApiKey`: also the key's id. */
export type GetApiKeyArgs<D extends ServiceDefinitionInput> = GetApiKeysArgs<D> & {
  /** The vendor's id of the key. Default: the one key that fits the filters. */
  keyId?: string | undefined;
};

/** A key as it is at the vendor now. Fields that the vendor did not tell are absent; its value is never told. */
export type GetApiKeyResult<D extends ServiceDefinitionInput> = {
  /** The vendor's id of the key, by which `adopt` takes it over. */
  readonly keyId: string;
  /** `active`, `revoked` or `expired`. */
  readonly status: "active" | "revoked" | "expired";
} & Readonly<PathParameters<D>> & {
    readonly [K in keyof Fields<D> as K extends "id" | "value" | "active" ? never : K]?: Plain<Fields<D>[K]>;
  };
