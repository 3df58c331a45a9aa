import type { Input } from "@pulumi/pulumi";
import type { BuiltInTarget, DeclaredTarget } from "../provider/delivery/targets";

/** Each member may be an output, but for the one that tells the stores apart. */
export type Inputs<T> = T extends unknown
  ? { [K in keyof T]: K extends "store" ? T[K] : Input<T[K]> }
  : never;

/**
 * A place to which the provider takes a key's value, by its `store`. docs/delivery.md has each store on one screen.
 *
 * @example
 * ```ts
 * import { type Deliver, xentree } from "pulumi-apikeys";
 *
 * const vault: Deliver = { store: "vault", path: "kv/ci/xentree", field: "token" };
 * new xentree.ApiKey("ci", { deliver: [vault], valueInState: false });
 * ```
 */
export type Deliver = Inputs<BuiltInTarget | DeclaredTarget>;

/**
 * Where the value of a key goes, and whether the state keeps it.
 *
 * @example
 * ```ts
 * import { type DeliveryArgs, xentree } from "pulumi-apikeys";
 *
 * const delivery: DeliveryArgs = {
 *   deliver: [{ store: "vault", path: "kv/ci/xentree", field: "token", previous: "token_previous" }],
 *   valueInState: false,
 * };
 * new xentree.ApiKey("ci", { ...delivery, rotation: { every: "30d", overlap: "7d" } });
 * ```
 */
export interface DeliveryArgs {
  /**
   * Places to which the provider takes the value, in the create or the rotation itself. A store that cannot be written fails
   * it (DELIVERY_FAILED), and ends no key that a store still holds. Default: none.
   */
  deliver?: Input<Input<Deliver>[]> | undefined;
  /**
   * Whether the state keeps the value. Without it, a new key that cannot be delivered is revoked, and there is no output
   * `value`. Needs `deliver` or `encryptTo`. Default: true.
   */
  valueInState?: Input<boolean> | undefined;
  /**
   * What becomes of a delivery that somebody has changed or removed in its store, or that is new, where the state has no
   * value to repair it with: `rotate` makes another key, as the plan shows; `fail` fails the preview. Default: `rotate`.
   */
  onLostDelivery?: Input<"rotate" | "fail"> | undefined;
  /**
   * Who can read the output `encryptedValue`: age recipients (`age1…`), or armored OpenPGP public keys. Default: nobody.
   */
  encryptTo?: Input<Input<string>[]> | undefined;
}

/**
 * What became of one delivery.
 *
 * @example
 * ```ts
 * import { type KeyDelivery, xentree } from "pulumi-apikeys";
 *
 * const textOf = ({ place, status }: KeyDelivery) => `${place}: ${status}`;
 * const ci = new xentree.ApiKey("ci", { deliver: [{ store: "file", path: ".env", field: "XENTREE_API_KEY" }] });
 * export const deliveries = ci.delivered.apply((all) => all?.map(textOf));
 * ```
 */
export interface KeyDelivery {
  /** The place as people call it, such as `Vault secret kv/ci/xentree`. */
  readonly place: string;
  /**
   * `delivered`; `failed` if the store could not be written; `changed` or `missing` if a refresh found that somebody has
   * changed or removed what was delivered. The next `pulumi up` repairs all but the first.
   */
  readonly status: "delivered" | "failed" | "changed" | "missing";
  /** When it was delivered. RFC 3339. Absent where it never was. */
  readonly deliveredAt?: string;
}
