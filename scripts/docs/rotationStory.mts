import { createRequire } from "node:module";
import type * as Time from "../../provider/base/time.ts";
import type * as Rotation from "../../provider/rotation/index.ts";

const require = createRequire(import.meta.url);
const { datesOf, previousRevocation, renewalReason, revokeAt, successorAnchorMs } =
  require("../../dist/provider/rotation/index.js") as typeof Rotation;
const { durationMs, instantMs, instantText } = require("../../dist/provider/base/time.js") as typeof Time;

const dayMs = 86_400_000;

/** One key of a resource, with the moments of its life in milliseconds since the epoch. */
export interface Generation {
  readonly madeMs: number;
  readonly dueMs: number;
  readonly expiresMs: number;
  /** When its successor was made; undefined while it is the current one. */
  readonly succeededMs?: number;
  readonly revokedMs?: number;
}

/** The schedule of the story: arguments of a key. */
export interface StorySchedule {
  readonly every: string;
  readonly overlap: string;
  readonly expiresIn: string;
}

export interface Story {
  /** First and last night. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly upsMs: readonly number[];
  readonly generations: readonly Generation[];
}

/**
 * The life of a key when `pulumi up` runs every night, by the functions with which the provider decides.
 *
 * @param fromMs the night of the first `pulumi up`
 * @param nights the number of nights
 * @param missed nights without an `up`, counted from the first, which is 0
 */
export function storyOf(
  { every, overlap, expiresIn }: StorySchedule,
  fromMs: number,
  nights: number,
  missed: ReadonlySet<number>,
): Story {
  const asked: Rotation.Schedule = { expiresIn, rotation: { every, overlap } };
  const upsMs = Array.from({ length: nights + 1 }, (_, night) => night)
    .filter((night) => !missed.has(night))
    .map((night) => fromMs + night * dayMs);
  const generations: { -readonly [K in keyof Generation]: Generation[K] }[] = [];
  let done: Rotation.Schedule & { readonly previousKeyId?: string } = {};
  for (const now of upsMs) {
    const current = generations.at(-1);
    const previous = generations.at(-2);
    if (previous && previousRevocation(done, asked, now)) {
      previous.revokedMs = now;
      const { previousKeyId: _, previousRevokeAt: __, ...rest } = done;
      done = rest;
    }
    if (current && renewalReason(done, asked, now) === undefined) continue;
    const dates = datesOf(asked, current ? successorAnchorMs(done, asked, now) : now, now);
    const previousRevokeAt = current && revokeAt(asked, now);
    const expiresAt = instantText(now + (durationMs(expiresIn) ?? Number.NaN));
    if (current) current.succeededMs = now;
    done = {
      ...asked,
      ...dates,
      expiresAt,
      ...(previousRevokeAt && { previousKeyId: "", previousRevokeAt }),
    };
    generations.push({ madeMs: now, dueMs: moment(dates.dueAt), expiresMs: moment(expiresAt) });
  }
  return { fromMs, toMs: fromMs + nights * dayMs, upsMs, generations };
}

function moment(text: string | undefined): number {
  const ms = instantMs(text);
  if (ms === undefined) throw new Error("The story's schedule has to give each key a date.");
  return ms;
}
