import { instantText } from "../../provider/base/time";
import { unknownValue } from "../../provider/base/unknown";
import type { Properties } from "../../provider/lifecycle";
import { dueAt, renewalReason, type Schedule } from "../../provider/rotation";
import { day, start } from "../support/lifecycle/world";

const begun = instantText(start);
const msAfter = (days: number) => start + days * day;
const dateAfter = (days: number) => instantText(msAfter(days));

/** Why a key that began at `start` under one schedule is due under another, some days later. */
function owedAfter(days: number, asked: Schedule, done: Schedule = asked): string | undefined {
  return renewalReason({ rotatedAt: begun, ...done }, asked, msAfter(days));
}

/** The inputs of a preview, as the lifecycle hands them on: what the engine does not know yet may stand in any place. */
const previewed = (inputs: Properties) => inputs as Schedule;

describe("triggers", () => {
  const triggers = (values?: Record<string, unknown>): Schedule => ({
    rotation: values === undefined ? {} : { triggers: values },
  });

  it.each<[string, Schedule, Schedule, string | undefined]>([
    ["ask for nothing while they stay", triggers({ a: 1 }), triggers({ a: 1 }), undefined],
    [
      "ask for nothing when only their order changes",
      triggers({ a: 1, b: 2 }),
      triggers({ b: 2, a: 1 }),
      undefined,
    ],
    ["ask for a key when one changes", triggers({ a: 1 }), triggers({ a: 2 }), "rotation"],
    [
      "ask for a key when one changes deep inside",
      triggers({ a: { b: [1] } }),
      triggers({ a: { b: [2] } }),
      "rotation",
    ],
    ["ask for a key when one is added", triggers({ a: 1 }), triggers({ a: 1, b: 1 }), "rotation"],
    ["ask for a key when one of two is removed", triggers({ a: 1, b: 1 }), triggers({ a: 1 }), "rotation"],
    ["ask for a key when they are the first", triggers(), triggers({ a: 1 }), "rotation"],
    ["ask for nothing when all are removed", triggers({ a: 1 }), triggers(), undefined],
    [
      "ask for nothing when the last one is taken out of the object",
      triggers({ a: 1 }),
      triggers({}),
      undefined,
    ],
    ["ask for nothing when there were none and there are none", triggers(), triggers({}), undefined],
    ["ask for nothing when rotation is removed whole", triggers({ a: 1 }), {}, undefined],
    ["tell a number from its digits", triggers({ a: 1 }), triggers({ a: "1" }), "rotation"],
  ])("%s", (_, done, asked, reason) => {
    expect(owedAfter(0, asked, done)).toBe(reason);
  });

  it.each<[string, Properties]>([
    ["one of them is not known yet", { rotation: { triggers: { a: unknownValue } } }],
    ["none of them is known yet", { rotation: { triggers: unknownValue } }],
    ["the whole rotation is not known yet", { rotation: unknownValue }],
  ])("show a renewal when %s: it may well come", (_, asked) => {
    expect(owedAfter(0, previewed(asked), triggers({ a: 1 }))).toBe("rotation");
  });
});

describe("rotation.every", () => {
  const monthly: Schedule = { rotation: { every: "30d" } };

  it.each([
    [29.999, undefined],
    [30, "dueAt"],
    [31, "dueAt"],
    [3_000, "dueAt"],
  ])("after %d of 30 days owes %p", (days, reason) => {
    expect(owedAfter(days, { ...monthly, dueAt: dateAfter(days + 30) })).toBe(reason);
  });

  it("counts from the key's own beginning when the period changes, so nothing is renewed early", () => {
    expect(owedAfter(20, { rotation: { every: "90d" } }, monthly)).toBeUndefined();
    expect(owedAfter(20, { rotation: { every: "21d" } }, monthly)).toBeUndefined();
    expect(owedAfter(20, { rotation: { every: "20d" } }, monthly)).toBe("dueAt");
  });

  it("owes nothing when it is dropped, however late it was", () => {
    expect(owedAfter(300, {}, monthly)).toBeUndefined();
  });

  it("owes nothing while the clock is set back to before the key's beginning", () => {
    expect(owedAfter(-400, monthly)).toBeUndefined();
  });

  it("owes nothing while its period is not known yet", () => {
    expect(owedAfter(300, previewed({ rotation: { every: unknownValue } }), monthly)).toBeUndefined();
  });

  it("owes nothing of a key whose beginning was never written down", () => {
    expect(renewalReason({}, monthly, msAfter(300))).toBeUndefined();
  });
});

describe("expiresIn", () => {
  const quarterly: Schedule = { expiresIn: "90d" };

  it.each([
    [89, undefined],
    [90, "dueAt"],
    [1_000, "dueAt"],
  ])("after %d of 90 days owes %p", (days, reason) => {
    expect(owedAfter(days, quarterly)).toBe(reason);
  });

  it("gives way to a shorter rotation.every, and the other way round", () => {
    expect(owedAfter(30, { ...quarterly, rotation: { every: "30d" } })).toBe("dueAt");
    expect(owedAfter(30, { expiresIn: "30d", rotation: { every: "90d" } })).toBe("dueAt");
  });

  it("owes a key as soon as the vendor's own, earlier expiry has passed", () => {
    const done = { rotatedAt: begun, ...quarterly, expiresAt: dateAfter(10) };
    expect(renewalReason(done, quarterly, msAfter(9))).toBeUndefined();
    expect(renewalReason(done, quarterly, msAfter(10))).toBe("dueAt");
  });
});

