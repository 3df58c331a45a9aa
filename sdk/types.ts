import type { Input, Output } from "@pulumi/pulumi";
import type { ServiceDefinitionInput } from "../provider/definition/input";
import type { DeliveryArgs, KeyDelivery } from "./delivery";

/**
 * When and why a key is renewed: a new key takes its place, and the old one is revoked. Durations are a whole number and a
 * unit: s, m, h, d or w, at most 36500d. A schedule that cannot be kept fails the preview (INVALID_INPUT).
 *
 * @example
 * ```ts
 * import { type Rotation, xentree } from "pulumi-apikeys";
 *
 * const monthly: Rotation = { every: "30d", overlap: "7d" };
 * new xentree.ApiKey("ci", { expiresIn: "90d", rotation: monthly });
 * ```
 */
export interface Rotation {
  /** Longest life of a key: a whole number of s, m, h, d or w, such as "30d". Default: no limit. */
  every?: Input<string> | undefined;
  /**
   * How long before its expiry a key is renewed, such as "14d". Needs `expiresIn`, or a vendor that chooses the
   * expiry. Shorter than `expiresIn`, and at least `overlap`. Default: the first `pulumi up` after the expiry renews the key.
   */
  beforeExpiry?: Input<string> | undefined;
  /**
   * How long the previous key stays valid beside its successor, such as "7d". The renewal is then an update of this
   * resource, and the first `pulumi up` or `destroy` after that time revokes the previous key. Shorter than `every`.
   * Default: a renewal replaces the resource, and the same `pulumi up` revokes the old key at its end.
   */
  overlap?: Input<string> | undefined;
  /**
   * For how long the previous key must not have been used before it is revoked at the end of its overlap, such as "24h". One
   * that was used within that time is kept, with a warning, and is looked at again once it could have been idle for so long.
   * Needs `overlap`, `overlapAtMost`, and a vendor that tells when a key was last used. A renewal of the current key revokes
   * the previous one in any case. Default: it is revoked without a look at its use.
   */
  revokeWhenIdleFor?: Input<string> | undefined;
  /**
   * After how long a previous key that is used is revoked in any case, from the renewal on, such as "30d". At least `overlap`,
   * and at most `every`. Needs `revokeWhenIdleFor`. Default: none.
   */
  overlapAtMost?: Input<string> | undefined;
  /**
   * Whether a renewal revokes the old key at once, before dependents are updated: for a key that leaked. It revokes a
   * previous key too. Set it together with new `triggers`. Without `overlap` it changes nothing: the same `pulumi up`
   * then revokes the old key after it has updated the dependents. Default: false.
   */
  revokeNow?: Input<boolean> | undefined;
  /**
   * How long before an expiry `pulumi preview`, `up` and `refresh` warn, such as "30d", or "off". They warn only where
   * nothing renews the key in time. Default: "14d".
   */
  warnBeforeExpiry?: Input<string> | undefined;
  /**
   * Any values. When one changes, or the first are added, the next `pulumi up` makes a new key. Removing all of them
   * renews nothing. Default: none.
   */
  triggers?: Input<Record<string, Input<unknown>>> | undefined;
}

/**
 * Arguments that the keys of every service have.
 *
 * @example
 * ```ts
 * import { xentree } from "pulumi-apikeys";
 *
 * // Takes over a key that somebody made by hand; its value goes into the state as a secret.
 * new xentree.ApiKey("laptop", {
 *   connection: "xentree-eu",
 *   adopt: "84b2c4c5-fdac-4c64-9c2a-23e6a593df8b",
 *   adoptValue: process.env.LAPTOP_KEY,
 * });
 * ```
 */
export interface CommonArgs extends DeliveryArgs {
  /** Named connection of `apikeys:connections` through which the key is managed. Default: the service's name. */
  connection?: Input<string> | undefined;
  /** When and why the key is renewed. Default: never. */
  rotation?: Input<Rotation> | undefined;
  /**
   * For how long the key must not have been used before a replacement or `pulumi destroy` revokes it, such as "24h". The
   * delete of one that was used within that time fails (KEY_IN_USE); `APIKEYS_REVOKE_USED` with the key's id revokes it all the
   * same. It holds from the `pulumi up` on that sets it, and needs a vendor that tells when a key was last used. Default: it
   * is revoked without a look at its use.
   */
  revokeWhenIdleFor?: Input<string> | undefined;
  /** The vendor's id of an existing key, to take it over instead of creating one. Default: a new key is created. */
  adopt?: Input<string> | undefined;
  /** Value of the key that `adopt` names, if you have it; kept as a secret. Default: the value stays unknown. */
  adoptValue?: Input<string> | undefined;
}

