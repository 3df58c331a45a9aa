import { ApiKeysError } from "../../provider/base/errors";
import type { OperationContext, Properties, RecordedKey } from "../../provider/lifecycle";
import { type KeyContext, resolveRecordedKey } from "../../provider/lifecycle/context";
import { isKnown } from "../../provider/lifecycle/remote/identity";
import { find } from "../../provider/lifecycle/remote/provenAbsence";
import { type KeyInfo, keyInfo, keysWithGap, tells } from "../../provider/lookup";
import { type AuditLimits, auditFindings, type Finding } from "./findings";
import { type ManagedKey, recordedKey } from "./managedKeys";
import type { ManagedPlace } from "./managedPlaces";

/** A key in the report of an audit. */
export interface AuditedKey {
  /** A `missing` key is in the state and no longer at the vendor; whose an `unknown` one is could not be proven. */
  readonly ownership: "managed" | "unmanaged" | "missing" | "unknown";
  /** The resources that have this key. */
  readonly managers: readonly ManagedKey[];
  readonly findings: readonly Finding[];
  /** As the vendor shows it. A missing key is shown as the state has it, without a status. */
  readonly key: Readonly<Record<string, unknown>> & { readonly keyId: string };
}

/** What the audit found at a place. */
export interface AuditedPlace extends ManagedPlace {
  readonly audited: readonly AuditedKey[];
  /** Why the place could not be read, in sentences. */
  readonly failure?: string;
  /** Why the place may have more keys than those, in sentences. */
  readonly gap?: string | undefined;
}

/**
 * Compares a vendor's keys at a place with those in the states of stacks.
 *
 * @param isWhole whether all states were read. If not, a key that none of them has may be of another, and is not unmanaged
 */
export async function auditPlace(
  place: ManagedPlace,
  limits: AuditLimits,
  isWhole: boolean,
): Promise<AuditedPlace> {
  const { operation } = place;
  const present = new Map<string, KeyInfo>();
  let gap: string | undefined;
  try {
    if (isListed(place)) {
      const listed = await keysWithGap(place, operation.now());
      gap = listed.gap;
      for (const key of listed.keys) present.set(key.keyId, key);
    }
    for (const managed of place.keys) {
      const recorded = recordedKey(managed);
      const context = resolveRecordedKey(operation, recorded);
      // At another server, a key of the same id may be a stranger's, which a look at it refuses.
      if (present.has(managed.keyId) && context.movedFrom === undefined) continue;
      const key = await lookedAt(operation, context, recorded);
      if (key !== undefined) present.set(key.keyId, key);
    }
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    // A key that could not be read is not missing.
    return { ...place, audited: [], failure: error.message };
  }
  const showsUse = place.definition.fields.lastUsedAt !== undefined;
  const seen = [...present.values()].map((key): AuditedKey => {
    const managers = [...place.keys, ...place.others].filter((managed) => isThatOf(place, key, managed));
    const ownership = managers.length > 0 ? "managed" : isWhole ? "unmanaged" : "unknown";
    const dated = withKnownExpiry(key, managers);
    const found = auditFindings(dated, managers, showsUse, limits);
    const proven = isWhole ? found : found.filter((finding) => finding !== "unmanaged");
    return { ownership, managers, findings: proven, key: dated };
  });
  return { ...place, audited: [...seen, ...missing(place, present)], gap };
}

/**
 * Whether a key is one that the state has. At a vendor that uses ids again it may be another of the same id; in doubt it
 * is ours, for an unmanaged key would be revoked by who reads it.
 */
function isThatOf(place: ManagedPlace, { keyId, ...fields }: KeyInfo, managed: ManagedKey): boolean {
  if (keyId !== managed.keyId) return false;
  try {
    return isKnown(place, { id: keyId, fields }, [recordedKey(managed)]);
  } catch (error) {
    if (error instanceof ApiKeysError) return true;
    throw error;
  }
}

/** The key with the expiry that the state has, where the vendor does not tell one. */
function withKnownExpiry(key: KeyInfo, managers: readonly ManagedKey[]): KeyInfo {
  if (tells(key, "expiresAt")) return key;
  const known = managers.find(({ role, outputs }) => role === "current" && isPlain(outputs.expiresAt));
  return known ? { ...key, expiresAt: known.outputs.expiresAt } : key;
}

/** Whether all keys of a place can be read, unmanaged ones included. */
export function isListed({ definition, vendor }: ManagedPlace): boolean {
  return vendor.list !== undefined || definition.kind === "singleton";
}

/** A key that is in the state. It counts as gone only on proof. */
async function lookedAt(
  operation: OperationContext,
  context: KeyContext,
  key: RecordedKey,
): Promise<KeyInfo | undefined> {
  const found = await find(operation, context, key);
  return found && keyInfo(context.definition, context.pathParameters, found, operation.now());
}

/** The keys that are gone. One that was to be revoked anyway is not reported. */
function missing(place: ManagedPlace, present: ReadonlyMap<string, KeyInfo>): AuditedKey[] {
  const { definition, keys } = place;
  const isPresent = (managed: ManagedKey) => {
    const key = present.get(managed.keyId);
    return key !== undefined && isThatOf(place, key, managed);
  };
  return keys
    .filter((managed) => managed.role !== "leaving" && !isPresent(managed))
    .map((managed) => ({
      ownership: "missing",
      managers: [managed],
      findings: ["missing"],
      key: recorded(managed, Object.keys(definition.fields)),
    }));
}

/** A key as the state has it. Of a previous key the state has only the id. */
function recorded({ keyId, role, outputs }: ManagedKey, fields: readonly string[]): AuditedKey["key"] {
  const known: Properties = role === "current" ? outputs : { name: outputs.name };
  const readable = fields.filter((name) => name !== "value" && isPlain(known[name]));
  return { keyId, ...Object.fromEntries(readable.map((name) => [name, known[name]])) };
}

/** A value that the engine has encrypted is an object. */
function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value) || Array.isArray(value);
}
