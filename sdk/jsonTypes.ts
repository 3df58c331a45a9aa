import type { Input, Output } from "@pulumi/pulumi";
import type { CommonArgs, CommonOutputs, ExpiryArgs } from "./types";

/** A definition as TypeScript sees one that comes from a JSON file: of its texts it knows only that they are texts. */
export interface JsonDefinition {
  name: string;
  fields?: object;
  pathParameters?: object;
}

// biome-ignore lint/suspicious/noExplicitAny: a JSON file's types say which fields there are, and not of what type
type Anything = any;

type Fields<D> = D extends { fields: infer F } ? F : unknown;
type Settable<F> = { [K in keyof F as F[K] extends { input: string } ? K : never]?: Input<Anything> };
type Told<F> = {
  readonly [K in Exclude<keyof F, "id" | "active" | "lastUsedAt" | keyof CommonOutputs>]: Output<Anything>;
};
// A file may still have the older name, which the provider accepts for ever.
type PathParameters<D> = D extends { pathParameters: infer P }
  ? P
  : D extends { parents: infer P }
    ? P
    : unknown;

/** Arguments of the keys of a service whose definition comes from a JSON file. */
export type JsonKeyArgs<D> = Settable<Fields<D>> & { [K in keyof PathParameters<D>]: Input<string> } & {
  /** Name of the key at the vendor. */
  name?: Input<string> | undefined;
} & ExpiryArgs &
  CommonArgs;

/** Outputs of such keys. */
export type JsonKeyOutputs<D> = Told<Fields<D>> & {
  readonly [K in keyof PathParameters<D>]: Output<string>;
} & { readonly name: Output<string> } & CommonOutputs;

/** Arguments of looks at such keys: path parameters and filters. */
export type JsonLookupArgs<D> = { [K in keyof PathParameters<D>]: Input<string> } & Record<string, Anything>;

/** Such a key as it is at the vendor now. */
export type JsonKeyResult<D> = {
  readonly keyId: string;
  readonly status: "active" | "revoked" | "expired";
} & {
  readonly [K in Exclude<keyof Fields<D>, "id" | "value" | "active">]?: Anything;
};
