import { withArticle } from "../../base/words";
import type { FieldDefinition, Form } from "../definition";
import { isLifetime } from "../instantForms";
import { type InstantForm, instantForms, type ListForm, listForms } from "../schema/field";
import type { ReportProblem } from "./report";

type NamedField = keyof FieldDefinition;

/** What only fields of some types can have. */
const ofTypes: readonly (readonly [NamedField, readonly FieldDefinition["type"][], string])[] = [
  ["set", ["strings"], "only a list of strings can be a set"],
  ["expands", ["strings"], "only a list of strings can be enlarged"],
  ["never", ["instant"], "only an instant can be never"],
  ["quoted", ["integer", "number", "instant"], "only a number can be sent as text"],
  ["when", ["boolean"], "only a boolean follows from a condition"],
  [
    "values",
    ["string", "strings", "integer", "boolean"],
    "only text, a number or true and false can be one of several",
  ],
  ["format", ["string", "strings"], "only text has a format"],
  ["maxLength", ["string", "strings"], "only text has a length"],
  ["minimum", ["integer", "number"], "only a number has a least one"],
  ["maximum", ["integer", "number"], "only a number has a greatest one"],
];

/** Whether what is said of a field's form fits its type. */
export function checkForm(name: string, field: FieldDefinition, report: ReportProblem): void {
  for (const [property, types, problem] of ofTypes) {
    if ((field[property] ?? false) !== false && !types.includes(field.type))
      report(["fields", name, property], problem);
  }
  if (field.when && field.input !== undefined) {
    report(["fields", name, "when"], "tells what the vendor says of it, so that a program cannot set it");
  }
  const forms: readonly Form[] = field.as ? [field.as.request, field.as.response] : [];
  const fitting: readonly Form[] =
    field.type === "instant" ? instantForms : field.type === "strings" ? listForms : [];
  for (const form of forms) {
    if (!fitting.includes(form))
      report(
        ["fields", name, "as"],
        `${form} is no form of ${field.type === "strings" ? field.type : withArticle(field.type)}`,
      );
  }
  const listed = forms as readonly (ListForm | InstantForm)[];
  const needs = (property: NamedField, wanted: readonly Form[]) => {
    if (field[property] !== undefined && !listed.some((form) => wanted.includes(form)))
      report(["fields", name, property], `belongs to as: ${wanted.join(" or ")}`);
  };
  needs(
    "countsFrom",
    instantForms.filter((form) => isLifetime(form)),
  );
  needs("separator", ["joined", "lists"]);
  needs("item", ["objects"]);
  needs("constants", ["objects"]);
}
