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
  /** Requests a second, counted per vendor, beyond which 429 is answered. @default no limit */
  rateLimitPerSecond?: number;
}

export interface SandboxCredentials {
  readonly xentree: {
    /** Of an admin; never expires, unlike the tokens the login hands out. */
    readonly token: string;
    readonly username: string;
    readonly password: string;
    /** Of a member of the same tenant: 403 on API keys. */
    readonly memberToken: string;
    /** Of an admin of another tenant, who sees that tenant's keys only. */
    readonly otherTenantToken: string;
    /** The one organisation ("Acme") that a key of the first tenant can belong to. */
    readonly organizationId: string;
  };
  readonly applications: {
    readonly token: string;
    /** 403 on API keys. */
    readonly viewerToken: string;
    readonly applicationId: string;
    readonly otherApplicationId: string;
  };
  readonly sendkit: {
    /** The owner's platform key, `sk_user_…`. */
    readonly apiKey: string;
    /** A platform key of somebody who is neither owner nor admin: 403. */
    readonly memberApiKey: string;
    /** A workspace key, `sk_ws_…`: 403. */
    readonly workspaceApiKey: string;
    readonly workspaceId: string;
    /** A second workspace of the same owner; any other id is foreign, and answers 403. */
    readonly otherWorkspaceId: string;
  };
}

/** What every vendor's key has on the wire, whatever else it has. */
export interface WireKey {
  id: string;
  name: string;
  prefix: string;
}

/** A key as `dump` gives it and `restore` takes it. */
export interface KeyRecord<Wire extends WireKey> {
  readonly wire: Wire;
  readonly value: string;
  /** The tenant, application or workspace outside which the key doesn't exist. */
  readonly scope: string;
  revoked: boolean;
}

/** A key as the vendor's own database holds it: value included, revoked ones too. */
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

/** Wire names, and for SendKit's one key per workspace, whether to revoke the one in the way. */
export type OutOfBandFields = { readonly replace?: boolean } & Readonly<Record<string, unknown>>;

export interface Sandbox {
  /** `http://127.0.0.1:PORT`, the base URL of all three vendors, without a trailing slash. */
  readonly url: string;
  /** Those that are good now. */
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
  /** Overwrites fields in wire names, unvalidated, so that any drift can be had. */
  changeOutOfBand(vendor: VendorName, id: string, patch: Readonly<Record<string, unknown>>): void;
  /**
   * A colleague's key. The parent is a field (`applicationId`, `workspaceId`, `tenant_id`), the seeded one
   * by default; the others are wire names, unvalidated, so that an expired key can be had at once.
   */
  createOutOfBand(vendor: VendorName, fields: OutOfBandFields): SandboxKey;
  /** Changes all of a vendor's credentials: the old ones, and the tokens that a login gave, are refused. */
  rotateCredentialsOutOfBand(vendor: VendorName): void;
  inject(fault: Fault): void;
  clearFaults(): void;
  /** Stops listening and destroys every open connection, hanging ones included. */
  close(): Promise<void>;
}
