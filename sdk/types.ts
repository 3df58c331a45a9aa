import type { Input, Output } from "@pulumi/pulumi";
import type { ServiceDefinitionInput } from "../provider/definition/definition";

/** When and why a key is replaced by a new one. */
export interface Rotation {
  /** Longest life of a key: a whole number of s, m, h, d or w, such as "30d". Default: no limit. */
  every?: Input<string> | undefined;
  /**
   * How long before its expiry a key is renewed, such as "14d". Needs `expiresIn`, or a vendor that chooses the
   * expiry. Default: an expired key is renewed by the first `pulumi up` after.
   */
  beforeExpiry?: Input<string> | undefined;
  /**
   * How long the previous key stays valid beside its successor, such as "7d": the renewal is then an update of this
   * resource, and the first `pulumi up` or `destroy` after that time revokes the previous key. Shorter than `every`.
   * Default: a renewal replaces the resource, and the old key is revoked at the end of the same `pulumi up`.
   */
  overlap?: Input<string> | undefined;
  /**
   * Whether a renewal revokes the old key at once, and with it any previous one, before dependents are updated: for a
   * key that leaked. Set it together with new `triggers`. Without `overlap` it changes nothing: the old key is then
   * revoked at the end of the same `pulumi up`, after its dependents are updated. Default: false.
   */
  revokeNow?: Input<boolean> | undefined;
  /**
   * How long before an expiry that nothing renews in time `pulumi preview`, `up` and `refresh` warn, such as "30d", or
   * "off". Default: "14d".
   */
  warnBeforeExpiry?: Input<string> | undefined;
  /** Any values; when one of them changes, the next `pulumi up` makes a new key. Removing all asks for nothing. */
  triggers?: Input<Record<string, Input<unknown>>> | undefined;
}

/** Arguments that the keys of every service have. */
export interface CommonArgs {
  /** Named connection of `apikeys:connections` through which the key is managed. Default: the service's name. */
  connection?: Input<string> | undefined;
  /** When and why the key is renewed. Default: never. */
  rotation?: Input<Rotation> | undefined;
  /** Vendor's id of an existing key to take over instead of creating one. */
  adopt?: Input<string> | undefined;
  /** Value of the key that `adopt` names, if you have it; kept as a secret. */
  adoptValue?: Input<string> | undefined;
}

/** Arguments of services whose keys can expire. */
export interface ExpiryArgs {
  /**
   * Lifetime that begins with each new key: a whole number of s, m, h, d or w, such as "90d". An expired key is
   * renewed by the next `pulumi up`. Excludes `expiresAt`.
   */
  expiresIn?: Input<string> | undefined;
}

/** Outputs that the keys of every service have. */
export interface CommonOutputs {
  /** Vendor's id of the current key. */
  readonly keyId: Output<string>;
  /** The key itself, a secret. Absent only for an adopted key whose value was not given. */
  readonly value: Output<string>;
  /** False for an adopted key whose value was not given; true for one whose value was; absent for any other. */
  readonly valueAvailable: Output<boolean | undefined>;
  /** Truncated SHA-256 of the value, not secret: changes whenever the value does. */
  readonly fingerprint: Output<string>;
  /** `active`, `revoked` or `expired`, as last seen. */
  readonly status: Output<"active" | "revoked" | "expired">;
  /** Server that the key lives at. */
  readonly origin: Output<string>;
  /** When the key is next due for renewal, RFC 3339. Absent where nothing renews it by time. */
  readonly dueAt: Output<string | undefined>;
  /** How many keys this resource has had, this one included. Absent without `rotation.overlap`. */
  readonly generation: Output<number | undefined>;
  /** Vendor's id of the previous key, while it is still valid. */
  readonly previousKeyId: Output<string | undefined>;
  /** The previous key itself, a secret, while it is still valid. */
  readonly previousValue: Output<string | undefined>;
  /** When the previous key is to be revoked, RFC 3339: by the first `pulumi up` or `destroy` after. */
  readonly previousRevokeAt: Output<string | undefined>;
  /** When the current key was created or taken over, RFC 3339, by the clock of the machine that did it. */
  readonly rotatedAt: Output<string>;
}

