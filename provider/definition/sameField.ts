import { isDeepStrictEqual } from "node:util";
import { instantMs } from "../base/time";
import { hasUnknown } from "../base/unknown";
import type { FieldDefinition } from "./definition";
import { isLifetime, precisionMs } from "./instantForms";

type Compared = Pick<FieldDefinition, "type" | "set" | "as">;

/** Between the moment from which we count a lifetime and the one from which the vendor does. */
const requestMs = 60_000;

/** Whether two values of a field mean the same: sets regardless of order, times as moments of the vendor's precision. */
export function sameField(field: Compared, a: unknown, b: unknown): boolean {
  const [aMs, bMs] = field.type === "instant" ? [instantMs(a), instantMs(b)] : [];
  if (aMs !== undefined && bMs !== undefined) return sameMoment(field, aMs, bMs);
  return isDeepStrictEqual(canonical(field, a), canonical(field, b));
}

/** A vendor may keep fewer digits than it was given, and nobody means to change a key by what it cannot say. */
function sameMoment({ as }: Compared, a: number, b: number): boolean {
  const { request = "rfc3339", response = "rfc3339" } = as ?? {};
  const stepMs = Math.max(precisionMs(request), precisionMs(response));
  if (isLifetime(request)) return Math.abs(a - b) <= stepMs + requestMs;
  return Math.floor(a / stepMs) === Math.floor(b / stepMs);
}

function canonical(field: Compared, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (field.set && Array.isArray(value) && !hasUnknown(value)) return [...new Set(value)].sort();
  return value;
}
