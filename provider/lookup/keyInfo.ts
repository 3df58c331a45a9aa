import type { ServiceDefinition } from "../definition/definition";
import type { Status } from "../lifecycle/state/key";
import { statusOf } from "../lifecycle/state/mergeRemote";
import type { PathParameters, RemoteKey } from "../vendor";

/** A key as its vendor tells of it now, under our names. */
export interface KeyInfo {
  /** The vendor's id of the key, by which it can be adopted. */
  readonly keyId: string;
  readonly status: Status;
  /** The key's path parameters, and the fields that the vendor told, with those that state leaves out. */
  readonly [name: string]: unknown;
}

/** Names of the fields that the vendor told of a key, also those of which it told that there is nothing. */
const told = new WeakMap<object, ReadonlySet<string>>();

/** Whether the vendor told a field of a key, or that the key has none. */
export function tells(key: Readonly<Record<string, unknown>>, field: string): boolean {
  return told.get(key)?.has(field) ?? key[field] !== undefined;
}

/** What `status` tells, what `keyId` is, and what nobody is shown. */
const apart: ReadonlySet<string> = new Set(["active", "id", "value"]);

/** A key with all that may be shown of it: never its value, though the vendor may list it. */
export function keyInfo(
  definition: ServiceDefinition,
  pathParameters: PathParameters,
  key: RemoteKey,
  nowMs: number,
): KeyInfo {
  const fields = Object.keys(definition.fields).flatMap((name) => {
    const value = key.fields[name] ?? undefined;
    return apart.has(name) || value === undefined ? [] : [[name, value] as const];
  });
  const info: KeyInfo = {
    keyId: key.id,
    status: statusOf(key, key.fields.expiresAt, nowMs),
    ...pathParameters,
    ...Object.fromEntries(fields),
  };
  told.set(info, new Set(Object.keys(key.fields).filter((name) => key.fields[name] !== undefined)));
  return info;
}
