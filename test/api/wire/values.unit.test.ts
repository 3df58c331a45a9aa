import { fromWireValue } from "../../../provider/api/wire/decode";
import { toWireValue } from "../../../provider/api/wire/encode";
import type { FieldInput } from "../../../provider/definition/schema/field";
import { field, nowMs } from "../../support/vendor/wire";

const sent = (written: FieldInput, given: unknown) =>
  toWireValue("role", field("role", { input: "optional", ...written }), { role: given }, nowMs);
const told = (written: FieldInput, wire: unknown) => fromWireValue(field("role", written), wire);

describe("a value of several", () => {
  const roles = { reader: 10, owner: { level: 50 }, guest: { level: 5 }, none: null, flag: true };

  it.each<[string, unknown]>([
    ["reader", 10],
    ["owner", { level: 50 }],
    ["guest", { level: 5 }],
    ["none", null],
    ["flag", true],
  ])("is sent and read as the vendor has it: %s", (ours, wire) => {
    expect(sent({ values: roles }, ours)).toStrictEqual(wire);
    expect(told({ values: roles }, wire)).toBe(ours);
  });

  it("is known where a number comes as text", () => {
    expect(told({ values: roles }, "10")).toBe("reader");
  });

  it("stays as it is told where it is none of them", () => {
    expect(told({ values: roles }, "auditor")).toBe("auditor");
    expect(told({ values: ["reader"] }, "auditor")).toBe("auditor");
  });

  it("is not taken for another where both are objects", () => {
    expect(told({ values: roles }, { level: 7 })).toBeUndefined();
  });

  it("may be true and false, or a number", () => {
    const yesNo: FieldInput = { type: "boolean", values: { true: "Y", false: "N" } };
    expect([sent(yesNo, true), sent(yesNo, false)]).toStrictEqual(["Y", "N"]);
    expect([told(yesNo, "Y"), told(yesNo, "N"), told(yesNo, "?")]).toStrictEqual([true, false, undefined]);
    const tiers: FieldInput = { type: "integer", values: { 1: "low", 2: "high" } };
    expect([sent(tiers, 2), told(tiers, "high"), told(tiers, "top")]).toStrictEqual(["high", 2, undefined]);
  });
});

describe("a number", () => {
  it("is sent as text where the vendor wants one", () => {
    expect(sent({ type: "integer", quoted: true }, 60)).toBe("60");
    expect(sent({ type: "integer" }, 60)).toBe(60);
  });

  it.each<[FieldInput["type"], unknown, unknown]>([
    ["integer", 60, 60],
    ["integer", "60", 60],
    ["integer", 1.5, undefined],
    ["integer", "", undefined],
    ["integer", 2 ** 53, undefined],
    ["integer", true, undefined],
    ["number", 1.5, 1.5],
    ["number", "1.5", 1.5],
    ["number", "much", undefined],
    ["boolean", 1, true],
    ["boolean", "false", false],
    ["boolean", 2, undefined],
    ["string", 5, undefined],
    ["json", { a: [1, null] }, { a: [1, null] }],
    ["json", { a: "\ud800" }, undefined],
    ["json", null, null],
  ])("and other types are told where they are of the declared one: %s %j", (type, wire, ours) => {
    expect(told({ type }, wire)).toStrictEqual(ours);
  });
});
