import { dayMs, hourMs } from "../provider/base/time";

/** How far a moment is, in whole days, or hours within a day: "in 3 days", "5 h ago". */
export function distanceText(ms: number, nowMs: number): string {
  const distance = Math.abs(ms - nowMs);
  const days = Math.round(distance / dayMs);
  const text =
    distance < dayMs ? `${Math.round(distance / hourMs)} h` : days === 1 ? "1 day" : `${days} days`;
  return ms < nowMs ? `${text} ago` : `in ${text}`;
}
