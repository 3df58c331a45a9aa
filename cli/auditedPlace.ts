import { ApiKeysError } from "../provider/base/errors";
import type { OperationContext, Properties } from "../provider/lifecycle";
import { find } from "../provider/lifecycle/remote/find";
import { allKeys, type KeyInfo, keyInfo } from "../provider/lookup";
import { type AuditLimits, type Finding, judge } from "./findings";
import type { ManagedKey } from "./managedKeys";
import type { ManagedPlace } from "./managedPlaces";

/** A key of which an audit tells. */
export interface AuditedKey {
  /** `missing` is one that the state holds and the vendor does not. */
  readonly ownership: "managed" | "unmanaged" | "missing";
  /** The resources that it is a key of. */
  readonly managers: readonly ManagedKey[];
  readonly findings: readonly Finding[];
  /** As the vendor tells of it; a missing one as the state does, without a status. */
  readonly key: Readonly<Record<string, unknown>> & { readonly keyId: string };
}

/** What was found at a place. */
export interface AuditedPlace extends ManagedPlace {
  readonly audited: readonly AuditedKey[];
  /** Why nothing of it is told: it could not be looked at, in sentences. */
  readonly failure?: string;
}

/** Compares what a vendor has at a place with what a stack's state holds. */
export async function auditPlace(
  operation: OperationContext,
  place: ManagedPlace,
  limits: AuditLimits,
): Promise<AuditedPlace> {
  const present = new Map<string, KeyInfo>();
  try {
    if (isListed(place)) {
      for (const key of await allKeys(place, operation.now())) present.set(key.keyId, key);
    }
    for (const managed of place.keys) {
      if (present.has(managed.keyId)) continue;
      const key = await unlisted(operation, place, managed);
      if (key !== undefined) present.set(key.keyId, key);
    }
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    // What was not looked at must not pass for missing.
    return { ...place, audited: [], failure: error.message };
  }
  const tellsUse = place.definition.fields.lastUsedAt !== undefined;
  const seen = [...present.values()].map((key): AuditedKey => {
    const managers = place.keys.filter(({ keyId }) => keyId === key.keyId);
    const ownership = managers.length > 0 ? "managed" : "unmanaged";
    return { ownership, managers, findings: judge(key, managers, tellsUse, limits), key };
  });
  return { ...place, audited: [...seen, ...missing(place, present)] };
}

/** Whether a look shows all keys of a place, also those that nobody manages. */
export function isListed({ definition, vendor }: ManagedPlace): boolean {
  return vendor.list !== undefined || definition.kind === "singleton";
}

/** A key that was on no list: it is gone on proof alone. */
async function unlisted(
  operation: OperationContext,
  place: ManagedPlace,
  { keyId, outputs }: ManagedKey,
): Promise<KeyInfo | undefined> {
  const found = await find(operation, place, { ...outputs, keyId });
  return found && keyInfo(place.definition, place.pathParameters, found, operation.now());
}

/** A key that was to go has gone, and is nothing to tell of. */
function missing({ definition, keys }: ManagedPlace, present: ReadonlyMap<string, KeyInfo>): AuditedKey[] {
  return keys
    .filter(({ keyId, role }) => role !== "leaving" && !present.has(keyId))
    .map((managed) => ({
      ownership: "missing",
      managers: [managed],
      findings: ["missing"],
      key: recorded(managed, Object.keys(definition.fields)),
    }));
}

/** What the state tells of a key. Of a previous one it keeps the id alone. */
function recorded({ keyId, role, outputs }: ManagedKey, fields: readonly string[]): AuditedKey["key"] {
  const told: Properties = role === "current" ? outputs : { name: outputs.name };
  const legible = fields.filter((name) => name !== "value" && isPlain(told[name]));
  return { keyId, ...Object.fromEntries(legible.map((name) => [name, told[name]])) };
}

/** What the engine has encrypted is an object. */
function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value) || Array.isArray(value);
}
