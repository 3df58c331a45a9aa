/** When and why a key is to be renewed, as the program says it. */
export interface RotationArgs {
  /** Longest life of a key, such as "30d". */
  every?: string;
  /** How long before its expiry a key is renewed, such as "14d". */
  beforeExpiry?: string;
  /** How long the previous key stays valid beside its successor, such as "7d". */
  overlap?: string;
  /** Any values; when one changes, the key is renewed. */
  triggers?: Record<string, unknown>;
  /** Whether a renewal revokes the old key at once, overlap or not. */
  revokeNow?: boolean;
  /** How long before an expiry that nothing renews in time is warned, such as "14d"; "off" is never. */
  warnBeforeExpiry?: string;
}

/** The part of a resource's inputs, or of the outputs that mirror them, that says when its key is due. */
export interface Schedule {
  rotation?: RotationArgs;
  expiresIn?: string;
  /** When the key was created or taken over, by the clock of the machine that did it. */
  rotatedAt?: string;
  /** From when the period counts, where that is earlier: a key that was renewed late is due on the old dates. */
  anchorAt?: string;
  /** From when the lifetime counts, where the vendor was asked to extend it after the key was made. */
  extendedAt?: string;
  expiresAt?: string;
  /** Until when the key before this one stays valid, while there is one. */
  previousRevokeAt?: string;
  dueAt?: string;
  status?: string;
}
