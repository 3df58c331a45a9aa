import type { ApiKeysError } from "./base/errors";

export type PathParameters = Readonly<Record<string, string>>;

/** What is known of a key under our names, for requests that name it by more than its id. */
export type Known = Readonly<Record<string, unknown>>;

/** What became of a request to revoke. */
export type Revocation =
  /** The key was live and is no more. */
  | "revoked"
  /** The vendor says, in its own words, that there is no such key. */
  | "absent"
  /** A 404 or a page that need not come from the vendor's key API: it proves nothing. */
  | "unproven";

/** Everything that the lifecycle asks of a vendor. */
export interface Vendor {
  /** Origin that the requests go to; a key is bound to it. */
  readonly origin: string;

  /**
   * Every key under the path parameters, or an error: never a part of them, but for a list that is declared to prove no key's
   * absence. Undefined where the vendor has no list.
   *
   * @param freshness `shared` may answer from a list that this operation has read already
   */
  list?(pathParameters: PathParameters, freshness: "shared" | "fresh"): Promise<readonly RemoteKey[]>;

  /**
   * The keys that the list shows, even where a response shows that there are more: a key that is on it exists, and of
   * all others it says nothing. Undefined where the vendor has no list, or where `list` never is an error for that.
   *
   * @param freshness `shared` may answer from a list that this operation has read already
   */
  listVisible?(pathParameters: PathParameters, freshness: "shared" | "fresh"): Promise<readonly RemoteKey[]>;

  /**
   * The list to conclude a key's absence from: the given one if it proves as much, else one that was read later and
   * does. One reading of several pages can miss a live key, because another is revoked meanwhile and those behind
   * it move up. Undefined where a list comes whole.
   *
   * @param list as `list` or `listVisible` gave it
   * @throws {ApiKeysError} RESPONSE_INVALID when the vendor shows that there are more keys, or when keys are revoked
   *   faster than they can be listed
   */
  completeList?(pathParameters: PathParameters, list: readonly RemoteKey[]): Promise<readonly RemoteKey[]>;

  /**
   * Why a list may lack keys although it was read whole: it is as long as the vendor's lists ever are. Undefined where it
   * lacks none, or where the vendor's lists have no such length.
   *
   * @param list as `list` or `listVisible` gave it
   */
  cutShort?(list: readonly RemoteKey[]): ApiKeysError | undefined;

  /**
   * One key (a singleton's only one), or undefined on the vendor's word that it does not exist.
   *
   * @param known what else is known of it. Default: nothing
   */
  get?(pathParameters: PathParameters, keyId: string, known?: Known): Promise<RemoteKey | undefined>;

  /**
   * Sends one request to create a key; never repeats one that may have reached the vendor.
   *
   * @throws {ApiKeysError} OUTCOME_UNKNOWN when a key may now exist whose value was not received
   */
  create(pathParameters: PathParameters, inputs: Known): Promise<CreatedKey | UnidentifiedKey>;

  /**
   * Changes fields of a key in place. Undefined where the vendor has no such operation.
   *
   * @param known the key as it is recorded
   * @param inputs what is asked
   * @param changed names of the fields that are to change
   * @returns the key as the vendor then tells of it; undefined where it tells nothing
   */
  update?(
    pathParameters: PathParameters,
    known: Known,
    inputs: Known,
    changed: readonly string[],
  ): Promise<RemoteKey | undefined>;

  /**
   * Sends one request to give a key another value; never repeats one that may have reached the vendor. Undefined where
   * the vendor has no such operation.
   *
   * @param known the key as it is recorded
   * @throws {ApiKeysError} OUTCOME_UNKNOWN when the key may now have another value, which was not received
   */
  rotate?(pathParameters: PathParameters, known: Known, inputs: Known): Promise<CreatedKey>;

  /**
   * Revokes one key (a singleton's only one), and deletes what is left of it where that takes another step.
   *
   * @param known what else is known of it. Default: nothing
   */
  revoke(pathParameters: PathParameters, keyId: string, name: string, known?: Known): Promise<Revocation>;

  /** The tenant of the credentials. Undefined where the vendor does not tell. */
  tenant?(): Promise<string>;
}

/** A key as the vendor tells of it, under our names. Never holds the value, except in the answer to create. */
export interface RemoteKey {
  /** The vendor's id of the key. */
  readonly id: string;
  /** The other fields that the vendor named; `null` where it said so, absent where it said nothing. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Whether the vendor does not call the key inactive: one that returns no such field has live keys alone. */
export function isLive({ fields }: Pick<RemoteKey, "fields">): boolean {
  return fields.active !== false;
}

/** A key at the moment of its creation, the only one at which the vendor shows the value. */
export interface CreatedKey extends RemoteKey {
  readonly value: string;
}

/** The same, where the answer does not tell by which id the key is known. */
export interface UnidentifiedKey extends Omit<CreatedKey, "id"> {
  readonly id: undefined;
}
