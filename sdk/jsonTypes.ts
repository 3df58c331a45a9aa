import type { Input, Output } from "@pulumi/pulumi";
import type { CommonArgs, CommonOutputs, ExpiryArgs } from "./types";

/**
 * The type of a definition that is imported from a JSON file. TypeScript gives its texts the type string, so it knows which
 * fields there are and not their types.
 *
 * @example
 * ```ts
 * import { defineService, type JsonDefinition } from "pulumi-apikeys";
 *
 * const keysOf = (definition: JsonDefinition) => defineService(definition).ApiKey;
 * export const AcmeKey = keysOf({ name: "acme", fields: { scopes: { type: "strings", input: "required" } } });
 * ```
 */
export interface JsonDefinition {
  /** Name of the service in programs, state and messages. */
  name: string;
  /** The key's fields by name. Default: those that every service has. */
  fields?: object;
  /** The arguments that say where a key belongs, by name. Default: none. */
  pathParameters?: object;
}

// biome-ignore lint/suspicious/noExplicitAny: a JSON file's types say which fields there are, and not their types
type Anything = any;

type JsonFields<D> = D extends { fields: infer F } ? F : unknown;
type Settable<F> = { [K in keyof F as F[K] extends { input: string } ? K : never]?: Input<Anything> };
type Readable<F> = {
  readonly [K in Exclude<keyof F, "id" | "active" | "lastUsedAt" | keyof CommonOutputs>]: Output<Anything>;
};
// A file may still have the older name, which the provider always accepts.
type JsonPathParameters<D> = D extends { pathParameters: infer P }
  ? P
  : D extends { parents: infer P }
    ? P
    : unknown;

/**
 * Arguments of the keys of a service whose definition comes from a JSON file.
 *
 * @example
 * ```ts
 * import type { JsonKeyArgs } from "pulumi-apikeys";
 *
 * type AcmeFields = { fields: { scopes: { input: string } }; name: string };
 *
 * export const args: JsonKeyArgs<AcmeFields> = { scopes: ["read"], rotation: { every: "30d" } };
 * ```
 */
export type JsonKeyArgs<D> = Settable<JsonFields<D>> & {
  [K in keyof JsonPathParameters<D>]: Input<string>;
} & {
  /** Name of the key at the vendor. Default: the resource's name and seven random hex digits. */
  name?: Input<string> | undefined;
} & ExpiryArgs &
  CommonArgs;

/**
 * Outputs of the keys of a service whose definition comes from a JSON file.
 *
 * @example
 * ```ts
 * import type { JsonKeyOutputs } from "pulumi-apikeys";
 *
 * export const labelOf = (key: JsonKeyOutputs<{ name: string }>) => key.fingerprint;
 * ```
 */
export type JsonKeyOutputs<D> = Readable<JsonFields<D>> & {
  readonly [K in keyof JsonPathParameters<D>]: Output<string>;
} & { readonly name: Output<string> } & CommonOutputs;

/** Arguments of look-ups of such keys: path parameters and filters. */
export type JsonLookupArgs<D> = { [K in keyof JsonPathParameters<D>]: Input<string> } & Record<
  string,
  Anything
>;

/** Such a key as the vendor has it now. */
export type JsonKeyResult<D> = {
  readonly keyId: string;
  readonly status: "active" | "revoked" | "expired";
} & {
  readonly [K in Exclude<keyof JsonFields<D>, "id" | "value" | "active">]?: Anything;
};