/**
 * Arguments of services whose keys can expire.
 *
 * @example
 * ```ts
 * import { applications } from "pulumi-apikeys";
 *
 * new applications.ApiKey("billing", {
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   expiresIn: "30d",
 *   rotation: { beforeExpiry: "7d" },
 * });
 * ```
 */
export interface ExpiryArgs {
  /**
   * Lifetime that begins with each new key: a whole number of s, m, h, d or w, such as "90d". The next `pulumi up` renews
   * an expired key. At least `rotation.every` and `rotation.overlap` together. Excludes `expiresAt`. Default: the vendor's
   * own.
   */
  expiresIn?: Input<string> | undefined;
}

/**
 * Outputs that the keys of every service have. Times are RFC 3339, see https://www.rfc-editor.org/rfc/rfc3339.
 *
 * @example
 * ```ts
 * import { type CommonOutputs, xentree } from "pulumi-apikeys";
 *
 * const labelOf = ({ fingerprint }: CommonOutputs) => fingerprint.apply((text) => `key-${text}`);
 *
 * export const label = labelOf(new xentree.ApiKey("ci", {}));
 * ```
 */
export interface CommonOutputs {
  /** Vendor's id of the current key. The resource's `id` is the first key's and stays the same. */
  readonly keyId: Output<string>;
  /** The key itself, a secret. Absent with `valueInState: false`, and for an adopted key whose value was not given. */
  readonly value: Output<string>;
  /** False for an adopted key whose value was not given; true for one whose value was; absent for any other. */
  readonly valueAvailable: Output<boolean | undefined>;
  /** Truncated SHA-256 of the value, not secret: changes whenever the value does, and tells nothing about it. */
  readonly fingerprint: Output<string>;
  /**
   * `active`, `revoked` or `expired`, as last seen; `rotated` if somebody gave the key another value at the vendor, so
   * that the value in state no longer works.
   */
  readonly status: Output<"active" | "revoked" | "expired" | "rotated">;
  /** Origin of the server that has the key, such as https://my.xentree.com. */
  readonly origin: Output<string>;
  /** When the key is next due for renewal. Absent where no date renews it. */
  readonly dueAt: Output<string | undefined>;
  /** How many keys this resource has had, this one included. Absent until `rotation.overlap` is first set; it stays afterwards. */
  readonly generation: Output<number | undefined>;
  /** Vendor's id of the previous key, while it is still valid. */
  readonly previousKeyId: Output<string | undefined>;
  /** The previous key itself, a secret, while it is still valid. */
  readonly previousValue: Output<string | undefined>;
  /** From when the next `pulumi up` revokes the previous key. `pulumi destroy` revokes it at any time. */
  readonly previousRevokeAt: Output<string | undefined>;
  /** What became of each delivery, in no order. Absent where nothing is delivered. */
  readonly delivered: Output<KeyDelivery[] | undefined>;
  /** The key itself for the recipients of `encryptTo`: armored text that anyone may see. Absent without recipients. */
  readonly encryptedValue: Output<string | undefined>;
  /** When the current key was created or taken over, by the clock of the machine that did it. */
  readonly rotatedAt: Output<string>;
}

type Written<D extends ServiceDefinitionInput> = D["fields"] extends object ? D["fields"] : unknown;

/** Fields that the keys of every service have unless its definition changes them. */
interface Usual {
  id: { type: "string" };
  name: { type: "string"; input: "optional" };
  value: { type: "string" };
}

/** Types of the fields that have a fixed meaning. */
interface UsualTypes {
  createdAt: "instant";
  expiresAt: "instant";
  lastUsedAt: "instant";
  active: "boolean";
}

/** The type of a field whose definition gives none. */
type UsualType<Name> = Name extends keyof UsualTypes ? UsualTypes[Name] : "string";

/** A field with its defaults filled in: a definition may give its place alone. */
type Full<Name, F> = F extends string
  ? Name extends keyof Usual
    ? Usual[Name]
    : { type: UsualType<Name> }
  : Named<Name, F> & (F extends { type: string } ? F : Omit<F & object, "type"> & { type: UsualType<Name> });

/** A name is optional unless the definition requires it. */
type Named<Name, F> = Name extends "name" ? (F extends { input: string } ? unknown : Usual["name"]) : unknown;

/** The fields of a service's keys, those included that a definition has by default. */
export type Fields<D extends ServiceDefinitionInput> = {
  [K in keyof Written<D> as Written<D>[K] extends null ? never : K]: Full<K, Written<D>[K]>;
} & Omit<Usual, keyof Written<D>>;

/** Whether a definition has the type any, as the result of `require` has. */
type IsAny<D> = 0 extends 1 & D ? true : false;

