import fc from "fast-check";
import { instantMs } from "../../../provider/base/time";
import {
  datesOf,
  renewalReason,
  revokeAt,
  type Schedule,
  successorAnchorMs,
} from "../../../provider/rotation";
import { day, start } from "../../support/lifecycle/world";
import { sampling } from "../sampling";

const { seed, runs } = sampling(300);

const every = 30 * day;
const overlap = 7 * day;
const asked: Schedule = { rotation: { every: "30d", overlap: "7d" } };

/** One key of the schedule, and what became of it. */
interface Life {
  readonly madeMs: number;
  /** When it was succeeded, and when it was revoked. */
  succeededMs?: number;
  revokedMs?: number;
}

/** What `up` does at these times, as far as the schedule alone decides. */
function lives(times: readonly number[]): Life[] {
  let key: Schedule = { ...asked, ...datesOf(asked, start, start) };
  const made: Life[] = [{ madeMs: start }];
  for (const now of times) {
    const [current, previous] = [made.at(-1), made.at(-2)];
    const end = instantMs(key.previousRevokeAt);
    if (previous && previous.revokedMs === undefined && end !== undefined && end <= now) {
      previous.revokedMs = now;
      const { previousRevokeAt: _, ...without } = key;
      key = without;
    }
    const reason = renewalReason(key, asked, now);
    if (!current || reason === undefined) continue;
    // What is still there is revoked first.
    if (previous) previous.revokedMs ??= now;
    current.succeededMs = now;
    made.push({ madeMs: now });
    const previousRevokeAt = revokeAt(asked, now);
    const dates = datesOf(asked, successorAnchorMs(key, asked, now), now);
    key = { ...asked, ...dates, ...(previousRevokeAt && { previousRevokeAt }) };
  }
  return made;
}

/** Times of `up`, in seconds as dates are written: some apart by minutes, some by months. */
const times = fc
  .array(fc.oneof(fc.integer({ min: 60, max: 86_400 }), fc.integer({ min: 86_400, max: 200 * 86_400 })), {
    maxLength: 40,
    size: "max",
  })
  .map((gaps) => {
    let now = start;
    return gaps.map((seconds) => {
      now += seconds * 1_000;
      return now;
    });
  });

const holds = (property: (made: Life[], times: readonly number[]) => void) =>
  fc.assert(
    fc.property(times, (ups) => property(lives(ups), ups)),
    { numRuns: runs, seed },
  );

describe("whenever `up` is run,", () => {
  it("a key is valid for the whole overlap after it was succeeded, and goes at the first up after", () => {
    holds((made, ups) => {
      for (const { succeededMs, revokedMs } of made) {
        if (succeededMs === undefined) continue;
        expect(revokedMs).toBe(ups.find((now) => now >= succeededMs + overlap));
      }
    });
  });

  it("no key is renewed before its date, and at the first up of its age it always is", () => {
    holds((made, ups) => {
      for (const { madeMs, succeededMs } of made) {
        const aged = ups.find((now) => now >= madeMs + every);
        if (aged !== undefined) expect(succeededMs).toBeLessThanOrEqual(aged);
        // A key that was made late is younger on its date, though never younger than the overlap.
        if (succeededMs !== undefined) expect(succeededMs - madeMs).toBeGreaterThanOrEqual(overlap);
      }
    });
  });

  it("no period has two renewals, however late they were", () => {
    holds((made) => {
      const periods = made.map(({ madeMs }) => Math.floor((madeMs - start) / every));
      expect(new Set(periods).size).toBe(periods.length);
    });
  });

  it("never more than two keys are live", () => {
    holds((made, ups) => {
      for (const now of ups) {
        const live = made.filter(({ madeMs, revokedMs = Infinity }) => madeMs <= now && now < revokedMs);
        expect(live.length).toBeLessThanOrEqual(2);
        expect(live.length).toBeGreaterThanOrEqual(1);
      }
    });
  });
});
