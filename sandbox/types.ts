import type { Fault } from "./faults";
import type { Journal } from "./journal";
import type { VendorName } from "./vendorName";

export type { VendorName };

export interface SandboxOptions {
  /** TCP port on 127.0.0.1. @default a free one */
  port?: number;
  /** The clock, in epoch milliseconds, by which keys and login tokens expire. @default Date.now */
  now?: () => number;
  /** Milliseconds that every request waits before it is handled. @default 0 */
  latencyMs?: number;
  /** Seconds for which a token from the Xentree login is accepted. @default 900 */
  accessTokenLifetimeSeconds?: number;
  /** Requests a second, counted for each vendor; more get a 429. @default no limit */
  rateLimitPerSecond?: number;
}

export interface SandboxCredentials {
  readonly xentree: {
    /** An admin's. It never expires, unlike the tokens of a login. */
    readonly token: string;
    readonly username: string;
    readonly password: string;
    /** A member's of the same tenant, which gets 403 on API keys. */
    readonly memberToken: string;
    /** An admin's of another tenant, who sees only that tenant's keys. */
    readonly otherTenantToken: string;
    /** The one organisation ("Acme") that a key of the first tenant can belong to. */
    readonly organizationId: string;
  };
  readonly applications: {
    readonly token: string;
    /** Gets 403 on API keys. */
    readonly viewerToken: string;
    readonly applicationId: string;
    readonly otherApplicationId: string;
  };
  readonly sendkit: {
    /** The owner's platform key, `sk_user_…`. */
    readonly apiKey: string;
    /** A platform key of somebody who is neither owner nor admin. It gets 403. */
    readonly memberApiKey: string;
    /** A workspace key, `sk_ws_…`. It gets 403. */
    readonly workspaceApiKey: string;
    readonly workspaceId: string;
    /** A second workspace of the same owner. Any other id gets 403. */
    readonly otherWorkspaceId: string;
  };
}

/** The fields that every vendor's key has in its JSON. */
export interface WireKey {
  id: string;
  name: string;
  prefix: string;
}

/** A key as `dump` gives it and `restore` takes it. */
export interface KeyRecord<Wire extends WireKey> {
  readonly wire: Wire;
  readonly value: string;
  /** The tenant, application or workspace that the key belongs to. */
  readonly scope: string;
  revoked: boolean;
}

/** A key in the vendor's own database, which has values and keeps revoked keys. */
export interface SandboxKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly value: string;
  /** Whether the value is accepted now: neither revoked, nor inactive, nor expired. */
  readonly live: boolean;
  readonly createdAt: string;
  readonly expiresAt?: string;
  /** The application or the workspace; Xentree's keys have none. */
  readonly parent?: string;
}

/** Fields under the vendor's names. For SendKit, `replace` revokes the key that is there. */
export type OutOfBandFields = { readonly replace?: boolean } & Readonly<Record<string, unknown>>;

export interface Sandbox {
  /** `http://127.0.0.1:PORT`, the base URL of all three vendors, without a trailing slash. */
  readonly url: string;
  /** The credentials that are valid now. */
  readonly credentials: SandboxCredentials;
  readonly journal: Journal;
  keys(vendor: VendorName): SandboxKey[];
  /** All keys of a vendor, revoked ones too. They survive JSON. */
  dump(vendor: VendorName): KeyRecord<WireKey>[];
  /** Adds keys that another sandbox dumped, with their ids, values and dates. */
  restore(vendor: VendorName, records: readonly KeyRecord<WireKey>[]): void;
  /** Revokes a key as an admin in the vendor's own console would. */
  revokeOutOfBand(vendor: VendorName, id: string): void;
  /** Makes a key inactive, still listed. @throws for a vendor whose keys have no such state */
  deactivateOutOfBand(vendor: VendorName, id: string): void;
  /** Overwrites fields under the vendor's names without checks, so that a test can make any drift. */
  changeOutOfBand(vendor: VendorName, id: string, patch: Readonly<Record<string, unknown>>): void;
  /**
   * Creates a key as a colleague would. `applicationId`, `workspaceId` or `tenant_id` says where; the default is the first
   * one. Other fields have the vendor's names and are not checked, so that a test can create an expired key.
   */
  createOutOfBand(vendor: VendorName, fields: OutOfBandFields): SandboxKey;
  /** Changes all of a vendor's credentials. The old ones and the tokens of earlier logins are refused from then on. */
  rotateCredentialsOutOfBand(vendor: VendorName): void;
  inject(fault: Fault): void;
  clearFaults(): void;
  /** Stops listening and destroys every open connection, hanging ones included. */
  close(): Promise<void>;
}
