import type { Input } from "@pulumi/pulumi";
import type * as declared from "../provider/delivery/declared/definition";
import type { CommonTarget, WholeOrFields } from "../provider/delivery/targets";
import type { Deliver, Inputs } from "./delivery";

/**
 * A store as data: everything that the provider has to know of its API. docs/delivery.md has one whole.
 *
 * @example
 * ```ts
 * import { defineStore, type StoreDefinition } from "pulumi-apikeys";
 *
 * const definition = {
 *   name: "acme",
 *   place: ["project"],
 *   write: { method: "PUT", path: "/projects/{project}/secrets/{field}", body: { value: "{text}" } },
 * } as const satisfies StoreDefinition;
 *
 * export const acme = defineStore(definition);
 * ```
 */
export interface StoreDefinition extends declared.StoreDefinition {}

/**
 * One kind of request to a store of one's own. Its texts may hold `{variables}`.
 *
 * @example
 * ```ts
 * import type { StoreRequest } from "pulumi-apikeys";
 *
 * export const remove: StoreRequest = { method: "DELETE", path: "/projects/{project}/secrets/{field}" };
 * ```
 */
export interface StoreRequest extends declared.StoreRequest {}

/**
 * What {@link defineStore} returns.
 *
 * @example
 * ```ts
 * import { defineStore, type DeclaredStore } from "pulumi-apikeys";
 *
 * const acme = defineStore({
 *   name: "acme",
 *   place: ["project"],
 *   write: { method: "PUT", path: "/projects/{project}/secrets/{field}", body: { value: "{text}" } },
 * });
 * export const store: DeclaredStore<["project"]> = acme;
 * ```
 */
export interface DeclaredStore<Place extends readonly string[]> {
  /** The definition as it was given. */
  readonly definition: StoreDefinition;
  /** A place of the store, for the argument `deliver`. */
  place(target: { [Name in Place[number]]: Input<string> } & Inputs<CommonTarget & WholeOrFields>): Deliver;
}

/**
 * Declares a store of your own, as data. Nothing is checked or sent yet: the first preview checks the definition, and fails
 * with the path of every mistake (INVALID_INPUT).
 *
 * @param definition JSON; credentials come from `apikeys:stores.<name>` or the environment, such as APIKEYS_STORE_ACME_TOKEN
 * @example
 * ```ts
 * import { defineStore, xentree } from "pulumi-apikeys";
 *
 * const acme = defineStore({
 *   name: "acme",
 *   baseUrl: "https://secrets.acme.example",
 *   headers: { authorization: "Bearer {token}" },
 *   place: ["project"],
 *   write: { method: "PUT", path: "/projects/{project}/secrets/{field}", body: { value: "{text}" } },
 *   remove: { method: "DELETE", path: "/projects/{project}/secrets/{field}" },
 * });
 *
 * new xentree.ApiKey("ci", { deliver: [acme.place({ project: "shop", field: "XENTREE_API_KEY" })] });
 * ```
 */
export function defineStore<const Place extends readonly string[]>(
  definition: StoreDefinition & { readonly place: Place },
): DeclaredStore<Place> {
  return {
    definition,
    place: (target) => ({ ...target, store: `http:${definition.name}`, definition }) as Deliver,
  };
}
