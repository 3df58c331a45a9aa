import type { Schema } from "../document/schema";
import { isMask } from "../find/secretField";
import { firstSentence, oneLine } from "../text";
import { expiryIn } from "./expiry";
import { idMember, valueMember } from "./identity";
import type { Member } from "./members";
import { camelCase, freeName, meaningfulNames } from "./names";
import { type Part, part, present, type Question } from "./part";
import { nameIn } from "./requests";
import type { Subject } from "./subject";
import { placed, placesIn, sameIn, wireOf } from "./wires";

type Input = Member & { readonly required: boolean };

/** The field of the definition that each member of the request to create is, by the member's words. */
export function inputNames(subject: Subject): ReadonlyMap<string, string> {
  const { members } = subject.requests.create;
  const [name, expiry] = [nameIn(members)?.word, expiryIn(members)?.word];
  const apart = new Set([name, expiry, valueMember(subject)?.word, idMember(subject)?.word]);
  const taken = new Set([...meaningfulNames, ...subject.addresses.parents.map((parent) => parent.name)]);
  const names = new Map<string, string>();
  if (name !== undefined) names.set(name, "name");
  if (expiry !== undefined) names.set(expiry, "expiresAt");
  for (const member of members) {
    const called = camelCase(member.name);
    if (called === undefined || apart.has(member.word) || isOfResponses(subject, member)) continue;
    const free = freeName(called, taken);
    if (taken.has(free)) continue;
    taken.add(free);
    names.set(member.word, free);
  }
  return names;
}

/** Whether it shows a part of the value, and stands in the request because that takes the object of responses whole. */
function isOfResponses({ answers }: Subject, { name, word, schema }: Member): boolean {
  const same = answers.created?.members.find((member) => member.word === word);
  return isMask(name, schema) && same?.schema.text("description") === schema.text("description");
}

/** The name, and whatever else a program may or must set but for the expiry. */
export function inputParts(subject: Subject): readonly Part[] {
  const { members } = subject.requests.create;
  const names = inputNames(subject);
  const [name, value, id] = [nameIn(members), valueMember(subject)?.word, idMember(subject)?.word];
  return [
    namePart(subject, name),
    ...members.flatMap((member) => {
      if (member === name || member.word === expiryIn(members)?.word) return [];
      if (member.word === value) return [givenPart(member, "value")];
      if (member.word === id) return member.required ? [givenPart(member, "id")] : [];
      const called = names.get(member.word);
      return called === undefined ? [] : [inputPart(subject, member, called)];
    }),
  ];
}

/** What a request may take although it is the vendor that makes it. */
function givenPart({ name, schema, required }: Input, field: "id" | "value"): Part {
  const question = `The request to create ${required ? "needs" : "takes"} ${oneLine(name, 60)}, which is the key's ${field}. Does the vendor make one itself?`;
  return part(["fields", field, "input"], undefined, [schema.pointer], [{ question, assumed: "yes" }]);
}

function namePart({ requests, answers }: Subject, name: Input | undefined): Part {
  if (!name) {
    const told = nameIn(answers.created?.members ?? []);
    if (told && requests.create.members.length === 0) {
      const question = {
        question: "The document does not say what the request to create takes. Is a name all of it?",
        assumed: `yes, as ${oneLine(told.name, 60)}`,
      };
      const { found: _, ...places } = placesIn(answers, ({ word }) => (word === told.word ? 1 : 0));
      const value = placed(present({ wire: wireOf("name", { create: told.at, ...places }) }));
      return part(["fields", "name"], value, [told.schema.pointer], [question]);
    }
    const question = {
      question: "The request to create takes no name. How are keys told apart by people?",
      assumed: "not at all",
    };
    return part(["fields", "name"], null, [requests.create.operation.pointer], [question]);
  }
  const { found, ...places } = placesIn(answers, ({ word }) => (word === name.word ? 1 : 0));
  const update = sameIn(requests.updates, name.word)?.at;
  const wire = wireOf("name", { create: name.at, update, ...places });
  const maxLength = name.schema.number("maxLength");
  const value = present({
    wire,
    maxLength: isLength(maxLength) ? maxLength : undefined,
    writeOnly: found.length === 0 ? true : undefined,
  });
  const usual = name.required
    ? "required by the vendor; a key without one is called after its resource"
    : "a program may set it";
  return { ...part(["fields", "name"], placed(value), [name.schema.pointer]), usual: `name: ${usual}` };
}