type Values<F> = F extends { values: readonly (infer V extends string)[] }
  ? V
  : F extends { values: Readonly<Record<infer V extends string, unknown>> }
    ? V
    : string;
/** The type of a field in a program. */
export type Plain<F> = F extends { type: "integer" | "number" }
  ? number
  : F extends { type: "boolean" }
    ? boolean
    : F extends { type: "strings" }
      ? Values<F>[]
      : F extends { type: "json" }
        ? // biome-ignore lint/suspicious/noExplicitAny: the vendor decides what such a field holds
          any
        : Values<F>;
type AsInput<F> = F extends { type: "strings" } ? Input<Input<Values<F>>[]> : Input<Plain<F>>;

type HasInput<F, Kind> = F extends { input: Kind } ? true : false;

type RequiredFieldArgs<D extends ServiceDefinitionInput> = {
  [K in keyof Fields<D> as K extends "expiresAt"
    ? never
    : HasInput<Fields<D>[K], "required"> extends true
      ? K
      : never]: AsInput<Fields<D>[K]>;
};
type OptionalFieldArgs<D extends ServiceDefinitionInput> = {
  [K in keyof Fields<D> as HasInput<Fields<D>[K], "optional"> extends true ? K : never]?:
    | AsInput<Fields<D>[K]>
    | undefined;
};
type PathParameterArgs<D extends ServiceDefinitionInput> = D extends { pathParameters: infer P }
  ? { [K in keyof P]: Input<string> }
  : unknown;
type LifetimeArgs<D extends ServiceDefinitionInput> =
  Fields<D> extends { expiresAt: { input: "required" } }
    ? RequiredExpiryArgs
    : Fields<D> extends { expiresAt: { input: string } }
      ? ExpiryArgs
      : unknown;
/** A vendor whose keys all expire is told when, by a moment or by a lifetime. */
type RequiredExpiryArgs =
  | (ExpiryArgs & { expiresAt: Input<string> })
  | (Required<ExpiryArgs> & { expiresAt?: Input<string> | undefined });

/**
 * Arguments of a service's keys: the vendor's own fields, its path parameters, and what every key has.
 *
 * @example
 * ```ts
 * import { defineService, type KeyArgs } from "pulumi-apikeys";
 *
 * const acme = defineService({
 *   name: "acme",
 *   baseUrl: "https://api.acme.example",
 *   path: "/v1/api-keys",
 *   fields: { scopes: { type: "strings", input: "required" } },
 * });
 *
 * const readOnly: KeyArgs<typeof acme.definition> = { scopes: ["read"], rotation: { every: "30d" } };
 * new acme.ApiKey("report", readOnly);
 * ```
 */
export type KeyArgs<D extends ServiceDefinitionInput> =
  IsAny<D> extends true
    ? Record<string, unknown>
    : RequiredFieldArgs<D> & OptionalFieldArgs<D> & PathParameterArgs<D> & LifetimeArgs<D> & CommonArgs;

type Told<F> = HasInput<F, "optional"> extends true ? Plain<F> | undefined : Plain<F>;

/** Whether a field is not among the outputs. */
type Apart<F> = F extends { volatile: true } ? true : false;

type FieldOutputs<D extends ServiceDefinitionInput> = {
  readonly [K in keyof Fields<D> as K extends "id" | "value" | "active" | "name" | "lastUsedAt"
    ? never
    : Apart<Fields<D>[K]> extends true
      ? never
      : K]: Output<Told<Fields<D>[K]>>;
};
type NameOutput<D extends ServiceDefinitionInput> =
  Fields<D> extends { name: unknown }
    ? {
        /** The key's name at the vendor: given, or the resource's name and seven random hex digits. */
        readonly name: Output<string>;
      }
    : unknown;
type PathParameterOutputs<D extends ServiceDefinitionInput> = D extends { pathParameters: infer P }
  ? { readonly [K in keyof P]: Output<string> }
  : unknown;

/**
 * Outputs of a service's keys: the vendor's own stable fields, its path parameters, and what every key has. Fields that change by
 * themselves, such as the time of last use, are no outputs: {@link Lookups} reads them.
 *
 * @example
 * ```ts
 * import { defineService, type KeyOutputs } from "pulumi-apikeys";
 *
 * const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });
 *
 * const key: KeyOutputs<typeof acme.definition> = new acme.ApiKey("report", {});
 * export const value = key.value; // a secret
 * ```
 */
export type KeyOutputs<D extends ServiceDefinitionInput> =
  IsAny<D> extends true
    ? // biome-ignore lint/suspicious/noExplicitAny: the result of require() has no type
      CommonOutputs & Record<string, any>
    : FieldOutputs<D> & NameOutput<D> & PathParameterOutputs<D> & CommonOutputs;
