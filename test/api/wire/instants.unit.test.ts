import { fromWireValue } from "../../../provider/api/wire/decode";
import { toWireValue } from "../../../provider/api/wire/encode";
import { type InstantForm, instantForms } from "../../../provider/definition/schema/field";
import { field, nowMs } from "../../support/vendor/wire";

const expiresAt = "2027-01-31T10:30:15Z";
const epochMs = Date.parse(expiresAt);

function sent(as: InstantForm | undefined, inputs: Record<string, unknown>, others = {}): unknown {
  return toWireValue(
    "expiresAt",
    field("expiresAt", { input: "optional", ...(as && { as }), ...others }),
    inputs,
    nowMs,
  );
}

function told(as: InstantForm, value: unknown, others = {}): unknown {
  return fromWireValue(field("expiresAt", { as, ...others }), value);
}

describe("a moment in a request", () => {
  it.each<[InstantForm, unknown]>([
    ["rfc3339", expiresAt],
    ["utc", "2027-01-31T10:30:15"],
    ["date", "2027-01-31"],
    ["epoch-seconds", epochMs / 1_000],
    ["epoch-milliseconds", epochMs],
    ["lifetime-milliseconds", epochMs - nowMs],
    ["lifetime-seconds", (epochMs - nowMs) / 1_000],
    ["lifetime-minutes", 351_270],
    ["lifetime-hours", 5_854],
    ["lifetime-days", 243],
  ])("stands there as %s", (form, wire) => {
    expect(sent(form, { expiresAt })).toBe(wire);
  });

  it("keeps the program's time zone only in RFC 3339", () => {
    const text = "2027-01-31T12:30:15.5+02:00";
    expect(sent(undefined, { expiresAt: text })).toBe(text);
    expect(sent("utc", { expiresAt: text })).toBe("2027-01-31T10:30:15");
    expect(sent("epoch-seconds", { expiresAt: text })).toBe(epochMs / 1_000);
  });

  it("is the lifetime that the program set, and not what is left of it", () => {
    const late = { expiresAt: "2026-06-30T11:59:59Z", expiresIn: "30d" };
    expect(sent("lifetime-days", late)).toBe(30);
    expect(sent("lifetime-seconds", late)).toBe(30 * 86_400);
    expect(sent("lifetime-days", { expiresAt: late.expiresAt })).toBe(28);
  });

  it("lasts at least one unit: at some vendors, zero means for ever", () => {
    expect(sent("lifetime-days", { expiresAt: "2026-06-01T13:00:00Z" })).toBe(1);
  });

  it("may be a number in a text", () => {
    expect(sent("epoch-seconds", { expiresAt }, { quoted: true })).toBe(String(epochMs / 1_000));
  });

  it.each([-1, 0, "never", null])("that is never is sent as %j where the definition says so", (never) => {
    expect(sent("epoch-seconds", {}, { never })).toBe(never);
    expect(sent("epoch-seconds", { expiresAt: null }, { never })).toBe(never);
  });

  it("that means never is not sent when the definition has no form for it", () => {
    expect(sent("utc", {})).toBeUndefined();
    expect(sent("utc", { expiresAt: null })).toBeUndefined();
  });

  it.each(instantForms)("as %s is passed over when it is invalid", (form) => {
    if (!form.startsWith("lifetime")) expect(sent(form, { expiresAt: "soon" })).toBe("soon");
    else expect(() => sent(form, { expiresAt: "soon" })).not.toThrow();
  });
});

describe("one of the vendor's own lifetimes", () => {
  const lifetimes = { "30d": "ONE_MONTH", "52w": 12, "100w": null };

  it("is sent as the vendor calls it, however the program spells it", () => {
    expect(sent(undefined, { expiresAt, expiresIn: "30d" }, { lifetimes })).toBe("ONE_MONTH");
    expect(sent(undefined, { expiresAt, expiresIn: "720h" }, { lifetimes })).toBe("ONE_MONTH");
    expect(sent(undefined, { expiresAt, expiresIn: "52w" }, { lifetimes })).toBe(12);
    expect(sent(undefined, { expiresAt, expiresIn: "700d" }, { lifetimes })).toBeNull();
  });

  it("is sent in the field's form when the vendor has no name for it", () => {
    expect(sent("lifetime-days", { expiresAt, expiresIn: "30d" }, { lifetimes: ["30d", "90d"] })).toBe(30);
  });

  it("does not apply to other fields", () => {
    const createdAt = field("createdAt", { input: "optional" });
    expect(toWireValue("createdAt", createdAt, { createdAt: expiresAt, expiresIn: "30d" }, nowMs)).toBe(
      expiresAt,
    );
  });
});

