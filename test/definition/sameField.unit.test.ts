import { unknownValue } from "../../provider/base/unknown";
import { nearestName } from "../../provider/base/words";
import { sameField } from "../../provider/definition/sameField";

const instantAs = (form: "date" | "lifetime-days") =>
  ({ type: "instant", as: { request: form, response: form === "date" ? form : "rfc3339" } }) as const;

describe("two values of a field", () => {
  it.each<[string, Parameters<typeof sameField>[0], unknown, unknown]>([
    ["sets in another order", { type: "strings", set: true }, ["a", "b"], ["b", "a"]],
    ["sets with repetitions", { type: "strings", set: true }, ["a", "b", "a"], ["a", "b"]],
    ["one moment in two zones", { type: "instant" }, "2027-01-31T02:00:00+02:00", "2027-01-31T00:00:00Z"],
    [
      "a moment of which a vendor keeps no fraction",
      { type: "instant" },
      "2027-01-31T00:00:00.999Z",
      "2027-01-31T00:00:00Z",
    ],
    [
      "moments of one day, at a vendor of dates",
      instantAs("date"),
      "2027-01-31T18:30:00Z",
      "2027-01-31T00:00:00Z",
    ],
    [
      "moments within a vendor's whole days",
      instantAs("lifetime-days"),
      "2027-01-31T18:30:00Z",
      "2027-01-31T12:00:00Z",
    ],
    ["null and nothing", { type: "string" }, null, undefined],
    ["equal lists", { type: "strings" }, ["a", "b"], ["a", "b"]],
  ])("mean the same: %s", (_, field, a, b) => {
    expect(sameField(field, a, b)).toBe(true);
    expect(sameField(field, b, a)).toBe(true);
  });

  it.each<[string, Parameters<typeof sameField>[0], unknown, unknown]>([
    ["a list in another order", { type: "strings" }, ["a", "b"], ["b", "a"]],
    ["sets that differ by one", { type: "strings", set: true }, ["a", "b"], ["a"]],
    ["an empty set and nothing", { type: "strings", set: true }, [], undefined],
    ["moments a second apart", { type: "instant" }, "2027-01-31T00:00:00Z", "2027-01-31T00:00:01Z"],
    ["two days, at a vendor of dates", instantAs("date"), "2027-01-31T23:59:59Z", "2027-02-01T00:00:00Z"],
    [
      "moments days apart, at a vendor of days",
      instantAs("lifetime-days"),
      "2027-01-31T00:00:00Z",
      "2027-02-02T00:00:00Z",
    ],
    ["a text that is no moment, and a moment", { type: "instant" }, "soon", "2027-01-31T00:00:00Z"],
    ["a number and its digits", { type: "integer" }, 60, "60"],
    ["zero and nothing", { type: "integer" }, 0, undefined],
    ["false and nothing", { type: "boolean" }, false, null],
    ["texts that differ in case", { type: "string" }, "CI", "ci"],
  ])("differ: %s", (_, field, a, b) => {
    expect(sameField(field, a, b)).toBe(false);
    expect(sameField(field, b, a)).toBe(false);
  });

  it("are not changed by the comparison", () => {
    const list = ["b", "a"];
    sameField({ type: "strings", set: true }, list, ["a", "b"]);
    expect(list).toEqual(["b", "a"]);
  });
});

describe("the nearest name", () => {
  const names = ["permissions", "expiresAt", "expiresIn", "name"];

  it.each([
    ["permisions", "permissions"],
    ["Permissions", "permissions"],
    ["expiresat", "expiresAt"],
    ["nmae", undefined],
    ["nam", "name"],
    ["colour", undefined],
  ])("of %p is %p", (typo, meant) => {
    expect(nearestName(typo, names)).toBe(meant);
  });

  it("is the closest, and the first of equals", () => {
    expect(nearestName("expiresIm", names)).toBe("expiresIn");
    expect(nearestName("expires", ["expiresAt", "expiresIn"])).toBe("expiresAt");
  });
});

it("compares a set that holds something unknown without looking into it", () => {
  const set = { type: "strings", set: true } as const;
  expect(sameField(set, ["b", unknownValue], ["b", "a"])).toBe(false);
});
