import { revokePart, rotatePart, updateParts } from "./changes";
import { identifyOf } from "./identity";
import { envelopeOf, keyOf, namesKey, said, type Usual } from "./overrides";
import { pagingOf } from "./pagination";
import { type Part, part, type Question } from "./part";
import { nameIn } from "./requests";
import type { Subject } from "./subject";

/** Where the keys are, and what can be done with them, as far as it is not as usual. */
export function operationParts(subject: Subject): readonly Part[] {
  const { resource, addresses, answers, requests } = subject;
  const path = addresses.template(resource.create).replace(/(?<=.)\/$/, "");
  const collection = collectionPath(subject, path);
  const one = resource.kind === "singleton" ? collection : `${collection}/{keyId}`;
  const envelope = commonEnvelope(subject);
  const at = { collection, one, envelope };
  return [
    part(["path"], collection, [resource.create.pointer], addresses.questions),
    ...(resource.kind === "singleton" ? [part(["kind"], "singleton", [resource.create.pointer])] : []),
    ...(requests.create.encoding === "form"
      ? [part(["encoding"], "form", [resource.create.body?.pointer])]
      : []),
    ...(requests.create.envelope === ""
      ? []
      : [part(["bodyEnvelope"], requests.create.envelope, [resource.create.body?.pointer])]),
    ...(envelope === "" ? [] : [part(["envelope"], envelope, [answers.created?.whole.pointer])]),
    createPart(subject, at),
    listPart(subject, at),
    ...getPart(subject, at),
    ...updateParts(subject, at),
    ...rotatePart(subject, at),
    revokePart(subject, at),
  ].filter((each) => each !== undefined);
}

/** The path below which most is: that of the list, which has no verb at its end. */
function collectionPath({ resource, addresses }: Subject, created: string): string {
  const { list } = resource;
  const verb = /\/(create|new|generate|issue|add|mint)$/;
  const listed =
    list &&
    addresses
      .template(list)
      .replace(/(?<=.)\/$/, "")
      .replace(/\/(list|all)$/, "");
  const stem = created.replace(verb, "");
  return verb.test(created) && listed === stem ? stem : created;
}

/** The envelope that all responses with one key have; none where they differ. */
function commonEnvelope({ answers }: Subject): string {
  const told = [answers.created, answers.read, ...answers.updated, answers.rotated].filter(
    (answer) => answer !== undefined && answer.members.length > 0,
  );
  const [first] = told;
  return first && told.every((answer) => answer?.envelope === first.envelope) ? first.envelope : "";
}

function createPart(subject: Subject, { collection, envelope }: Usual): Part {
  const { resource, requests, answers } = subject;
  const { create } = resource;
  const value = said(subject, create, "POST", collection, {
    body: requests.create.body,
    envelope: answers.created && envelopeOf(answers.created.envelope, envelope),
    identify: identifyOf(subject),
    verify: tellsTooLittle(subject) ? true : undefined,
  });
  return part(["operations", "create"], value, [create.pointer]);
}

/** Whether the response to create leaves out what later ones tell of the name or the times. */
function tellsTooLittle(subject: Subject): boolean {
  const { answers, requests } = subject;
  const created = answers.created?.members;
  const later = [...(answers.read?.members ?? []), ...(answers.listed?.members ?? [])].map(
    ({ word }) => word,
  );
  if (!created || identifyOf(subject) !== undefined) return false;
  const told = new Set(created.map(({ word }) => word));
  const name = nameIn(requests.create.members)?.word;
  return later.some(
    (word) =>
      !told.has(word) && (word === name || /^(createdat|created|expiresat|expiry|expiration)$/.test(word)),
  );
}

function listPart(subject: Subject, { collection, envelope }: Usual): Part {
  const { resource, answers } = subject;
  const { list } = resource;
  if (resource.kind === "singleton") return part(["operations", "list"], undefined, []);
  if (!list)
    return part(
      ["operations", "list"],
      null,
      [],
      resource.get
        ? []
        : [{ question: "The document describes no list of keys. Is there none?", assumed: "none" }],
    );
  const { pagination, query, sources, questions } = pagingOf(subject);
  const value = said(subject, list, "GET", collection, {
    query,
    envelope: answers.listed && envelopeOf(answers.listed.envelope, envelope),
    entries: answers.listsTexts ? { value: "id" } : undefined,
    pagination,
  });
  const untold: Question[] = answers.listed
    ? []
    : [
        {
          question: "Where does the list's response have the keys? The document does not say.",
          assumed: "it is an array of them",
        },
      ];
  return part(["operations", "list"], value, [list.pointer, ...sources], [...untold, ...questions]);
}

function getPart(subject: Subject, { one, envelope }: Usual): readonly Part[] {
  const { resource, answers } = subject;
  const { get, list } = resource;
  if (get && namesKey(subject, get)) {
    const value = said(subject, get, "GET", one, {
      ...keyOf(subject, get),
      envelope: answers.read && envelopeOf(answers.read.envelope, envelope),
    });
    return [
      part(["operations", "get"], resource.kind === "singleton" ? value : (value ?? {}), [get.pointer]),
    ];
  }
  if (list) return [];
  return [
    part(
      ["operations", "get"],
      {},
      [],
      [
        {
          question: "The document describes no operation that reads or lists keys. How is a key looked at?",
          assumed: `by GET ${one}`,
        },
      ],
    ),
  ];
}
