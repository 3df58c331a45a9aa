import type { Knowable } from "../../base/unknown";
import type { ServiceDefinition } from "../../definition/definition";
import type { Target, Written } from "../../delivery/store";
import type { RotationArgs } from "../../rotation";

/**
 * A key's condition when it was last looked at. A `rotated` key still works, but somebody gave it another value at the
 * vendor, so the value in state does not.
 */
export type Status = "active" | "revoked" | "expired" | "rotated";

/** The service of a key: as properties name or carry it, and its definition. */
export interface KeyService {
  /** Name, as properties have it. */
  readonly name?: string | undefined;
  /** A user's own definition as it was written; undefined for a built-in service. */
  readonly written?: unknown;
  readonly definition: ServiceDefinition;
}

/** The vendor's own fields, by our names. The definition tells the types of all but those that every service shares. */
export interface KeyFields {
  readonly name?: Knowable<string> | undefined;
  /** RFC 3339. */
  readonly expiresAt?: Knowable<string> | undefined;
  readonly [field: string]: unknown;
}

/** The dates and the count of a key's schedule. In inputs they are for plans to show; in state they are what was done. */
export interface KeySchedule {
  readonly rotatedAt?: string | undefined;
  readonly anchorAt?: string | undefined;
  readonly extendedAt?: string | undefined;
  readonly dueAt?: string | undefined;
  readonly previousRevokeAt?: string | undefined;
  /** Counts the keys of a resource that is renewed with an overlap. */
  readonly generation?: number | undefined;
}

/** Where a program has the value taken, and whether the state keeps it. */
export interface DeliveryArguments {
  readonly deliver?: Knowable<readonly Knowable<Target>[]> | undefined;
  /** Default: true. */
  readonly valueInState?: Knowable<boolean> | undefined;
  /** What becomes of a delivery that was changed or removed in its store, where only another key can repair it. */
  readonly onLostDelivery?: Knowable<"rotate" | "fail"> | undefined;
  /** Recipients of `encryptedValue`. */
  readonly encryptTo?: Knowable<readonly Knowable<string>[]> | undefined;
}

/** How a delivery was left or found. */
export type DeliveryStatus = "delivered" | "changed" | "missing" | "failed";

/** What became of one delivery. */
export interface Delivery {
  readonly target: Target;
  /** How messages call the place. */
  readonly place: string;
  readonly status: DeliveryStatus;
  /** RFC 3339. */
  readonly deliveredAt?: string | undefined;
  /** Fingerprint of the value of the key that it was made for. */
  readonly fingerprint?: string | undefined;
  /** Absent where nothing was written. */
  readonly written?: Written | undefined;
  /** Fingerprint of each field's text in a write that failed, and may have arrived all the same. */
  readonly attempted?: Written["fields"] | undefined;
}

/** What a program asks, with the name and the dates that `check` adds. In a preview, parts of it are not known yet. */
export interface KeyInputs extends KeySchedule, DeliveryArguments {
  readonly service: KeyService;
  readonly connection: Knowable<string>;
  readonly pathParameters: Readonly<Record<string, Knowable<string>>>;
  readonly fields: KeyFields;
  readonly expiresIn?: Knowable<string> | undefined;
  readonly rotation?: Knowable<RotationArgs> | undefined;
  /** How long the key must not have been used before a delete revokes it, such as "24h". */
  readonly revokeWhenIdleFor?: Knowable<string> | undefined;
  readonly adopt?: Knowable<string> | undefined;
  readonly adoptValue?: Knowable<string> | undefined;
  /** Whether `check` made up the name, which is then nobody else's. */
  readonly autonamed?: boolean | undefined;
  /** Added by `read` where a key was found revoked or expired, so that a plan shows it. */
  readonly status?: Status | undefined;
}

/** What tells one key at a vendor from all others. */
export interface RecordedKey {
  readonly service: KeyService;
  readonly connection: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly fields: KeyFields;
  /** The vendor's id of the key. */
  readonly keyId: string;
  /** Origin of the server at which the key was made. */
  readonly origin: string;
  readonly value?: string | undefined;
  readonly expiresIn?: Knowable<string> | undefined;
  readonly rotatedAt?: string | undefined;
  /** Whether we made up the name that was asked for. */
  readonly autonamed?: boolean | undefined;
  /** Inputs that the vendor did not take as they were asked; null where nothing was asked and the vendor chose. */
  readonly asked?: Readonly<Record<string, unknown>> | undefined;
  readonly adopt?: Knowable<string> | undefined;
  /** The vendor's id of the key that was taken over at first, where the program no longer says `adopt`. */
  readonly adoptedKeyId?: string | undefined;
  /** When its successor was made, of a key that has one. */
  readonly succeededAt?: string | undefined;
}

/**
 * What was done. It mirrors the inputs, for `delete` and `read` are given state alone.
 */
export interface KeyState
  extends Omit<KeyInputs, "connection" | "pathParameters" | "adoptValue">,
    RecordedKey {
  readonly status: Status;
  /** Tells that the value changed, and nothing about what it is. */
  readonly fingerprint?: string | undefined;
  /** False where the value of an adopted key was never given. */
  readonly valueAvailable?: boolean | undefined;
  /** How the vendor told inputs that it now tells as they were asked. Either way is as good as the other. */
  readonly rendered?: Readonly<Record<string, unknown>> | undefined;
  /** Names of inputs of which no look has told yet how the vendor took them; `*` for all. */
  readonly unconfirmed?: readonly string[] | undefined;
  /** Names of inputs that an update was to change, and that the vendor left or changed otherwise. */
  readonly refused?: readonly string[] | undefined;
  /** Since when the key of a create whose response was lost may still appear. RFC 3339. */
  readonly unsettledSince?: string | undefined;
  readonly delivered?: readonly Delivery[] | undefined;
  /** The value, for the recipients that `encryptTo` names. */
  readonly encryptedValue?: string | undefined;
  readonly previousKeyId?: string | undefined;
  readonly previousValue?: string | undefined;
  /** What tells the previous key from another that got its id. RFC 3339. */
  readonly previousCreatedAt?: string | undefined;
  readonly previousPrefix?: string | undefined;
  /** Told apart by it where the state holds no values. */
  readonly previousFingerprint?: string | undefined;
}
