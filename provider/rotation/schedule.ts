import { type Knowable, unknownValue } from "../base/unknown";

/** When and why a key is to be renewed, as the program says it. In a preview, parts of it may not be known yet. */
export interface RotationArgs {
  /** Longest life of a key, such as "30d". */
  readonly every?: Knowable<string> | undefined;
  /** How long before its expiry a key is renewed, such as "14d". */
  readonly beforeExpiry?: Knowable<string> | undefined;
  /** How long the previous key stays valid beside its successor, such as "7d". */
  readonly overlap?: Knowable<string> | undefined;
  /** How long the previous key must not have been used before it is revoked, such as "24h". */
  readonly revokeWhenIdleFor?: Knowable<string> | undefined;
  /** How long a previous key that is used stays at most, such as "30d". */
  readonly overlapAtMost?: Knowable<string> | undefined;
  /** Any values; when one changes, the key is renewed. */
  readonly triggers?: Knowable<Readonly<Record<string, unknown>>> | undefined;
  /** Whether a renewal revokes the old key at once, overlap or not. */
  readonly revokeNow?: Knowable<boolean> | undefined;
  /** How long before an expiry that nothing renews in time the user is warned, such as "14d"; "off" is never. */
  readonly warnBeforeExpiry?: Knowable<string> | undefined;
}

/** The part of a key's inputs or state that says when the key is due. */
export interface Schedule {
  readonly rotation?: Knowable<RotationArgs> | undefined;
  readonly expiresIn?: Knowable<string> | undefined;
  /** When the key was created or taken over, by the clock of the machine that did it. RFC 3339, as all moments here. */
  readonly rotatedAt?: string | undefined;
  /** From when the period counts, where that is earlier: a key that was renewed late is due on the old dates. */
  readonly anchorAt?: string | undefined;
  /** From when the lifetime counts, where the vendor was asked to extend it after the key was made. */
  readonly extendedAt?: string | undefined;
  readonly expiresAt?: Knowable<string> | undefined;
  /** Until when the key before this one stays valid, while there is one. */
  readonly previousRevokeAt?: string | undefined;
  readonly dueAt?: string | undefined;
  readonly status?: string | undefined;
}

/** What is known of the rotation that is asked for; empty where nothing is. */
export function rotationOf({ rotation }: Pick<Schedule, "rotation">): RotationArgs {
  return rotation === undefined || rotation === unknownValue ? {} : rotation;
}