describe("a date pinned with ignoreChanges", () => {
  it("that has passed holds back every renewal by time", () => {
    const pinned: Schedule = { rotation: { every: "30d" }, expiresIn: "30d", dueAt: dateAfter(30) };
    expect(
      renewalReason({ rotatedAt: begun, ...pinned, expiresAt: dateAfter(30) }, pinned, msAfter(31)),
    ).toBeUndefined();
  });

  it("holds back no trigger", () => {
    const done = { dueAt: dateAfter(30), rotation: { triggers: { a: 1 } } };
    expect(owedAfter(31, { ...done, rotation: { triggers: { a: 2 } } }, done)).toBe("rotation");
  });

  it("holds back no repair of a revoked key", () => {
    const pinned: Schedule = { rotation: { every: "30d" }, dueAt: dateAfter(30) };
    expect(owedAfter(31, pinned, { ...pinned, status: "revoked" })).toBe("status");
  });
});

describe("a key's status", () => {
  it("owes a key for one that was revoked", () => {
    expect(owedAfter(0, {}, { status: "revoked" })).toBe("status");
  });

  it("owes a key for one that expired when its lifetime renews itself", () => {
    expect(owedAfter(1, { expiresIn: "90d" }, { expiresIn: "90d", status: "expired" })).toBe("status");
  });

  it("owes nothing for one that expired at a moment which the program fixed", () => {
    expect(owedAfter(1, { expiresAt: dateAfter(0) }, { status: "expired" })).toBeUndefined();
  });

  it("owes a key for one whose expiry was the vendor's own choice", () => {
    expect(owedAfter(1, {}, { status: "expired", expiresAt: dateAfter(0) })).toBe("status");
  });

  it("owes nothing for one that a clock ahead of ours called expired, until it has expired by ours too", () => {
    const done: Schedule = { status: "expired", expiresAt: dateAfter(1) };
    expect(renewalReason(done, {}, msAfter(1) - 1_000)).toBeUndefined();
    expect(renewalReason(done, {}, msAfter(1))).toBe("status");
  });

  it("owes nothing for one that is active", () => {
    expect(owedAfter(0, {}, { status: "active" })).toBeUndefined();
  });

  it("owes nothing where the inputs name it too, as within refresh", () => {
    expect(owedAfter(0, { status: "revoked" }, { status: "revoked" })).toBeUndefined();
  });
});

describe("a fixed expiresAt that has passed", () => {
  const fixed = { expiresAt: dateAfter(10), rotation: { every: "30d" } };

  it("ends all renewal by time or status: a successor would be born expired, and block every up", () => {
    expect(owedAfter(31, fixed)).toBeUndefined();
    expect(owedAfter(31, fixed, { ...fixed, status: "revoked" })).toBeUndefined();
  });

  it("is renewed ahead by no margin: only a lifetime, or the vendor's own choice, renews itself", () => {
    const asked = { expiresAt: dateAfter(10), rotation: { beforeExpiry: "5d" } };
    expect(owedAfter(9, asked)).toBeUndefined();
    expect(owedAfter(9, { rotation: asked.rotation }, asked)).toBe("dueAt");
  });

  it("ends renewal five minutes early, for by the vendor's clock it may have passed", () => {
    const revoked: Schedule = { ...fixed, status: "revoked" };
    const minutesBefore = (minutes: number) => msAfter(10) - minutes * 60_000;
    expect(renewalReason(revoked, fixed, minutesBefore(6))).toBe("status");
    expect(renewalReason(revoked, fixed, minutesBefore(5))).toBeUndefined();
  });

  it("ends no renewal while it lies ahead", () => {
    expect(owedAfter(9, fixed, { ...fixed, status: "revoked" })).toBe("status");
  });

  it("leaves the due date where it was: moved at every up, it would be a change each time", () => {
    expect(dueAt({ rotatedAt: begun }, fixed, msAfter(31))).toBe(dateAfter(30));
  });

  it("leaves a changed trigger to be asked for, so that the user hears why it cannot be", () => {
    const asked = { ...fixed, rotation: { triggers: { a: 2 } } };
    expect(owedAfter(31, asked, { ...fixed, rotation: { triggers: { a: 1 } } })).toBe("rotation");
  });
});

describe("the next due date", () => {
  it.each<[string, Schedule, string | undefined]>([
    ["is a period after the key's beginning", { rotation: { every: "30d" } }, dateAfter(30)],
    ["is the end of the lifetime", { expiresIn: "12h" }, dateAfter(0.5)],
    ["is the earlier of both", { rotation: { every: "30d" }, expiresIn: "90d" }, dateAfter(30)],
    ["is absent where nothing renews the key by time", { rotation: { triggers: { a: 1 } } }, undefined],
  ])("%s", (_, asked, date) => {
    expect(dueAt({ rotatedAt: begun }, asked, start)).toBe(date);
  });

  it("is the old one plus whole periods when many were missed: an up late by many periods renews once", () => {
    const late = msAfter(305);
    const asked: Schedule = { rotation: { every: "30d" } };
    const next = dueAt({ rotatedAt: begun }, asked, late);
    expect(next).toBe(dateAfter(330));
    expect(renewalReason({ rotatedAt: begun, ...asked }, { ...asked, dueAt: next ?? "" }, late)).toBe(
      "dueAt",
    );
    const renewed = { rotatedAt: instantText(late), ...asked };
    expect(
      renewalReason(
        renewed,
        { ...asked, dueAt: dueAt({ rotatedAt: renewed.rotatedAt ?? "" }, asked, late) ?? "" },
        late,
      ),
    ).toBeUndefined();
  });

  it("stays where it was while the clock is set back", () => {
    expect(dueAt({ rotatedAt: begun }, { rotation: { every: "30d" } }, msAfter(-400))).toBe(dateAfter(30));
  });

  it("is absent for a key without a beginning", () => {
    expect(dueAt({}, { expiresIn: "30d" }, start)).toBeUndefined();
  });
});
