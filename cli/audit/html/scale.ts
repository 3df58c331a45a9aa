import { dayMs } from "../../../provider/base/time";

/** How far a timeline reaches at least, and at most, into the past and into the future. */
const [shortestMs, longestMs] = [30 * dayMs, 365 * dayMs];
/** Beyond so many months, the axis names quarters. */
const mostMonths = 12;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The time that all timelines of a report show. */
export interface Scale {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  readonly ticks: readonly { readonly label: string; readonly atMs: number }[];
  /** Where a moment is, in percent of the width; what is beyond an end is at that end. */
  percent(ms: number): number;
}

/** @param moments that are to be seen, as far as a year reaches */
export function scaleOf(moments: readonly number[], nowMs: number): Scale {
  const reach = (distances: readonly number[]) =>
    Math.min(longestMs, Math.max(shortestMs, ...distances) * 1.04);
  const fromMs = nowMs - reach(moments.map((ms) => nowMs - ms));
  const toMs = nowMs + reach(moments.map((ms) => ms - nowMs));
  return {
    fromMs,
    toMs,
    nowMs,
    ticks: ticksBetween(fromMs, toMs),
    percent: (ms) => rounded((100 * (Math.min(toMs, Math.max(fromMs, ms)) - fromMs)) / (toMs - fromMs)),
  };
}

/** The beginnings of months or quarters, by UTC. A January is called by its year. */
function ticksBetween(fromMs: number, toMs: number): Scale["ticks"] {
  const first = new Date(fromMs);
  const starts = Array.from({ length: 26 }, (_, index) =>
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1 + index, 1),
  ).filter((ms) => ms < toMs);
  const step = starts.length > mostMonths ? 3 : 1;
  return starts
    .map((atMs) => ({ atMs, date: new Date(atMs) }))
    .filter(({ date }) => date.getUTCMonth() % step === 0)
    .map(({ atMs, date }) => {
      const month = date.getUTCMonth();
      return { atMs, label: month === 0 ? String(date.getUTCFullYear()) : String(months[month]) };
    });
}

function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}