function inputPart({ requests, answers }: Subject, member: Input, name: string): Part {
  const { found, ...places } = placesIn(answers, ({ word }) => (word === member.word ? 1 : 0));
  const update = sameIn(requests.updates, member.word)?.at;
  const { type, form, questions } = typeOf(member, found);
  const isTold = found.length > 0;
  const value = present({
    wire: wireOf(name, { create: member.at, update, ...places }),
    type: type === "string" ? undefined : type,
    input: member.required ? "required" : "optional",
    ...form,
    ...limitsOf(member.schema, type),
    secret: member.schema.text("format") === "password" ? true : undefined,
    writeOnly: isTold ? undefined : true,
    description: firstSentence(member.schema.text("description")),
  });
  const untold = {
    question: `No response tells ${oneLine(member.name, 60)}. Does the vendor never tell it?`,
    assumed: "never, so that a change elsewhere is not noticed",
  };
  return part(["fields", name], value, [member.schema.pointer], [...questions, ...(isTold ? [] : [untold])]);
}

function typeOf({ name, word, schema }: Member, told: readonly Member[]) {
  const questions: Question[] = [];
  const [kind] = schema.types;
  const several = schema.types.length > 1;
  if (!several && kind === "boolean") return { type: "boolean", form: {}, questions };
  if (!several && (kind === "integer" || kind === "number")) return { type: kind, form: {}, questions };
  if (!several && kind === "array" && (schema.items === undefined || schema.items.is("string"))) {
    const isSet =
      schema.flag("uniqueItems") ||
      schema.items?.values !== undefined ||
      /scope|permission|role|abilit|capabilit|action|privilege|polic|ips?$|cidr|domain|allow|tag/.test(word);
    const asked = isSet && !schema.flag("uniqueItems");
    if (asked)
      questions.push({ question: `Does the order of ${oneLine(name, 60)} mean anything?`, assumed: "no" });
    const objects = told.find((other) => other.schema.items?.is("object"));
    const item =
      objects &&
      ["name", "id", "key", "slug"].find((property) => objects.schema.items?.properties.has(property));
    return {
      type: "strings",
      form: {
        set: isSet ? true : undefined,
        as: item === undefined ? undefined : { response: "objects" },
        item: item === "name" ? undefined : item,
      },
      questions,
    };
  }
  if (!several && kind === "string") return { type: "string", form: {}, questions };
  if (kind === undefined)
    questions.push({ question: `Of what type is ${oneLine(name, 60)}?`, assumed: "any JSON" });
  return { type: "json", form: {}, questions };
}

function limitsOf(schema: Schema, type: string): Record<string, unknown> {
  const [minimum, maximum, maxLength] = ["minimum", "maximum", "maxLength"].map((keyword) =>
    schema.number(keyword),
  );
  if (type === "integer" || type === "number") return { minimum, maximum };
  if (type !== "string" && type !== "strings") return {};
  const of = type === "string" ? schema : schema.items;
  const listed = of?.values ?? of?.first("x-enum");
  const values = Array.isArray(listed)
    ? listed.filter((value): value is string => typeof value === "string" && value !== "")
    : [];
  const whole =
    Array.isArray(listed) && values.length === listed.length && values.length > 0 && values.length <= 200;
  const format = of?.text("format");
  return {
    values: whole && values.every((value) => oneLine(value, 200) === value) ? values : undefined,
    format: format === "uuid" ? "uuid" : undefined,
    maxLength: type === "string" && isLength(maxLength) && !whole ? maxLength : undefined,
  };
}

function isLength(length: number | undefined): length is number {
  return length !== undefined && Number.isSafeInteger(length) && length > 0;
}
