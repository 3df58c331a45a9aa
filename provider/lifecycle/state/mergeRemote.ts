import { clockSkewMs, instantMs } from "../../base/time";
import type { FieldDefinition, ServiceDefinition } from "../../definition/definition";
import { sameField } from "../../definition/sameField";
import { pick } from "../../json/members";
import { partOf } from "../../json/patterns";
import { isLive, type RemoteKey } from "../../vendor";
import type { KeyFields, KeyState, Status } from "./key";
import { isTraceOf, masked } from "./valueTraces";

/** What state keeps of a key beside what was asked: how the vendor tells of it. */
export interface MergedKey {
  readonly fields: KeyFields;
  readonly status: Status;
}

/**
 * What state keeps of a key as the vendor tells of it, over what is known already. Secrets and fields that are only
 * written are never taken from there: the vendor may mask them.
 *
 * @param known a field that the vendor does not name stays as it was; of the value no copy is kept in a field
 * @param taken what was asked of fields that the vendor is known to take otherwise, where a response to another request
 *   may repeat it: that tells nothing new. Default: none
 */
export function mergeRemote(
  definition: ServiceDefinition,
  known: Known,
  key: RemoteKey,
  nowMs: number,
  taken: KeyState["asked"] = {},
): MergedKey {
  const fields: Record<string, unknown> = { ...known.fields };
  const rotated = rotatedParts(definition, known, key);
  for (const [name, field] of Object.entries(definition.fields)) {
    const told = key.fields[name];
    if (told === undefined || field.volatile || field.writeOnly || field.secret || name === "active")
      continue;
    // They would say of the value in state what is true of another.
    if (rotated.includes(name)) continue;
    const asked = taken[name] ?? undefined;
    if (asked !== undefined && sameField(field, asked, told)) continue;
    // A vendor that repeats the secret in another field must not have it kept in the clear.
    if ([told].flat<unknown>().includes(known.value)) continue;
    if (told === null) delete fields[name];
    // Another spelling of the same is no change, and must not look like one.
    else if (!sameField(field, fields[name], told) && !isSuperset(field, fields[name], told))
      fields[name] = told;
  }
  const status = statusOf(key, fields.expiresAt, nowMs);
  return { fields, status: status === "active" && rotated.length > 0 ? "rotated" : status };
}

/** What is known of a key, its value included. */
interface Known {
  readonly fields: KeyFields;
  readonly value?: string | undefined;
  /** Known also where the state keeps no value. */
  readonly fingerprint?: string | undefined;
}

/**
 * Fields by which the vendor shows that the value in state is no longer the key's: its prefix, a field that the definition
 * takes from the value, or one that showed its end or its hash, is another now, and shows nothing of the value in state.
 */
function rotatedParts({ fields }: ServiceDefinition, known: Known, key: RemoteKey): readonly string[] {
  const { value, fingerprint } = known;
  // A state that keeps no value knows what was told of it.
  if (value === undefined && fingerprint === undefined) return [];
  return Object.entries(fields).flatMap(([name, field]) => {
    const { wire, secret, volatile, input } = field;
    const [before, now] = [
      known.fields[name] ?? (value === undefined ? undefined : partOfValue(field, value)),
      key.fields[name],
    ];
    const isTaken = typeof wire.created === "object" && "field" in wire.created;
    const isPart = name === "prefix" || isTaken || (value !== undefined && isTraceOf(before, value));
    if (!isPart || secret || volatile || input !== undefined) return [];
    if (typeof before !== "string" || typeof now !== "string") return [];
    // More or less of the same, or a mask where there was none, is another way to show the same value.
    if (now.startsWith(before) || before.startsWith(now) || masked.test(now) !== masked.test(before))
      return [];
    if (value === undefined) return [name];
    const isOfValue = name === "prefix" ? value.startsWith(now) : value.includes(now);
    return isOfValue || isTraceOf(now, value) ? [] : [name];
  });
}

/** What a field is that the definition takes from the value; undefined for any other. */
function partOfValue({ wire: { created } }: FieldDefinition, value: string): string | undefined {
  if (typeof created !== "object" || !("field" in created) || created.field !== "value") return undefined;
  return created.part === undefined || created.digest === true ? undefined : partOf(value, created.part);
}

/**
 * The prefix that a look is the first to tell, where nothing of the value is like it. That proves no rotation: some
 * vendors call something a prefix that is no part of the value, and a key would be renewed for ever for it.
 */
export function unlikePrefix(
  { fields }: ServiceDefinition,
  known: Known,
  key: RemoteKey,
): string | undefined {
  const [field, told] = [fields.prefix, key.fields.prefix];
  if (field === undefined || field.secret || field.volatile || field.input !== undefined) return undefined;
  if (known.value === undefined || known.fields.prefix !== undefined) return undefined;
  if (typeof told !== "string" || masked.test(told) || known.value.includes(told)) return undefined;
  return told;
}

/** Whether a list holds all that is known of it and more, at a vendor that adds to it what nobody asked for. */
export function isSuperset({ expands }: FieldDefinition, known: unknown, told: unknown): boolean {
  return (
    expands === true &&
    Array.isArray(known) &&
    Array.isArray(told) &&
    known.every((item) => told.includes(item))
  );
}

/**
 * Secrets beside the value that a vendor tells when it makes a key or its value, and never again.
 *
 * @param asked what the program asked for: a secret of its own is not taken from the vendor
 */
export function secretsTold(definition: ServiceDefinition, asked: KeyFields, key: RemoteKey): KeyFields {
  return pick(key.fields, (name) => {
    const field = definition.fields[name];
    const isAsked = field?.input !== undefined && asked[name] !== undefined;
    return field?.secret === true && !isAsked && key.fields[name] !== null;
  });
}

/** @param expiresAt when the key expires as far as is known, RFC 3339 */
export function statusOf(key: RemoteKey, expiresAt: unknown, nowMs: number): Status {
  const expiresMs = instantMs(expiresAt);
  const active = isLive(key);
  // First, for a vendor may deactivate what has expired by its clock, and a key that was meant to end is not repaired.
  if (expiresMs !== undefined && expiresMs <= nowMs + (active ? 0 : clockSkewMs)) return "expired";
  return active ? "active" : "revoked";
}
