import { instantMs } from "../base/time";
import { momentOf } from "./moments";
import { matchOf as foundIn } from "./patterns";
import { atPointer } from "./pointer";

type Scalar = string | number | boolean | null;

/** What must be true of one place in a JSON value. */
export interface PlaceCondition {
  /** JSON Pointer. Default: the whole. */
  readonly at?: string | undefined;
  /** Of several one must be there. */
  readonly equals?: Scalar | readonly Scalar[] | undefined;
  /** Regular expression. */
  readonly matches?: string | undefined;
  /** Whether there must be something other than null, or must not. */
  readonly exists?: boolean | undefined;
  /** Whether there must be a moment that has passed, or must not: one to come and none at all have not. */
  readonly passed?: boolean | undefined;
}

/** Something that is true of a part of a key, as the vendor tells of it. */
export interface PartCondition extends PlaceCondition {
  readonly all?: readonly PlaceCondition[] | undefined;
  readonly not?: PlaceCondition | undefined;
}

/** Something that is true of a response. */
export interface Condition extends PartCondition {
  readonly status?: number | readonly number[] | undefined;
}

/** Whether all that a condition says is true of a JSON value. */
export function holdsOf(condition: PartCondition, document: unknown): boolean {
  const { at = "", equals, matches, exists, passed, all = [], not } = condition;
  if (!all.every((other) => holdsOf(other, document)) || (not && holdsOf(not, document))) return false;
  const found = atPointer(document, at);
  if (equals !== undefined && ![equals].flat().some((wanted) => wanted === found)) return false;
  if (exists !== undefined && (found !== undefined && found !== null) !== exists) return false;
  if (passed !== undefined && hasPassed(found) !== passed) return false;
  if (matches === undefined) return true;
  return typeof found === "string" && foundIn(matches, found) !== null;
}

/** Whether it is true of a JSON value; undefined where that has nothing there of which it could be. */
export function toldBy(condition: PartCondition, document: unknown): boolean | undefined {
  const { at = "", exists, passed, not } = condition;
  const needsNone = exists !== undefined || passed !== undefined || not !== undefined;
  if (!needsNone && atPointer(document, at) === undefined) return undefined;
  return holdsOf(condition, document);
}

/**
 * What vendors tell in the place of a moment that there is none, such as the beginning of their calendar, has not passed:
 * a key that works would pass for revoked, and be renewed in each run. What is else there and is no moment to come counts
 * as passed: a key is not called active on a guess.
 */
function hasPassed(found: unknown): boolean {
  if (found === undefined || found === false || found === "false") return false;
  const moment = momentOf(found);
  if (moment === null) return false;
  const epochMs = instantMs(moment);
  return epochMs === undefined || epochMs <= Date.now();
}

/**
 * Whether one of several conditions is true of a response.
 *
 * @param mayBe statuses of which a condition that names none may be. Default: any
 */
export function anyHolds(
  conditions: readonly Condition[],
  status: number,
  body: unknown,
  mayBe: (status: number) => boolean = () => true,
): boolean {
  return conditions.some(({ status: wanted, ...content }) => {
    const fits = wanted === undefined ? mayBe(status) : [wanted].flat().includes(status);
    return fits && holdsOf(content, body);
  });
}
