import { anyHolds, holdsOf, toldBy } from "../../provider/json/conditions";

const answer = { ok: true, error: null, state: "live", invalidated: [], count: 0 };

describe("a condition on a part of an answer", () => {
  it.each<[string, Parameters<typeof holdsOf>[0], boolean]>([
    ["equals what is there", { at: "/state", equals: "live" }, true],
    ["equals something else", { at: "/state", equals: "dead" }, false],
    ["is one of several", { at: "/state", equals: ["live", "new"] }, true],
    ["matches a pattern", { at: "/state", matches: "^l" }, true],
    ["matches no pattern", { at: "/count", matches: "0" }, false],
    ["exists", { at: "/state", exists: true }, true],
    ["is null, as if it did not exist", { at: "/error", exists: false }, true],
    ["holds with all others", { at: "/ok", equals: true, all: [{ at: "/count", equals: 0 }] }, true],
    [
      "does not hold where one of the others does not",
      { at: "/ok", equals: true, all: [{ at: "/count", equals: 1 }] },
      false,
    ],
    ["holds where what must not hold does not", { not: { at: "/state", equals: "dead" } }, true],
    [
      "does not hold where what must not hold does",
      { at: "/ok", equals: true, not: { at: "/count", equals: 0 } },
      false,
    ],
  ])("%s", (_, condition, holds) => {
    expect(holdsOf(condition, answer)).toBe(holds);
  });

  it("has no result when its place is missing", () => {
    expect(toldBy({ at: "/gone", equals: true }, answer)).toBeUndefined();
    expect(toldBy({ at: "/gone", exists: true }, answer)).toBe(false);
    expect(toldBy({ not: { at: "/gone", equals: true } }, answer)).toBe(true);
  });
});

describe("a condition on a moment", () => {
  const [past, future] = [new Date(Date.now() - 60_000), new Date(Date.now() + 86_400_000)];
  it.each<[string, unknown, boolean]>([
    ["a moment that is over", past.toISOString(), true],
    ["one in seconds that is over", Math.floor(past.getTime() / 1_000), true],
    ["one in milliseconds that is over", past.getTime(), true],
    ["what is no moment", "yes", true],
    ["a moment to come", future.toISOString(), false],
    ["one to come without a zone", future.toISOString().slice(0, 19), false],
    ["one to come with a blank", future.toISOString().slice(0, 19).replace("T", " "), false],
    ["a day to come", new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10), false],
    ["one to come in seconds", Math.floor(future.getTime() / 1_000), false],
    ["one to come in milliseconds", future.getTime(), false],
    ["null", null, false],
    ["nothing", undefined, false],
    ["zero", 0, false],
    ["an empty text", "", false],
    ["what is only said to be so", true, true],
    ["what is said not to be so", false, false],
    ["the same as text", "false", false],
    ["Go's zero time", "0001-01-01T00:00:00Z", false],
    ["the beginning of the epoch", "1970-01-01T00:00:00Z", false],
    ["the same without a zone", "1970-01-01 00:00:00", false],
    ["a word for never", "never", false],
    ["a number for never", -1, false],
    ["zero as text", "0", false],
    ["the end of all calendars", 253_402_300_800, false],
    ["one to come in seconds as text", String(Math.floor(future.getTime() / 1_000)), false],
    ["one in milliseconds as text that is over", String(past.getTime()), true],
    ["one to come as mail has dates", future.toUTCString(), false],
    ["one as mail has dates that is over", past.toUTCString(), true],
    ["one to come whose zone has no colon", future.toISOString().replace("Z", "+0000"), false],
  ])("takes %s for passed or not", (_, at, passed) => {
    expect(toldBy({ at: "/at", passed: true }, { at })).toBe(passed);
    expect(toldBy({ at: "/at", passed: false }, { at })).toBe(!passed);
  });
});

describe("conditions on an answer", () => {
  it("hold when one of them does, by status and content", () => {
    const conditions = [{ status: [404, 410] }, { status: 200, at: "/state", equals: "dead" }];
    expect(anyHolds(conditions, 410, {})).toBe(true);
    expect(anyHolds(conditions, 200, answer)).toBe(false);
    expect(anyHolds(conditions, 200, { state: "dead" })).toBe(true);
  });
});
