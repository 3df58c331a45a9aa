import { randomBytes, randomUUID } from "node:crypto";
import type { KeyRecord, SandboxKey, VendorName, WireKey } from "./types";

export interface KeyShape<Wire extends WireKey> {
  readonly vendor: VendorName;
  /** The beginning of every value. */
  readonly valueStart: string;
  /** Number of the value's first characters that the vendor keeps showing. */
  readonly prefixLength: number;
  /** Whether a key's path names the scope: true for an application or a workspace, false for a tenant. */
  readonly scopeIsParent: boolean;
  readonly life: (wire: Wire) => {
    readonly createdAt: string;
    readonly expiresAt: string | null;
    readonly active: boolean;
  };
}

export class KeyStore<Wire extends WireKey> {
  readonly #records = new Map<string, KeyRecord<Wire>>();
  readonly #shape: KeyShape<Wire>;
  readonly #now: () => number;

  constructor(shape: KeyShape<Wire>, now: () => number) {
    this.#shape = shape;
    this.#now = now;
  }

  issue(
    scope: string,
    build: (minted: { id: string; prefix: string; created: string }) => Wire,
    patch: Readonly<Record<string, unknown>> = {},
  ): KeyRecord<Wire> {
    const value = this.#shape.valueStart + randomBytes(32).toString("base64url");
    const wire = build({
      id: randomUUID(),
      prefix: value.slice(0, this.#shape.prefixLength),
      created: new Date(this.#now()).toISOString(),
    });
    this.#overwrite(wire, patch);
    const record = { wire, value, scope, revoked: false };
    this.#records.set(wire.id, record);
    return record;
  }

  /** Oldest first, without the revoked ones. */
  list(scope: string): KeyRecord<Wire>[] {
    return [...this.#records.values()].filter((record) => record.scope === scope && !record.revoked);
  }

  find(scope: string, id: string): KeyRecord<Wire> | undefined {
    return this.list(scope).find((record) => record.wire.id === id);
  }

  /** The live key with this value. */
  authenticate(value: string | undefined): KeyRecord<Wire> | undefined {
    return [...this.#records.values()].find((record) => record.value === value && this.#isLive(record));
  }

  /** @throws when no client could see such a key */
  revoke(id: string): void {
    this.#held(id).revoked = true;
  }

  /** @throws when no client could see such a key, or no key has such a field */
  change(id: string, patch: Readonly<Record<string, unknown>>): void {
    this.#overwrite(this.#held(id).wire, patch);
  }

  describe(record: KeyRecord<Wire>): SandboxKey {
    const { createdAt, expiresAt } = this.#shape.life(record.wire);
    return {
      id: record.wire.id,
      name: record.wire.name,
      prefix: record.wire.prefix,
      value: record.value,
      live: this.#isLive(record),
      createdAt,
      ...(expiresAt !== null && { expiresAt }),
      ...(this.#shape.scopeIsParent && { parent: record.scope }),
    };
  }

  all(): SandboxKey[] {
    return [...this.#records.values()].map((record) => this.describe(record));
  }

  /** Every key, revoked ones too, as `restore` takes it. */
  dump(): KeyRecord<Wire>[] {
    return structuredClone([...this.#records.values()]);
  }

  /** Takes over keys that another store dumped, with their ids, values and dates. */
  restore(records: readonly KeyRecord<Wire>[]): void {
    for (const record of structuredClone(records)) this.#records.set(record.wire.id, record);
  }

  /** Throws for a key that does not exist, because a test that changes nothing proves nothing. */
  #held(id: string): KeyRecord<Wire> {
    const record = this.#records.get(id);
    if (record === undefined || record.revoked) {
      throw new Error(`The sandbox's ${this.#shape.vendor} holds no key ${id}, or it was already revoked.`);
    }
    return record;
  }

  #isLive(record: KeyRecord<Wire>): boolean {
    const { expiresAt, active } = this.#shape.life(record.wire);
    return !record.revoked && active && (expiresAt === null || Date.parse(expiresAt) > this.#now());
  }

  #overwrite(wire: Wire, patch: Readonly<Record<string, unknown>>): void {
    for (const field of Object.keys(patch)) {
      if (field === "id" || !Object.hasOwn(wire, field)) {
        throw new Error(`A key of the sandbox's ${this.#shape.vendor} has no field "${field}" to change.`);
      }
    }
    Object.assign(wire, patch);
  }
}
