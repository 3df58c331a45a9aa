import type { FieldDefinition, Form } from "../../provider/definition/definition";
import { isLifetime } from "../../provider/definition/instantForms";
import type { Schema } from "../document/schema";
import { instantOf } from "../parts/instants";

const textForms: readonly string[] = ["rfc3339", "utc", "date"];

/** How a document's schema has a value otherwise than a field has it; undefined where the two agree, or it says too little. */
export function otherForm(
  name: string,
  field: FieldDefinition,
  form: Form | undefined,
  schema: Schema,
): { readonly described: string; readonly defined: string } | undefined {
  const kinds = kindsOf(field, form);
  const { types } = schema;
  if (kinds.length > 0 && types.length > 0 && !types.some((type) => kinds.includes(type)))
    return {
      described: types.join(" or "),
      defined: field.type === "instant" && form ? form : String(kinds[0]),
    };
  if (field.type !== "instant" || form === undefined || field.lifetimes || types.length !== 1)
    return undefined;
  const { form: described, question, unseen, lifetimes } = instantOf(name, schema);
  if (question || unseen || lifetimes || described === form) return undefined;
  // A text of a moment is read in each form that texts have; a day is less than a moment.
  const bothText = textForms.includes(described) && textForms.includes(form);
  if (bothText && (described === "date") === (form === "date")) return undefined;
  return { described, defined: form };
}

/** The kinds of JSON that a field may be; none where any. */
function kindsOf(
  { type, quoted, values, lifetimes, countsFrom }: FieldDefinition,
  form: Form | undefined,
): string[] {
  if (values || lifetimes || countsFrom) return [];
  if (quoted) return ["string"];
  if (type === "integer") return ["integer", "number"];
  if (type === "number") return ["number", "integer"];
  if (type === "boolean" || type === "string") return [type];
  if (form === "joined") return ["string"];
  if (form === "list" || form === "objects") return ["array"];
  if (type !== "instant" || form === undefined) return [];
  return isLifetime(form) || form.startsWith("epoch") ? ["integer", "number"] : ["string"];
}

/** How a field stands in JSON where its definition does not say it. */
export function usualForm(type: FieldDefinition["type"]): Form | undefined {
  if (type === "instant") return "rfc3339";
  return type === "strings" ? "list" : undefined;
}
