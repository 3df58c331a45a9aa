import type { Clock } from "../../base/clock";
import type { HttpPolicy } from "../policy";
import type { Pause } from "../retry";
import { AdaptiveRate } from "./adaptiveRate";

type GatePolicy = Pick<HttpPolicy, "concurrency" | "maxRetryAfterMs" | "operationTimeoutMs">;

interface Waiting {
  readonly place: number;
  readonly latestStart: number;
  decide(admitted: boolean): void;
}

/** The place in line of a login: before all others, and without room, for those inside may be waiting for it. */
export const loginSlot = 0;

/**
 * Lets the calls of a connection through to the server: none while it asks for a pause, one after that, and one
 * more at once with each response it gives. Were all let through when a pause ends, they would run into the same
 * limit again, and those that are unlucky each time would use up their attempts. Once the server has refused one for
 * being one too many, all keep to the pace that it was seen to take.
 */
export class RequestGate {
  readonly #clock: Clock;
  readonly #policy: GatePolicy;
  readonly #pace: AdaptiveRate;
  #line: Waiting[] = [];
  #openAt = 0;
  #room: number;
  #inside = 0;
  #places = loginSlot;
  #asleep = false;

  constructor(clock: Clock, policy: GatePolicy) {
    this.#clock = clock;
    this.#policy = policy;
    // However slow the server is, all that are under way get their turn within half of an operation's time.
    this.#pace = new AdaptiveRate(policy.operationTimeoutMs / 2 / policy.concurrency);
    this.#room = policy.concurrency;
  }

  /** A place in line, which a call keeps for all its attempts: who was refused comes before those who came later. */
  takePlace(): number {
    this.#places++;
    return this.#places;
  }

  /**
   * Resolves when the call may be sent; it then has to leave. Resolves with false when the server asks for a
   * longer pause than the policy allows, or for one that ends after the latest start.
   */
  enter(place: number, latestStart: number): Promise<boolean> {
    return new Promise((decide) => {
      this.#line.push({ place, latestStart, decide });
      this.#line.sort((one, other) => one.place - other.place);
      this.#admit();
    });
  }

  /** @param answered whether the server took the request; a refusal closes the gate before this */
  leave(answered: boolean): void {
    this.#inside--;
    if (answered) this.#room = Math.min(this.#policy.concurrency, this.#room + 1);
    this.#admit();
  }

  /** Closes the gate until this moment; one that is closed for longer stays so. */
  closeUntil(epochMs: number): void {
    this.#openAt = Math.max(this.#openAt, epochMs);
    this.#room = 1;
  }

  /** The server took a request that was sent at this moment, whatever else it said. */
  took(sentAt: number): void {
    this.#pace.took(sentAt);
  }

  /** The server refused a request for being one too many. */
  refused(sentAt: number, pause: Pause): void {
    this.#pace.refused(sentAt, this.#clock.now(), pause);
  }

  /** Milliseconds until it opens; 0 when it is open. */
  get remainingMs(): number {
    return Math.max(0, this.#openAt - this.#clock.now());
  }

  #admit(): void {
    if (this.remainingMs > 0) {
      this.#hold();
      return;
    }
    for (let next = this.#line[0]; next && this.#hasRoomFor(next); next = this.#line[0]) {
      const waitMs = this.#pace.nextAt - this.#clock.now();
      if (waitMs > 0 && next.place !== loginSlot) {
        this.#wakeIn(waitMs);
        return;
      }
      this.#pace.send(this.#clock.now());
      this.#line.shift();
      this.#inside++;
      next.decide(true);
    }
  }

  #hasRoomFor({ place }: Waiting): boolean {
    return place === loginSlot || this.#inside < this.#room;
  }

  /** Sends away those for whom the pause is too long, and sleeps once for all others. */
  #hold(): void {
    const bearable = this.remainingMs <= this.#policy.maxRetryAfterMs;
    const line = this.#line;
    this.#line = line.filter(({ latestStart }) => bearable && this.#openAt <= latestStart);
    for (const waiting of line) if (!this.#line.includes(waiting)) waiting.decide(false);
    if (this.#line.length > 0) this.#wakeIn(this.remainingMs);
  }

  /** One sleep for all: who wakes looks anew at what there is to wait for. */
  #wakeIn(ms: number): void {
    if (this.#asleep) return;
    this.#asleep = true;
    void this.#clock.sleep(ms).then(() => {
      this.#asleep = false;
      this.#admit();
    });
  }
}
