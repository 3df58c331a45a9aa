import { templateVariables } from "../../provider/json/templates";
import type { Schema } from "../document/schema";
import { change, type Difference, news } from "./difference";
import type { Sent } from "./sent";

/** What is the same in each request, against what the document allows. */
export function constantDifferences(
  at: string,
  constant: unknown,
  schema: Schema,
  role: string,
  refused: string,
): Difference[] {
  const { values } = schema;
  const isTemplate = typeof constant === "string" && templateVariables(constant).length > 0;
  if (!values || isTemplate || typeof constant === "object" || values.includes(constant)) return [];
  return [
    change(
      `${role}: ${at} is one of ${listed(values)}; the definition sends ${JSON.stringify(constant)}.`,
      `${refused} would be refused.`,
      schema.pointer,
    ),
  ];
}

/** Texts that a field may be, against those that the document allows. */
export function valueDifferences(
  at: string,
  { name, of }: NonNullable<Sent["field"]>,
  schema: Schema,
  role: string,
  refused: string,
): Difference[] {
  const allowed = allowedBy(schema.items) ?? allowedBy(schema);
  const own = of.values ?? of.lifetimes;
  if (!own || !allowed) return [];
  const sent = [...own.values()];
  const gone = sent.filter((value) => !allowed.includes(value));
  const added = allowed.filter((value) => !sent.includes(value));
  const { pointer } = schema.items && allowedBy(schema.items) ? schema.items : schema;
  const means = `${refused} with ${name} ${listed(gone)} would be refused.`;
  return [
    ...(gone.length > 0 ? [change(`${role}: ${at} cannot be ${listed(gone)}.`, means, pointer)] : []),
    ...(added.length > 0 ? [news(`${role}: ${at} can also be ${listed(added)}.`, pointer)] : []),
  ];
}

/** The only values, also as some documents list those to which others may be added. */
function allowedBy(schema: Schema | undefined): readonly unknown[] | undefined {
  const open = schema?.first("x-enum");
  return schema?.values ?? (Array.isArray(open) ? open : undefined);
}

/** The longest text of a field, against that which the document allows. */
export function lengthDifference(
  at: string,
  { name, of }: NonNullable<Sent["field"]>,
  schema: Schema,
  role: string,
  refused: string,
): Difference[] {
  const most = schema.number("maxLength");
  if (of.maxLength === undefined || most === undefined || most >= of.maxLength) return [];
  return [
    change(
      `${role}: ${at} has at most ${most} characters; the definition allows ${of.maxLength}.`,
      `${refused} with a longer ${name} would be refused.`,
      schema.pointer,
    ),
  ];
}

function listed(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}
