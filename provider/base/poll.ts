import type { Clock } from "./clock";

/** When to look again, as parts of the time to wait: less and less often. */
const waits = [1 / 8, 1 / 8, 1 / 4, 1 / 2];

/**
 * Looks until it is enough, or whatever may lag behind has had the time to come.
 *
 * @param forMs how long to wait, in milliseconds; 0 looks once
 * @returns what was seen last, be it enough or not
 */
export async function pollUntil<Seen>(
  clock: Pick<Clock, "sleep">,
  forMs: number,
  look: () => Promise<Seen>,
  isEnough: (seen: Seen) => boolean,
): Promise<Seen> {
  let seen = await look();
  for (const part of forMs > 0 ? waits : []) {
    if (isEnough(seen)) break;
    await clock.sleep(Math.ceil(forMs * part));
    seen = await look();
  }
  return seen;
}
