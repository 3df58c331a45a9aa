import { ApiKeysError } from "../base/errors";
import { unknownValue } from "../base/unknown";
import type { Connection, Connections } from "../connection/connections";
import type { ServiceDefinition } from "../definition/definition";
import type { Stores } from "../delivery/store";
import { printable } from "../redaction/printable";
import type { Vendor } from "../vendor";
import type { KeyPlace, OperationMemory } from "./memory";
import type { KeyFields, KeyInputs, RecordedKey } from "./state/key";

/** One engine operation, as the lifecycle needs it: time, chance, connections, vendors, and what was learned so far. */
export interface OperationContext {
  readonly connections: Connections;
  readonly memory: OperationMemory;
  readonly stores: Stores;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** Seven random hexadecimal digits. */
  suffix(): string;
  vendor(definition: ServiceDefinition, connection: Connection): Vendor;
  /** Whether the user has this key revoked though it is used, where `revokeWhenIdleFor` would keep it. */
  isRevokedThoughUsed(keyId: string): boolean;
}

/** Environment variable that names the keys which are revoked though they are used, by their ids and with commas between. */
export const revokeUsedVariable = "APIKEYS_REVOKE_USED";

/** One key, with the vendor that holds it. */
export interface KeyContext extends KeyPlace {
  readonly vendor: Vendor;
  /**
   * Origin at which a recorded key was created, where the connection says that the vendor has moved from there. The key
   * is the same only if it is seen at the new place.
   */
  readonly movedFrom?: string;
  /** Milliseconds by which the vendor's list may lag behind a create. */
  readonly listLagMs: number;
  /** How messages call the key. */
  readonly label: string;
}

/** Where a key is, and what it is called. */
interface KeyLocation extends Pick<KeyInputs, "service" | "connection" | "pathParameters"> {
  readonly fields: KeyFields;
  readonly keyId?: string | undefined;
}

/**
 * The key that inputs or state speak of.
 *
 * @throws {ApiKeysError} CONFIGURATION when the connection cannot be used
 */
export function resolveKey(operation: OperationContext, key: KeyLocation): KeyContext {
  const { definition } = key.service;
  const connection = connectionOf(operation, key);
  const pathParameters = Object.fromEntries(
    Object.keys(definition.pathParameters).map((name) => [name, knownText(key.pathParameters[name], name)]),
  );
  const label = labelOf(key);
  const vendor = operation.vendor(definition, connection);
  const { name, listLagMs } = connection;
  return { definition, connection: name, vendor, pathParameters, listLagMs, label };
}

/**
 * The key that state speaks of, at the place where it was created.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the connection now leads to another server: what that says about the
 *   key would be worth nothing
 */
export function resolveRecordedKey(
  operation: OperationContext,
  key: KeyLocation & Pick<RecordedKey, "origin">,
): KeyContext {
  const context = resolveKey(operation, key);
  const { movedFrom } = connectionOf(operation, key);
  if (context.vendor.origin === key.origin) return context;
  if (movedFrom === key.origin) return { ...context, movedFrom };
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${context.label} was created at ${key.origin}, but connection "${String(key.connection)}" now leads to ` +
      `${context.vendor.origin}. Correct the connection's base URL, or give the other server a connection of its own. ` +
      `If the vendor has moved, set the connection's movedFrom to ${key.origin}.`,
  );
}

/** The same place for the key before the current one, which messages have to tell from it. */
export function contextOfPrevious(context: KeyContext, previous: RecordedKey): KeyContext {
  return { ...context, label: `previous ${labelOf(previous)}` };
}

/** How messages call a key where its id matters; of a key without a name that is all they have. */
export function labelWithId({ label }: Pick<KeyContext, "label">, keyId: string): string {
  const id = printable(keyId);
  return label.endsWith(JSON.stringify(id)) ? label : `${label} (${id})`;
}

function labelOf({ service, fields, keyId }: KeyLocation): string {
  const called = typeof fields.name === "string" ? fields.name : keyId;
  return `${service.definition.title} key${called === undefined ? "" : ` ${JSON.stringify(printable(called))}`}`;
}

function connectionOf(operation: OperationContext, { service, connection }: KeyLocation): Connection {
  return operation.connections.resolve(knownText(connection, "connection"), service.definition);
}

/** Nothing is sent to a vendor before the engine knows all that it takes to say where. */
function knownText(value: string | typeof unknownValue | undefined, name: string): string {
  if (value !== undefined && value !== unknownValue) return value;
  throw new ApiKeysError("INVALID_INPUT", `The API key has no ${name}, so it is not known where it belongs.`);
}
