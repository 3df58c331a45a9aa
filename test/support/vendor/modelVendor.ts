import { ApiKeysError } from "../../../provider/base/errors";
import { instantMs, instantText } from "../../../provider/base/time";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type {
  CreatedKey,
  Known,
  PathParameters,
  RemoteKey,
  Revocation,
  Vendor,
} from "../../../provider/vendor";

/** A key as the model's own database holds it. */
export interface ModelKey {
  /** Which key it is, also where a later one got its id. */
  readonly serial: number;
  id: string;
  readonly pathParameters: PathParameters;
  readonly fields: Record<string, unknown>;
  value: string;
  /** Values that it had until somebody else rotated it. */
  readonly formerValues: string[];
  live: boolean;
  /** When lists begin to show it, in milliseconds since the epoch. */
  listedFromMs: number;
}

/** What becomes of a request to create that does not simply succeed. */
export type CreateFault =
  /** The key is made and its answer never arrives. */
  | "lost after commit"
  /** No key is created, and the client cannot know. */
  | "lost before commit"
  | ApiKeysError;

/** A vendor in memory, under our names, which does at once what it is asked. */
export class ModelVendor implements Vendor {
  origin = "https://vendor.example";
  keys: ModelKey[] = [];
  /** Every request, in words and in order. */
  calls: string[] = [];
  createFaults: CreateFault[] = [];
  /** The same for requests that give a key another value. */
  rotateFaults: CreateFault[] = [];
  /** Whether a rotated key goes on under another id. */
  rotatesToAnotherId = false;
  /** The response to an update; undefined where it says nothing about the key. */
  answersUpdateWith: (key: RemoteKey) => RemoteKey | undefined = (key) => key;
  /** Whether a new key takes the place of another where only one can be, instead of being refused. */
  displaces = false;
  /** Milliseconds for which a list does not show yet what was created. */
  lagMs = 0;
  /** What the operation of this name answers instead of doing anything. */
  failing: Partial<Record<"list" | "get" | "update" | "revoke" | "tenant", ApiKeysError>> = {};
  /** A 404 from somewhere between us and the vendor, which does nothing. */
  answersRevokeWith: Revocation | undefined;
  /** What the vendor makes of the fields that it is asked for. */
  accept = (fields: Record<string, unknown>): Record<string, unknown> => fields;
  /** How the vendor shows a key in responses other than to create. */
  tell = (fields: Record<string, unknown>): Record<string, unknown> => fields;
  list?: NonNullable<Vendor["list"]>;
  get?: NonNullable<Vendor["get"]>;
  update?: NonNullable<Vendor["update"]>;
  rotate?: NonNullable<Vendor["rotate"]>;
  tenant?: NonNullable<Vendor["tenant"]>;
  completeList?: NonNullable<Vendor["completeList"]>;

  #rotations = 0;

  /** @param me the tenant of the credentials, where the service has tenants */
  constructor(
    private readonly definition: ServiceDefinition,
    private readonly now: () => number,
    private readonly me = "tenant-a",
  ) {
    const { operations, tenant } = definition;
    if (operations.list) this.list = (pathParameters, freshness) => this.#list(pathParameters, freshness);
    if (operations.get) this.get = (pathParameters, keyId) => this.#get(pathParameters, keyId);
    if (operations.update.length > 0)
      this.update = (pathParameters, known, inputs, changed) =>
        this.#update(pathParameters, known, inputs, changed);
    if (operations.rotate)
      this.rotate = (pathParameters, known, inputs) => this.#rotate(pathParameters, known, inputs);
    if (tenant?.whoami) this.tenant = () => this.#tenant();
  }

  /** The same vendor, as somebody of another tenant sees it. */
  as(tenant: string): ModelVendor {
    const other = new ModelVendor(this.definition, this.now, tenant);
    other.keys = this.keys;
    other.calls = this.calls;
    return other;
  }

  async create(
    pathParameters: PathParameters,
    inputs: Readonly<Record<string, unknown>>,
  ): Promise<CreatedKey> {
    this.calls.push("create");
    const fault = this.createFaults.shift();
    if (fault instanceof ApiKeysError) throw fault;
    if (fault === "lost before commit") throw lost();
    this.#makeRoom(pathParameters);
    const key = this.issue(pathParameters, inputs);
    if (fault === "lost after commit") throw lost();
    return { id: key.id, fields: { ...key.fields }, value: key.value };
  }

  async revoke(pathParameters: PathParameters, keyId: string): Promise<Revocation> {
    this.calls.push(`revoke ${keyId}`);
    if (this.failing.revoke) throw this.failing.revoke;
    if (this.answersRevokeWith) return this.answersRevokeWith;
    const key = this.#find(pathParameters, keyId);
    if (!key) return "absent";
    key.live = false;
    return "revoked";
  }

  /** A key that exists, whoever asked for it. */
  issue(pathParameters: PathParameters, inputs: Readonly<Record<string, unknown>>): ModelKey {
    const serial = this.keys.length + 1;
    const { tenant, fields } = this.definition;
    const asked = Object.entries(inputs).filter(([name]) => fields[name]?.input !== undefined);
    const key: ModelKey = {
      serial,
      id: this.#freedId() ?? `key-${serial}`,
      pathParameters,
      value: `canary-value-${serial}`,
      formerValues: [],
      live: true,
      listedFromMs: this.now() + this.lagMs,
      fields: {
        ...this.accept(Object.fromEntries(asked)),
        prefix: `canary-${serial}`,
        createdAt: instantText(this.now()),
        ...(tenant && { [tenant.field]: this.me }),
        ...(fields.active && { active: true }),
        ...(fields.lastUsedAt && { lastUsedAt: null }),
      },
    };
    this.keys.push(key);
    return key;
  }

