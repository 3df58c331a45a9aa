import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { clockSkewMs, instantMs } from "../../base/time";
import type { FieldDefinition, ServiceDefinition } from "../../definition/definition";
import { inputFields } from "../../definition/inputFields";
import { sameField } from "../../definition/sameField";
import type { RemoteKey } from "../../vendor";
import { commonInputs, derivedInputs, type Properties, pick, type Status } from "./properties";

/** Inputs of which outputs keep no copy: one is secret and of no further use, the other is an output itself. */
const notMirrored: ReadonlySet<string> = new Set(["adoptValue", "status"]);

/** The inputs that outputs mirror, for `delete` and `read` see outputs alone. */
export function mirroredInputs(definition: ServiceDefinition, inputs: Properties): Record<string, unknown> {
  const names = new Set<string>([
    ...commonInputs,
    ...derivedInputs,
    ...Object.keys(definition.pathParameters),
    ...inputFields(definition),
  ]);
  return pick(inputs, (name) => names.has(name) && !notMirrored.has(name));
}

/**
 * What state keeps of a key as the vendor tells of it, over what is known already. What is secret, or only written, is
 * never taken from there: it may be masked.
 *
 * @param known outputs or mirrored inputs from before; a field that the vendor does not name stays as it was
 */
export function mergeRemote(
  definition: ServiceDefinition,
  known: Properties,
  key: RemoteKey,
  nowMs: number,
): Record<string, unknown> {
  const outputs: Record<string, unknown> = { ...known };
  for (const [name, field] of Object.entries(definition.fields)) {
    const value = key.fields[name];
    if (value === undefined || field.volatile || field.writeOnly || field.secret || name === "active")
      continue;
    // A vendor that repeats the secret in another field must not have it kept in the clear.
    if ([value].flat<unknown>().includes(known.value)) continue;
    if (value === null) delete outputs[name];
    // Another spelling of the same is no change, and must not look like one.
    else if (!sameField(field, outputs[name], value) && !isSuperset(field, outputs[name], value))
      outputs[name] = value;
  }
  outputs.status = statusOf(key, outputs, nowMs);
  return outputs;
}

/** Whether a list is what it was and more, at a vendor that adds to it what nobody asked for. */
export function isSuperset({ expands }: FieldDefinition, known: unknown, told: unknown): boolean {
  return (
    expands === true &&
    Array.isArray(known) &&
    Array.isArray(told) &&
    known.every((item) => told.includes(item))
  );
}

/** Secrets beside the value that a vendor tells when it makes a key or its value, and never again. */
export function secretsTold(
  definition: ServiceDefinition,
  known: Properties,
  key: RemoteKey,
): Record<string, unknown> {
  return pick(key.fields, (name) => {
    const field = definition.fields[name];
    const asked = field?.input !== undefined && known[name] !== undefined;
    return field?.secret === true && !asked && key.fields[name] !== null;
  });
}

/**
 * Inputs that the vendor did not take as they were asked, under the asked value; `null` where nothing was asked
 * and the vendor chose. Comparing with these, and not with the vendor's choice, asks for no replacement.
 */
export function divergentInputs(
  definition: ServiceDefinition,
  asked: Properties,
  outputs: Properties,
): Record<string, unknown> | undefined {
  const differing = inputFields(definition).flatMap((name) => {
    const field = definition.fields[name];
    if (!field || (name === "expiresAt" && asked.expiresIn !== undefined)) return [];
    return sameField(field, asked[name], outputs[name]) ? [] : [[name, asked[name] ?? null] as const];
  });
  return differing.length > 0 ? Object.fromEntries(differing) : undefined;
}

/** What the program asked of a field when the key was made, as far as the vendor still holds to its answer. */
export function requestedValue(outputs: Properties, name: string): unknown {
  const asked = outputs.asked as Properties | undefined;
  return asked !== undefined && Object.hasOwn(asked, name) ? asked[name] : outputs[name];
}

/**
 * What a vendor made of some fields that were asked for, as the end of a sentence; undefined where it took them all.
 *
 * @param before outputs from before the request. Default: there was no key
 */
export function refusals(
  names: readonly string[],
  asked: Properties,
  outputs: Properties,
  before: Properties = {},
): string | undefined {
  const isIgnored = (name: string) =>
    asked[name] === undefined ||
    outputs[name] === undefined ||
    isDeepStrictEqual(outputs[name], before[name]);
  const said = [
    ["ignored", names.filter(isIgnored)] as const,
    ["changed", names.filter((name) => !isIgnored(name))] as const,
  ].filter(([, fields]) => fields.length > 0);
  if (said.length === 0) return undefined;
  return said
    .map(
      ([verb, fields]) =>
        `${verb} ${fields.join(", ")}${verb === "changed" ? " from what the program asks" : ""}`,
    )
    .join(" and ");
}

/** The outputs that tell an adopted key's value, which the vendor does not show again. */
export function handedIn(value: string): Record<string, unknown> {
  return { valueAvailable: true, value, fingerprint: fingerprint(value) };
}

/** Truncated SHA-256 of a value: tells a consumer that it changed, and nothing about what it is. */
export function fingerprint(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 16);
}

/** @param outputs that tell of the expiry */
export function statusOf(key: RemoteKey, outputs: Properties, nowMs: number): Status {
  const expiresMs = instantMs(outputs.expiresAt);
  const active = key.fields.active !== false;
  // First, for a vendor may deactivate what has expired by its clock, and a key that was meant to end is not repaired.
  if (expiresMs !== undefined && expiresMs <= nowMs + (active ? 0 : clockSkewMs)) return "expired";
  return active ? "active" : "revoked";
}
