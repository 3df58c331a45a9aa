import { durationMs, instantMs, instantText } from "../../base/time";
import type { ServiceDefinition } from "../../definition/definition";
import { isLifetime, precisionMs } from "../../definition/instantForms";
import type { KeyInputs } from "../state/key";

/**
 * When a key ends whose lifetime begins now, RFC 3339: where the vendor is told a date alone, at the beginning of that
 * day. Undefined where `expiresIn` is no lifetime.
 */
export function lifetimeEnd(
  definition: ServiceDefinition,
  expiresIn: unknown,
  nowMs: number,
): string | undefined {
  const lifetimeMs = durationMs(expiresIn);
  if (lifetimeMs === undefined) return undefined;
  const endMs = nowMs + lifetimeMs;
  return instantText(formOf(definition) === "date" ? beginningOfDayMs(endMs) : endMs);
}

/** The inputs with the expiry of a lifetime that begins now. Our clock counts, because the vendor's is not known before its response. */
export function withExpiry(inputs: KeyInputs, nowMs: number): KeyInputs {
  const expiresAt = lifetimeEnd(inputs.service.definition, inputs.expiresIn, nowMs);
  return expiresAt === undefined ? inputs : { ...inputs, fields: { ...inputs.fields, expiresAt } };
}

/**
 * Why the vendor cannot be told of an expiry that is new: it comes sooner than the vendor can count, so that the key
 * would end at another time, or never work.
 *
 * @param before inputs of the last successful update; undefined for a new key and for a replacement
 */
export function expiryProblems(
  before: KeyInputs | undefined,
  { service: { definition }, fields, expiresIn }: KeyInputs,
  nowMs: number,
): string[] {
  const form = formOf(definition);
  if (form === undefined) return [];
  const counts = `for ${definition.title}, which counts in whole ${form === "date" ? "days" : form.replace("lifetime-", "")}`;
  const lifetimeMs = durationMs(expiresIn);
  if (form === "date" && lifetimeMs !== undefined && lifetimeMs < precisionMs(form)) {
    return [`expiresIn (${String(expiresIn)}) is too short ${counts}`];
  }
  const expiresMs = instantMs(fields.expiresAt);
  if (expiresMs === undefined || expiresMs <= nowMs || instantMs(before?.fields.expiresAt) === expiresMs)
    return [];
  const isTooSoon =
    form === "date" ? beginningOfDayMs(expiresMs) <= nowMs : expiresMs - nowMs < precisionMs(form);
  return isTooSoon ? [`expiresAt is too soon ${counts}; give a later moment`] : [];
}

/** The form in which the vendor is told of an expiry, if it is coarser than a moment; undefined else. */
function formOf({ fields: { expiresAt: field } }: ServiceDefinition): string | undefined {
  const form = field?.lifetimes ? undefined : field?.as?.request;
  return form !== undefined && (form === "date" || isLifetime(form)) ? form : undefined;
}

function beginningOfDayMs(ms: number): number {
  const dayMs = precisionMs("date");
  return Math.floor(ms / dayMs) * dayMs;
}
