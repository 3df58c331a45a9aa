import { atPointer } from "../../pointer";
import type { Condition, PartCondition } from "../schema/condition";

/** Whether all that a condition says is true of a JSON value. */
export function holdsOf(condition: PartCondition, document: unknown): boolean {
  const { at = "", equals, oneOf, matches, exists } = condition;
  const found = atPointer(document, at);
  if (equals !== undefined && found !== equals) return false;
  if (oneOf !== undefined && !oneOf.includes(found as never)) return false;
  if (exists !== undefined && (found !== undefined && found !== null) !== exists) return false;
  if (matches === undefined) return true;
  return typeof found === "string" && new RegExp(matches, "u").test(found);
}

/** Whether one of several conditions is true of an answer. */
export function anyHolds(conditions: readonly Condition[], status: number, body: unknown): boolean {
  return conditions.some(({ status: wanted, ...content }) => {
    if (wanted !== undefined && ![wanted].flat().includes(status)) return false;
    return holdsOf(content, body);
  });
}
