import { instantMs, instantText } from "../../base/time";
import { isLifetime, lifetimeUnitMs } from "../../definition/instantForms";
import type { InstantForm } from "../../definition/schema/field";
import { isNever, momentOfEpoch, momentOfText, numberOf } from "../../json/moments";

/**
 * A moment in a vendor's form. Where the form is coarser it ends before the moment and not after.
 *
 * @param lifetimeMs how long it is until then, if that is what the program has said
 */
export function instantToWire(
  text: string,
  form: InstantForm,
  nowMs: number,
  lifetimeMs?: number,
): string | number {
  const epochMs = instantMs(text);
  if (epochMs === undefined) return text;
  if (isLifetime(form)) {
    const ms = lifetimeMs ?? epochMs - nowMs;
    return Math.max(1, Math.floor(ms / lifetimeUnitMs[form]));
  }
  switch (form) {
    case "utc":
      return instantText(epochMs).replace("Z", "");
    case "date":
      return instantText(epochMs).slice(0, 10);
    case "epoch-seconds":
      return Math.floor(epochMs / 1_000);
    case "epoch-milliseconds":
      return epochMs;
    default:
      return text;
  }
}

/**
 * RFC 3339 text of what a vendor tells, `null` for never, or undefined for what is none of this form. Texts without a
 * zone are in UTC; a number may be text.
 */
export function instantFromWire(told: unknown, form: InstantForm): string | null | undefined {
  if (isNever(told)) return null;
  // How long it was until then nobody knows any more.
  if (isLifetime(form)) return undefined;
  const isEpoch = form === "epoch-seconds" || form === "epoch-milliseconds";
  const number = isEpoch ? numberOf(told) : undefined;
  if (number === undefined) return momentOfText(told);
  return momentOfEpoch(form === "epoch-seconds" ? number * 1_000 : number);
}