type Written<D extends ServiceDefinitionInput> = D["fields"] extends object ? D["fields"] : unknown;

/** Fields that every service's keys have unless the definition says otherwise. */
interface Usual {
  id: { type: "string" };
  name: { type: "string"; input: "optional" };
  value: { type: "string" };
}

/** Types of the fields that have a meaning of their own. */
interface UsualTypes {
  createdAt: "instant";
  expiresAt: "instant";
  lastUsedAt: "instant";
  active: "boolean";
}

/** The type of a field where the definition does not say it. */
type UsualType<Name> = Name extends keyof UsualTypes ? UsualTypes[Name] : "string";

/** A field in full: where only its place is said, the rest is as usual. */
type Full<Name, F> = F extends string
  ? Name extends keyof Usual
    ? Usual[Name]
    : { type: UsualType<Name> }
  : Named<Name, F> & (F extends { type: string } ? F : Omit<F & object, "type"> & { type: UsualType<Name> });

/** A name is optional unless it is said to be required. */
type Named<Name, F> = Name extends "name" ? (F extends { input: string } ? unknown : Usual["name"]) : unknown;

/** The fields of a service's keys, with those that it need not mention. */
export type Fields<D extends ServiceDefinitionInput> = {
  [K in keyof Written<D> as Written<D>[K] extends null ? never : K]: Full<K, Written<D>[K]>;
} & Omit<Usual, keyof Written<D>>;

/** Whether nothing is known of a definition, as of what `require` gives. */
type IsAny<D> = 0 extends 1 & D ? true : false;

type Values<F> = F extends { values: readonly (infer V extends string)[] }
  ? V
  : F extends { values: Readonly<Record<infer V extends string, unknown>> }
    ? V
    : string;
/** What a field is in a program. */
export type Plain<F> = F extends { type: "integer" | "number" }
  ? number
  : F extends { type: "boolean" }
    ? boolean
    : F extends { type: "strings" }
      ? Values<F>[]
      : F extends { type: "json" }
        ? // biome-ignore lint/suspicious/noExplicitAny: what such a field holds is the vendor's business
          any
        : Values<F>;
type AsInput<F> = F extends { type: "strings" } ? Input<Input<Values<F>>[]> : Input<Plain<F>>;

type HasInput<F, Kind> = F extends { input: Kind } ? true : false;

type RequiredFieldArgs<D extends ServiceDefinitionInput> = {
  [K in keyof Fields<D> as HasInput<Fields<D>[K], "required"> extends true ? K : never]: AsInput<
    Fields<D>[K]
  >;
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
  Fields<D> extends { expiresAt: { input: string } } ? ExpiryArgs : unknown;

/** Arguments of a service's keys: the vendor's own fields, its path parameters, and what every key has. */
export type KeyArgs<D extends ServiceDefinitionInput> =
  IsAny<D> extends true
    ? Record<string, unknown>
    : RequiredFieldArgs<D> & OptionalFieldArgs<D> & PathParameterArgs<D> & LifetimeArgs<D> & CommonArgs;

type Told<F> = HasInput<F, "optional"> extends true ? Plain<F> | undefined : Plain<F>;

/** Fields with a place of their own, or none in state. */
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

/** Outputs of a service's keys: the vendor's own stable fields, its path parameters, and what every key has. */
export type KeyOutputs<D extends ServiceDefinitionInput> =
  IsAny<D> extends true
    ? // biome-ignore lint/suspicious/noExplicitAny: nothing is known of what require() gives
      CommonOutputs & Record<string, any>
    : FieldOutputs<D> & NameOutput<D> & PathParameterOutputs<D> & CommonOutputs;