describe("a moment in an answer", () => {
  it.each<[InstantForm, unknown, string]>([
    ["rfc3339", expiresAt, expiresAt],
    ["rfc3339", "2027-01-31T12:30:15.123456+02:00", "2027-01-31T12:30:15.123456+02:00"],
    ["rfc3339", "2027-01-31T10:30:15+0000", "2027-01-31T10:30:15+00:00"],
    ["rfc3339", "2027-01-31T10:30:15", expiresAt],
    ["rfc3339", "2027-01-31 10:30:15", expiresAt],
    ["rfc3339", "2027-01-31 10:30:15.5", "2027-01-31T10:30:15.5Z"],
    ["rfc3339", "2027-01-31 10:30:15 UTC", expiresAt],
    ["rfc3339", "2027-01-31 10:30:15 +0000", "2027-01-31T10:30:15+00:00"],
    ["rfc3339", "2027-01-31 10:30:15.678+00", "2027-01-31T10:30:15.678+00:00"],
    ["rfc3339", "2027-01-31T10:30:15-03", "2027-01-31T10:30:15-03:00"],
    ["rfc3339", "2027-01-31 10:30", "2027-01-31T10:30:00Z"],
    ["rfc3339", "2027-01-31", "2027-01-31T00:00:00Z"],
    ["utc", "2027-01-31T10:30:15", expiresAt],
    ["date", "2027-01-31", "2027-01-31T00:00:00Z"],
    ["epoch-seconds", epochMs / 1_000, expiresAt],
    ["epoch-seconds", epochMs / 1_000 + 0.25, expiresAt],
    ["epoch-seconds", String(epochMs / 1_000), expiresAt],
    ["epoch-seconds", expiresAt, expiresAt],
    ["epoch-milliseconds", epochMs, expiresAt],
    ["epoch-milliseconds", String(epochMs), expiresAt],
  ])("as %s is RFC 3339: %j", (form, wire, text) => {
    expect(told(form, wire)).toBe(text);
  });

  it.each<[InstantForm, unknown]>([
    ["rfc3339", null],
    ["rfc3339", ""],
    ["rfc3339", "never"],
    ["utc", "0"],
    ["rfc3339", "0001-01-01T00:00:00Z"],
    ["rfc3339", "1970-01-01T00:00:00Z"],
    ["epoch-seconds", 0],
    ["epoch-seconds", -1],
    ["epoch-seconds", "0"],
    ["epoch-milliseconds", -1],
    ["epoch-milliseconds", Number.MAX_SAFE_INTEGER],
    ["lifetime-days", null],
  ])("as %s is never: %j", (form, wire) => {
    expect(told(form, wire)).toBeNull();
  });

  it.each([0, -1, "unlimited"])("is never where the definition has this word for it: %j", (never) => {
    expect(told("rfc3339", never)).toBeUndefined();
    expect(told("rfc3339", never, { never })).toBeNull();
  });

  it.each<[InstantForm, unknown]>([
    ["rfc3339", undefined],
    ["rfc3339", "soon"],
    ["rfc3339", "2027-02-30"],
    ["rfc3339", 5],
    ["rfc3339", {}],
    ["epoch-seconds", true],
    ["epoch-seconds", "soon"],
    ["lifetime-days", 30],
  ])("as %s is ignored when it is invalid: %j", (form, wire) => {
    expect(told(form, wire)).toBeUndefined();
  });

  it("may come in another form than it is sent in", () => {
    const both = field("expiresAt", {
      as: { request: "lifetime-seconds", response: "date" },
      input: "optional",
    });
    expect(toWireValue("expiresAt", both, { expiresAt, expiresIn: "1h" }, nowMs)).toBe(3_600);
    expect(fromWireValue(both, "2027-01-31")).toBe("2027-01-31T00:00:00Z");
  });
});
