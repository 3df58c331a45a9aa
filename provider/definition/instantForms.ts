/** Milliseconds in the unit of each form that tells how long, and not until when. */
export const lifetimeUnitMs = {
  "lifetime-milliseconds": 1,
  "lifetime-seconds": 1_000,
  "lifetime-minutes": 60_000,
  "lifetime-hours": 3_600_000,
  "lifetime-days": 86_400_000,
} as const;

/** Whether a form tells how long, and not until when. */
export function isLifetime(form: string): form is keyof typeof lifetimeUnitMs {
  return Object.hasOwn(lifetimeUnitMs, form);
}

/** Milliseconds that the smallest step of a form lasts; none of them is shorter than a second. */
export function precisionMs(form: string): number {
  return form === "date"
    ? lifetimeUnitMs["lifetime-days"]
    : isLifetime(form)
      ? Math.max(1_000, lifetimeUnitMs[form])
      : 1_000;
}
