import { durationMs, instantMs, instantText } from "../../provider/base/time";

describe("a duration", () => {
  it.each([
    ["1s", 1_000],
    ["90m", 5_400_000],
    ["24h", 86_400_000],
    ["90d", 7_776_000_000],
    ["2w", 1_209_600_000],
    ["36500d", 3_153_600_000_000],
  ])("of %s is %d milliseconds", (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(["", "90", "d", "0d", "-1d", "1.5h", "90D", " 1d", "1d ", "1d1h", "1y", 90, null, undefined, {}])(
    "is not read from %p",
    (value) => {
      expect(durationMs(value)).toBeUndefined();
    },
  );

  it.each(["36501d", "999999999w"])("of %s is none: no date could hold its end", (text) => {
    expect(durationMs(text)).toBeUndefined();
  });
});

describe("an instant", () => {
  it("is the same time in every zone", () => {
    expect(instantMs("2027-01-31T02:00:00+02:00")).toBe(Date.UTC(2027, 0, 31));
    expect(instantMs("2027-01-30T19:00:00-05:00")).toBe(Date.UTC(2027, 0, 31));
    expect(instantMs("2027-01-31T00:00:00Z")).toBe(Date.UTC(2027, 0, 31));
  });

  it("keeps milliseconds, and may be written in lower case", () => {
    expect(instantMs("2027-01-31t00:00:00.250z")).toBe(Date.UTC(2027, 0, 31) + 250);
  });

  it.each([
    ["a date alone", "2027-01-31"],
    ["a time without a zone, which means another moment on every machine", "2027-01-31T00:00:00"],
    ["words", "tomorrow"],
    ["a month that does not exist", "2027-13-01T00:00:00Z"],
    ["a day that its month does not have", "2027-02-30T00:00:00Z"],
    ["the leap day of another year", "2027-02-29T12:00:00+01:00"],
    ["a number", 1_801_353_600_000],
    ["nothing", undefined],
  ])("is not read from %s", (_, value) => {
    expect(instantMs(value)).toBeUndefined();
  });

  it("on a leap day is one", () => {
    expect(instantMs("2028-02-29T00:00:00Z")).toBe(Date.UTC(2028, 1, 29));
  });

  it("on the last day of a month is one where it is the next month already in UTC", () => {
    expect(instantMs("2027-01-31T23:00:00-05:00")).toBe(Date.UTC(2027, 1, 1, 4));
  });

  it("is written in UTC and whole seconds, never rounded up", () => {
    expect(instantText(Date.UTC(2027, 0, 31) + 999)).toBe("2027-01-31T00:00:00Z");
  });

  it("survives being written and read", () => {
    const ms = Date.UTC(2031, 11, 31, 23, 59, 59);
    expect(instantMs(instantText(ms))).toBe(ms);
  });
});