  /** Somebody gives a key another value in the vendor's own page. */
  rotateOutOfBand(key: ModelKey): void {
    this.#rotations++;
    key.formerValues.push(key.value);
    key.value = `canary-value-${key.serial}+${this.#rotations}`;
    key.fields.prefix = `rotated-${this.#rotations}-of-${key.serial}`;
  }

  /** A consumer uses a key. */
  use(key: ModelKey): void {
    if (this.definition.fields.lastUsedAt) key.fields.lastUsedAt = instantText(this.now());
  }

  /** Ids of the keys that open something. */
  get live(): string[] {
    return this.keys.filter((key) => key.live).map((key) => key.id);
  }

  /** Whether a key opens anything now. */
  opens({ live, fields }: ModelKey): boolean {
    const expiresMs = instantMs(fields.expiresAt);
    return live && fields.active !== false && (expiresMs === undefined || expiresMs > this.now());
  }

  /** Lists now show what they would not have shown in any time. */
  catchUp(): void {
    for (const key of this.keys)
      if (key.listedFromMs === Number.POSITIVE_INFINITY) key.listedFromMs = this.now();
  }

  /** Whether any key is under these path parameters. */
  isOccupied(pathParameters: PathParameters): boolean {
    return this.#visible(pathParameters).length > 0;
  }

  /** The key of this id: the one that is there, else the last that had it. */
  key(id: string): ModelKey {
    const bearers = this.keys.filter((key) => key.id === id);
    const found = bearers.find(({ live }) => live) ?? bearers.at(-1);
    if (!found) throw new Error(`The model has no ${id}.`);
    return found;
  }

  /** The id of a deleted key that no other has now, at a vendor that uses ids again. */
  #freedId(): string | undefined {
    const taken = new Set(this.live);
    return this.definition.reusesIds ? this.keys.find(({ id }) => !taken.has(id))?.id : undefined;
  }

  #makeRoom(pathParameters: PathParameters): void {
    if (this.definition.kind !== "singleton") return;
    for (const key of this.#visible(pathParameters)) {
      if (!this.displaces) throw new ApiKeysError("HTTP_PROBLEM", "HTTP 409.");
      key.live = false;
    }
  }

  async #list(pathParameters: PathParameters, freshness: "shared" | "fresh"): Promise<RemoteKey[]> {
    this.calls.push(freshness === "fresh" ? "list anew" : "list");
    if (this.failing.list) throw this.failing.list;
    return this.#visible(pathParameters).flatMap((key) =>
      this.now() < key.listedFromMs ? [] : [this.#told(key)],
    );
  }

  async #get(pathParameters: PathParameters, keyId: string): Promise<RemoteKey | undefined> {
    this.calls.push(keyId === "" || this.definition.kind === "singleton" ? "get" : `get ${keyId}`);
    if (this.failing.get) throw this.failing.get;
    const key = this.#find(pathParameters, keyId);
    return key && this.#told(key);
  }

  async #update(
    pathParameters: PathParameters,
    known: Known,
    inputs: Known,
    changed: readonly string[],
  ): Promise<RemoteKey | undefined> {
    this.calls.push(`update ${changed.join(", ")} of ${known.keyId}`);
    if (this.failing.update) throw this.failing.update;
    const key = this.#find(pathParameters, String(known.keyId));
    if (!key) throw new ApiKeysError("HTTP_PROBLEM", "HTTP 404.");
    Object.assign(
      key.fields,
      this.accept(Object.fromEntries(changed.map((name) => [name, inputs[name] ?? null]))),
    );
    return this.answersUpdateWith(this.#told(key));
  }

  async #rotate(pathParameters: PathParameters, known: Known, inputs: Known): Promise<CreatedKey> {
    this.calls.push(`rotate ${known.keyId}`);
    const fault = this.rotateFaults.shift();
    if (fault instanceof ApiKeysError) throw fault;
    if (fault === "lost before commit") throw lost();
    const key = this.#find(pathParameters, String(known.keyId));
    if (!key) throw new ApiKeysError("HTTP_PROBLEM", "HTTP 404.");
    this.#rotations++;
    key.value = `${key.value.split("+")[0]}+${this.#rotations}`;
    if (inputs.expiresAt !== undefined) key.fields.expiresAt = inputs.expiresAt;
    if (this.rotatesToAnotherId) key.id = `${key.id}-again`;
    if (fault === "lost after commit") throw lost();
    return { id: key.id, fields: { ...key.fields }, value: key.value };
  }

  async #tenant(): Promise<string> {
    this.calls.push("whoami");
    if (this.failing.tenant) throw this.failing.tenant;
    return this.me;
  }

  #told(key: ModelKey): RemoteKey {
    return { id: key.id, fields: this.tell({ ...key.fields }) };
  }

  #find(pathParameters: PathParameters, keyId: string): ModelKey | undefined {
    const visible = this.#visible(pathParameters);
    return this.definition.kind === "singleton" ? visible[0] : visible.find(({ id }) => id === keyId);
  }

  #visible(pathParameters: PathParameters): ModelKey[] {
    const { tenant } = this.definition;
    return this.keys.filter(
      (key) =>
        key.live &&
        JSON.stringify(key.pathParameters) === JSON.stringify(pathParameters) &&
        (!tenant || key.fields[tenant.field] === this.me),
    );
  }
}

function lost(): ApiKeysError {
  return new ApiKeysError("OUTCOME_UNKNOWN", "The connection broke before the answer came.");
}
