import type { Pause } from "../retry";

/** Of a vendor that asks for shorter pauses, or names none: most limits that matter here count by the second. */
const shortestWindowMs = 1_000;
const longestWindowMs = 60_000;
/** How near to what the vendor took we stay: our requests do not arrive as evenly as they are sent. */
const safety = 0.95;
/** What remains of a pace that was refused, however much the vendor seems to have taken just before. */
const decrease = 0.65;
/** What a pace that has held becomes, window after window, until it is refused. */
const increase = 1.25;
/** Quiet for so long, and for a window, a pace may try more; twice as long after each try that was refused. */
const patienceMs = 30_000;
/** Requests from which a first refusal tells a pace: of a few, others may have used up the rest. */
const telling = 16;
/** Requests that are remembered: what the fastest of vendors take in the longest window. */
const remembered = 10_000;

/**
 * How many requests a second a server takes, as its refusals tell.
 *
 * There is none until a first request is refused for being one too many. What the server took in the window before,
 * which is as long as the pause that it asks for, is then the pace. Where that was too much, for a window may begin
 * in the midst of ours, the next refusal lowers it further; from there it goes back half the way, and half again, to
 * just below what was refused last. Only after a long quiet is more tried: a refusal costs a whole pause.
 */
export class AdaptiveRate {
  /** When those requests were sent that the server took. */
  #taken: number[] = [];
  #windowMs = shortestWindowMs;
  /** Requests a second. */
  #rate = Number.POSITIVE_INFINITY;
  /** To which it may return without a try. */
  #target = Number.POSITIVE_INFINITY;
  /** A refusal of what was sent before this moment tells nothing new. */
  #learnedAt = Number.NEGATIVE_INFINITY;
  #quietSince = 0;
  #patienceMs = patienceMs;
  #trying = false;
  #nextAt = 0;

  /** @param slowestMs that will ever lie between two requests, whatever the server says */
  constructor(private readonly slowestMs: number) {}

  /** The moment before which no other request should be sent. */
  get nextAt(): number {
    return this.#nextAt;
  }

  /** A request is about to be sent. */
  send(now: number): void {
    if (this.#rate === Number.POSITIVE_INFINITY) return;
    this.#grow(now);
    const intervalMs = Math.min(1_000 / this.#rate, this.slowestMs);
    // A timer that was late is made up for by one request, and not by a burst.
    this.#nextAt = Math.max(this.#nextAt, now - intervalMs) + intervalMs;
  }

  /** The server took a request: it did not refuse it for being one too many, whatever else it said. */
  took(sentAt: number): void {
    this.#taken.push(sentAt);
    if (this.#taken.length >= 2 * remembered) this.#taken.splice(0, remembered);
  }

  /**
   * The server refused a request for being one too many.
   *
   * @param pause in which none will be sent now
   */
  refused(sentAt: number, now: number, pause: Pick<Pause, "ms" | "askedMs">): void {
    if (sentAt <= this.#learnedAt) return;
    this.#windowMs = Math.min(longestWindowMs, Math.max(this.#windowMs, pause.askedMs ?? 0));
    const isFirst = this.#learnedAt === Number.NEGATIVE_INFINITY;
    const isNews = now - this.#learnedAt >= this.#windowMs;
    this.#learnedAt = now;
    if (isNews) this.#learn(sentAt, now + pause.ms, isFirst ? telling : 1);
  }

  /** @param least requests that have to have been taken to tell anything */
  #learn(sentAt: number, resumedAt: number, least: number): void {
    const since = sentAt - this.#windowMs;
    this.#taken = this.#taken.filter((moment) => moment > since);
    if (this.#taken.length < least) return;
    if (this.#trying) this.#patienceMs *= 2;
    this.#trying = false;
    const found = (this.#taken.length * 1_000) / this.#windowMs;
    this.#target = safety * Math.min(found, this.#rate);
    this.#rate = Math.min(safety * found, decrease * this.#rate);
    this.#quietSince = resumedAt;
    this.#nextAt = resumedAt;
  }

  #grow(now: number): void {
    const quietMs = now - this.#quietSince;
    if (quietMs < this.#windowMs) return;
    if (this.#rate < 0.99 * this.#target) {
      this.#rate = (this.#rate + this.#target) / 2;
      this.#quietSince = now;
    } else if (this.#trying || quietMs >= this.#patienceMs) {
      this.#trying = true;
      this.#rate *= increase;
      this.#target = this.#rate;
      this.#quietSince = now;
    }
  }
}
