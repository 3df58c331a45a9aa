import { AdaptiveRate } from "../../provider/http/pacing/adaptiveRate";

const pause = { ms: 1_000, askedMs: 1_000 };

/** A server that takes so many requests in each whole second, and a pace that is kept to as a gate keeps it. */
class Race {
  now = 0;
  refused = 0;
  readonly pace: AdaptiveRate;
  readonly #taken = new Map<number, number>();

  constructor(
    public limitPerSecond: number,
    slowestMs = 7_500,
  ) {
    this.pace = new AdaptiveRate(slowestMs);
  }

  /** Sends one after another, a millisecond each at the least, until so many were taken; returns what that took. */
  send(requests: number): number {
    const startedAt = this.now;
    for (let taken = 0; taken < requests; ) {
      this.now = Math.max(this.now + 1, this.pace.nextAt);
      this.pace.send(this.now);
      const second = Math.floor(this.now / 1_000);
      const before = this.#taken.get(second) ?? 0;
      if (before < this.limitPerSecond) {
        this.#taken.set(second, before + 1);
        this.pace.took(this.now);
        taken++;
      } else {
        this.refused++;
        this.pace.refused(this.now, this.now, pause);
        this.now += pause.ms;
      }
    }
    return this.now - startedAt;
  }
}

describe("the rate of requests", () => {
  it("is unlimited until one is refused", () => {
    const race = new Race(Number.POSITIVE_INFINITY);
    expect(race.send(1_000)).toBe(1_000);
    expect(race.pace.nextAt).toBe(0);
  });

  it.each([0, 300, 600, 900, 980])(
    "is learned from a first refusal %d ms into the server's second, and costs few more",
    (startMs) => {
      const race = new Race(50);
      race.now = startMs;
      const tookMs = race.send(1_000);
      expect(race.refused).toBeLessThanOrEqual(4);
      expect(tookMs).toBeLessThanOrEqual(1.15 * (1_000 / 50) * 1_000);
    },
  );

  it("goes up again when the server takes more than it did, and down when it takes less", () => {
    const race = new Race(20);
    race.send(200);
    race.limitPerSecond = 200;
    race.send(2_000);
    expect(race.send(1_000)).toBeLessThan(10_000);
    race.limitPerSecond = 20;
    race.refused = 0;
    race.send(200);
    expect(race.send(200)).toBeLessThan(15_000);
    expect(race.refused).toBeLessThanOrEqual(8);
  });

  it("tries more after a quiet time that doubles with each try that is refused", () => {
    const race = new Race(50);
    race.send(100);
    race.refused = 0;
    race.send(50 * 60 * 10);
    expect(race.refused).toBeGreaterThan(2);
    expect(race.refused).toBeLessThan(10);
  });

  it("is not learned from a first refusal after a few requests: others may have used up the rest", () => {
    const race = new Race(3);
    race.send(4);
    expect(race.refused).toBe(1);
    race.limitPerSecond = 1_000;
    expect(race.send(100)).toBe(100);
  });

  it("is lowered once by all that were under way when one was refused", () => {
    const pace = new AdaptiveRate(7_500);
    for (let at = 1; at <= 50; at++) pace.took(at);
    const intervalAfter = () => {
      pace.send(pace.nextAt);
      const before = pace.nextAt;
      pace.send(before);
      return pace.nextAt - before;
    };
    for (const sentAt of [51, 52, 53]) pace.refused(sentAt, 60, pause);
    expect(intervalAfter()).toBeCloseTo(1_000 / (0.95 * 50));
  });

  it("never puts more time between two requests than its limit, whatever the server says", () => {
    const race = new Race(1, 100);
    race.send(20);
    const before = race.pace.nextAt;
    race.pace.send(before);
    expect(race.pace.nextAt - before).toBeLessThanOrEqual(100);
  });
});
