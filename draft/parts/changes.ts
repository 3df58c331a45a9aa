import { secretFields } from "../find/secretField";
import { oneLine } from "../text";
import { inputNames } from "./inputs";
import { envelopeOf, keyOf, namesKey, said, type Usual } from "./overrides";
import { compact, type Part, part, type Question } from "./part";
import type { Request } from "./requests";
import type { Subject } from "./subject";

/** The requests that change fields of a key. */
export function updateParts(subject: Subject, { one, envelope }: Usual): readonly Part[] {
  const { requests, answers } = subject;
  const settable = inputNames(subject);
  const covered = new Set<string>();
  const kept = requests.updates
    .map((request, index) => ({
      request,
      answer: answers.updated[index],
      fields: fieldsOf(request, settable),
    }))
    .filter(({ request }) => namesKey(subject, request.operation, request.body))
    .toSorted((a, b) => b.fields.length - a.fields.length)
    .flatMap((each) => {
      const own = each.fields.filter((field) => !covered.has(field));
      for (const field of own) covered.add(field);
      return own.length === 0 ? [] : [{ ...each, own }];
    });
  if (kept.length === 0) return [];
  const values = kept.map(({ request, answer, own }) => {
    const isWhole = own.length === settable.size && kept.length === 1;
    const tells = answer?.members.some(({ word }) => word !== "id" && word !== "object");
    const more = {
      fields: isWhole ? undefined : own,
      sends: sendsOf(request, own, settable),
      body: request.body,
      bodyEnvelope: envelopeOf(request.envelope, requests.create.envelope),
      envelope: answer && envelopeOf(answer.envelope, envelope),
      verify: tells ? undefined : true,
    };
    return (
      said(subject, request.operation, "PATCH", one, {
        ...keyOf(subject, request.operation),
        ...compact(more),
      }) ?? {}
    );
  });
  const sources = kept.map(({ request }) => request.operation.pointer);
  return [part(["operations", "update"], values.length === 1 ? values[0] : values, sources)];
}

/** Names of the definition's fields that a request has; another form of an expiry is none of them. */
function fieldsOf({ members }: Request, settable: ReadonlyMap<string, string>): string[] {
  return [...new Set(members.flatMap(({ word }) => settable.get(word) ?? []))];
}

/** PATCH sends what changes alone, which is too little where the request needs more; else a null may take something away. */
function sendsOf(
  { operation, members }: Request,
  own: readonly string[],
  settable: ReadonlyMap<string, string>,
): "all" | "changed" | undefined {
  const names = new Set(own);
  const sent = members.filter((member) => names.has(settable.get(member.word) ?? ""));
  const needsOthers = sent.some(({ required }) => required) && own.length > 1;
  if (operation.method === "PATCH") return needsOthers ? "all" : undefined;
  return sent.length > 0 && sent.every(({ schema, required }) => schema.nullable && !required)
    ? "changed"
    : undefined;
}

/** The request that gives a key another value. */
export function rotatePart(subject: Subject, { one, envelope }: Usual): readonly Part[] {
  const { resource, answers } = subject;
  const { rotate } = resource;
  if (!rotate || !namesKey(subject, rotate)) return [];
  const questions: Question[] = [];
  const answer = answers.rotated;
  if (secretFields(answer?.whole).length === 0)
    questions.push({
      question: "Where does the response to rotate have the new value? The document does not say.",
      assumed: "where that to create has it",
    });
  const needed = [...(rotate.body?.schema?.required ?? [])];
  if (needed.length > 0)
    questions.push({
      question: `The request to rotate needs ${oneLine(needed.join(", "), 100)}. What is to be sent?`,
      assumed: "nothing",
    });
  const value = said(subject, rotate, "POST", `${one}/rotate`, {
    ...keyOf(subject, rotate),
    envelope: answer && envelopeOf(answer.envelope, envelope),
  });
  return [part(["operations", "rotate"], value ?? {}, [rotate.pointer], questions)];
}

/** The request that ends a key. */
export function revokePart(subject: Subject, { one }: Usual): Part {
  const { resource } = subject;
  const { revoke, alsoRevokes } = resource;
  if (!revoke || !namesKey(subject, revoke)) {
    const question = {
      question: "The document describes no request that ends a key. How is it revoked?",
      assumed: `by DELETE ${one}`,
    };
    return part(["operations", "revoke"], undefined, [], [question]);
  }
  const questions = alsoRevokes
    ? [
        {
          question: `${oneLine(alsoRevokes.title, 120)} ends keys, too. Is ${oneLine(revoke.title, 120)} enough by itself?`,
          assumed: "yes",
        },
      ]
    : [];
  const value = said(subject, revoke, "DELETE", one, keyOf(subject, revoke));
  return {
    ...part(["operations", "revoke"], value, [revoke.pointer], questions),
    usual: `revoke: ${oneLine(revoke.title, 120)}`,
  };
}
