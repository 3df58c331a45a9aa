import type { Properties } from "../../support/lifecycle/lifecycle";

/** What happens next to one stack, its vendor and its users: data, so that a counterexample can be read and kept. */
export type Step =
  /** The program no longer declares a key, or declares it with these arguments changed; null takes one away. */
  | { readonly do: "edit"; readonly key: string; readonly change: Properties | null }
  | ({ readonly do: "up"; readonly preview: boolean; readonly replace: boolean } & Troubles)
  | ({ readonly do: "refresh"; readonly preview: boolean } & Troubles)
  | ({ readonly do: "destroy" } & Troubles)
  /** The user runs `pulumi-apikeys recover`, and answers its questions truthfully. */
  | ({ readonly do: "recover" } & Pick<Troubles, "faults">)
  | { readonly do: "wait"; readonly hours: number }
  /**
   * Someone else ends one of our keys at the vendor, by its place in state: to rotate it is to give it another value, and
   * to supplant it is to put theirs in its place, which gets its id where ids are used again.
   */
  | { readonly do: "revoke" | "deactivate" | "rotate" | "supplant"; readonly key: number }
  /** A consumer uses one of our keys, by its place in state. */
  | { readonly do: "use"; readonly key: number }
  /** Someone else changes what a store holds of a key, or takes it away. */
  | { readonly do: "spoil"; readonly key: string; readonly how: "changed" | "missing" }
  /** Someone else makes a key of their own. */
  | { readonly do: "issue"; readonly name: string; readonly place: number };

/** What goes wrong while a command runs. */
export interface Troubles {
  readonly faults: Faults;
  readonly kill?: Kill | undefined;
  /** The first create or update is done, and then fails by a mistake of the provider's own. */
  readonly mishap?: "create" | "update";
  /** The credentials are another tenant's. */
  readonly stranger?: true;
}

/** What becomes of a command's requests, by kind and in order; those beyond the end of a list are served. */
export interface Faults {
  readonly create: readonly CreateFate[];
  readonly list: readonly ListFate[];
  readonly get: readonly ReadFate[];
  readonly tenant: readonly ReadFate[];
  readonly revoke: readonly RevokeFate[];
  readonly store: readonly StoreFate[];
}

export interface CreateFate {
  readonly how:
    | "served"
    /** A status of 4xx: no key is made, and that is known. */
    | "refused"
    /** No key is created, and the client cannot know. */
    | "lost before commit"
    /** The key is created, but the response is lost: a broken connection, a 5xx, half a body. */
    | "lost after commit";
  /** Milliseconds until lists show the key; if infinite, they do from the next step on. */
  readonly lagMs: number;
  /** A colleague is a moment faster, with a key of the same shape, and of the same name unless it is one that we made up. */
  readonly rival: boolean;
}

export type ReadFate = "served" | "fails";

export type ListFate =
  | ReadFate
  /** From now on only the first half of the keys is shown, and responses tell that there are more. */
  | "cut";

export type RevokeFate =
  | "served"
  | "fails before commit"
  | "fails after commit"
  /** A 404 that is not the vendor's own: nothing is done. */
  | "unproven";

export type StoreFate = "served" | "fails before commit" | "fails after commit";

/** A process dies at a request, which the vendor still serves or never gets. */
export interface Kill {
  readonly who: "CLI" | "provider";
  /** Which of the command's requests, from 0. */
  readonly request: number;
  readonly moment: "before commit" | "after commit";
}

export const noTroubles: Troubles = {
  faults: { create: [], list: [], get: [], tenant: [], revoke: [], store: [] },
};

export function isQuiet({ faults, kill, mishap, stranger }: Troubles): boolean {
  return !kill && !mishap && !stranger && Object.values(faults).every((fates) => fates.length === 0);
}
