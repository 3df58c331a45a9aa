import type { FieldDefinition, Operations, ServiceDefinition } from "../../provider/definition/definition";
import type { PartCondition, PlaceCondition } from "../../provider/json/conditions";
import { memberTokens } from "../../provider/json/members";
import { pointerTokens } from "../../provider/json/pointer";
import { secretFields } from "../find/secretField";
import type { Answer } from "./answers";
import { change, type Difference } from "./difference";
import { otherForm, usualForm } from "./forms";
import type { Role } from "./operations";
import { type Found, placeIn } from "./schemaPlace";

/** Fields that a definition reads in places that a document has no more, or has otherwise. */
export function fieldsRead(
  { fields, operations }: ServiceDefinition,
  answers: readonly Answer[],
): Difference[] {
  // What no response tells is sent alone.
  const told = Object.entries(fields).filter(([, { writeOnly }]) => !writeOnly);
  return told.flatMap(([name, field]) => fieldDifferences(name, field, answers, operations));
}

/** A field's place in one answer. */
interface FieldPlace {
  readonly answer: Answer;
  /** How the definition calls the place. */
  readonly at: string;
  readonly found: Found;
  /** Whether the field is what stands there, and no part of it or something told by it. */
  readonly whole: boolean;
}

function fieldDifferences(
  name: string,
  field: FieldDefinition,
  answers: readonly Answer[],
  operations: Operations,
): Difference[] {
  const places = answers.flatMap((answer) => placesIn(answer, field));
  const gone = places.filter(({ found }) => found.is === "gone");
  const needed = gone.filter(({ answer }) => isNeeded(name, answer.role, operations));
  if (needed.length > 0) return needed.map((place) => goneFrom(name, place));
  const [first] = gone;
  // Many answers tell less of a key than others do, and of the value nothing.
  if (first && gone.length === places.length && name !== "value") return [goneEverywhere(name, field, first)];
  return formDifferences(name, field, places);
}

function goneFrom(name: string, { answer, at, found }: FieldPlace): Difference {
  const [likely] = name === "value" ? secretFields(answer.whole) : [];
  const now = likely ? ` It may be ${likely.path.join(".")} now.` : "";
  const says = `${answer.role}: the response has no ${at}, where the definition reads ${name}.${now}`;
  return change(says, lossOf(name, answer), likely?.schema.pointer ?? pointerOf(found, answer));
}

function goneEverywhere(
  name: string,
  { input }: FieldDefinition,
  { answer, at, found }: FieldPlace,
): Difference {
  return change(
    `No response has ${at}, where the definition reads ${name}.`,
    input
      ? `A change of ${name} at the vendor would not be noticed.`
      : `The output ${name} of keys would be missing.`,
    pointerOf(found, answer),
  );
}

function pointerOf(found: Found, { pointer }: Answer): string {
  return found.is === "gone" ? found.within.pointer : pointer;
}

function formDifferences(name: string, field: FieldDefinition, places: readonly FieldPlace[]): Difference[] {
  const told = places.flatMap(({ answer, at, found, whole }) => {
    if (found.is !== "told" || !whole) return [];
    const other = otherForm(at, field, field.as?.response ?? usualForm(field.type), found.schema);
    if (!other) return [];
    const says = `${answer.role}: the response has ${at} as ${other.described}; the definition reads ${name} as ${other.defined}.`;
    return [change(says, `The ${name} of a key would be read wrongly, or not at all.`, found.schema.pointer)];
  });
  // Answers often share one schema.
  return told.filter(({ pointer }, index) => told.findIndex((other) => other.pointer === pointer) === index);
}

/** Whether a field has to be in an answer: what a key is made of, and what an item of the list is known by. */
function isNeeded(name: string, role: Role, { create, reveal }: Operations): boolean {
  if (name === "value") return role === "rotate" || role === (reveal ? "reveal" : "create");
  return name === "id" && (role === "list" || (role === "create" && create.identify === undefined));
}

function lossOf(name: string, { role }: Answer): string {
  if (name === "value")
    return role === "rotate" ? "A rotated key would get no new value." : "New keys would get no value.";
  return role === "list"
    ? "No listed key could be told from another: lookups, audits and refreshes would fail."
    : "New keys would have no id, and could not be revoked.";
}

/** Where an answer should have a field: in several places where conditions tell it. */
function placesIn(answer: Answer, field: FieldDefinition): FieldPlace[] {
  const { item, whole: body } = answer;
  if (field.when)
    return conditionsIn(field.when).map(({ at = "" }) => ({
      answer,
      at,
      found: placeIn(item, pointerTokens(at)),
      whole: false,
    }));
  const place = field.wire[answer.places];
  if (place === undefined || (typeof place === "object" && ("field" in place || "header" in place)))
    return [];
  const whole = typeof place === "string" || place.part === undefined;
  if (typeof place === "object" && "body" in place)
    return [{ answer, at: place.body, found: placeIn(body, pointerTokens(place.body)), whole }];
  const at = typeof place === "string" ? place : place.at;
  return [{ answer, at, found: placeIn(item, memberTokens(at)), whole }];
}

function conditionsIn(condition: PartCondition): readonly PlaceCondition[] {
  const { all = [], not, ...own } = condition;
  const places = [...all, ...(not ? [not] : [])];
  return own.at === undefined ? places : [own, ...places];
}
