import { type SecretField, secretFields } from "../find/secretField";
import { oneLine } from "../text";
import { type Answer, idScore } from "./answers";
import { type Member, memberName, pointerOf } from "./members";
import { type Part, part, present, type Question } from "./part";
import { nameIn } from "./requests";
import type { Subject } from "./subject";
import { placed, placesIn, wireOf } from "./wires";

/** The one-time value, and the id by which a key is known. */
export function identityParts(subject: Subject): readonly Part[] {
  return [idPart(subject), valuePart(subject)];
}

function idPart(subject: Subject): Part {
  const { answers, resource, addresses } = subject;
  const { create } = resource;
  if (addresses.byValue) {
    const question = {
      question: "Paths name a key by its value, and nothing else tells keys apart. Is it so?",
      assumed: "yes; a digest of the value is the id",
    };
    return part(["fields", "id"], { wire: { field: "value", digest: true } }, [create.pointer], [question]);
  }
  const { found, ...places } = placesIn(answers, idScorer(subject));
  const [id] = found;
  const type = found.some(({ schema }) => schema.is("number")) ? "integer" : undefined;
  const questions: Question[] = [];
  if (!id) questions.push({ question: "Where do responses have the key's id?", assumed: "at id" });
  const listed = answers.listsTexts ? "id" : places.listed;
  const value = present({
    wire: wireOf("id", { ...places, listed }),
    type,
    format: found.some(({ schema }) => schema.text("format") === "uuid") ? "uuid" : undefined,
  });
  return {
    ...part(
      ["fields", "id"],
      placed(value),
      found.map(({ schema }) => schema.pointer).slice(0, 1),
      questions,
    ),
    usual: "id: at id",
  };
}

/** How the id is found where the response to create has none. */
export function identifyOf({ answers, resource, requests, addresses }: Subject): "name" | "new" | undefined {
  if (addresses.byValue || !answers.created) return undefined;
  const has = (answer: Answer | undefined) =>
    answer?.members.some((member) => idScore(member, resource.keyVariable) > 0) === true;
  if (has(answers.created) || !has(answers.listed)) return undefined;
  return nameIn(requests.create.members) ? "name" : "new";
}

/** The member of responses that is the id; undefined where there is none. */
export function idMember(subject: Subject): Member | undefined {
  return subject.addresses.byValue ? undefined : placesIn(subject.answers, idScorer(subject)).found[0];
}

/** The member of the response to create that is the value, where it is in the key's own object. */
export function valueMember({
  answers,
  resource,
}: Pick<Subject, "answers" | "resource">): Member | undefined {
  const [secret] = secretFields(resource.create.success?.schema);
  const place = secret && placeOf(secret, answers.created);
  return answers.created?.members.find(({ at }) => at === place);
}

/** What is the value is no id, whatever it is called. */
function idScorer(subject: Subject): (member: Member) => number {
  const value = valueMember(subject);
  return (member) => (member.word === value?.word ? 0 : idScore(member, subject.resource.keyVariable));
}

function valuePart({ answers, resource }: Subject): Part {
  const { created, rotated } = answers;
  const whole = resource.create.success?.schema;
  if (whole?.is("string")) {
    return part(["fields", "value"], { wire: { created: { body: "" } } }, [whole.pointer]);
  }
  const [secret, second] = secretFields(whole);
  if (!secret) {
    const question = { question: "Where does the response to create have the value?", assumed: "at value" };
    return part(["fields", "value"], undefined, [resource.create.pointer], [question]);
  }
  const questions: Question[] = [];
  if (second && second.score === secret.score && second.path.join() !== secret.path.join()) {
    questions.push({
      question: `The response to create has ${said(secret)} and ${said(second)}. Which one is the value?`,
      assumed: said(secret),
    });
  }
  const placed = placeOf(secret, created);
  const [again] = rotated ? secretFields(rotated.whole) : [];
  const renewed = again && rotated ? placeOf(again, rotated) : placed;
  const isSame = JSON.stringify(renewed) === JSON.stringify(placed);
  const simple =
    isSame && typeof placed === "string"
      ? placed === "value"
        ? undefined
        : placed
      : { wire: { created: placed, ...(!isSame && { rotated: renewed }) } };
  return {
    ...part(["fields", "value"], simple, [secret.schema.pointer], questions),
    usual: "value: at value",
  };
}

function said({ path }: SecretField): string {
  return oneLine(path.join("."), 80);
}

/** The secret's place in the key's own object, or in the whole body where it stands beside it. */
function placeOf({ path }: SecretField, answer: Answer | undefined): string | { body: string } {
  const envelope = answer?.path ?? [];
  const inside = envelope.every((name, index) => path[index] === name);
  if (!inside) return { body: pointerOf(path) };
  const [name = "", ...deeper] = path.slice(envelope.length);
  return deeper.length === 0 ? memberName(name) : pointerOf([name, ...deeper]);
}
