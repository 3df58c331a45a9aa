import type { Operation } from "../document/operation";
import { secretFields } from "../find/secretField";
import { plain } from "../find/words";
import { oneLine } from "../text";
import { isArgument } from "./addresses";
import { identifyOf } from "./identity";
import { inputNames } from "./inputs";
import { pagingOf } from "./pagination";
import { compact, type Part, part, present, type Question } from "./part";
import { nameIn, type Request } from "./requests";
import type { Subject } from "./subject";

type Json = Record<string, unknown>;

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

interface Usual {
  readonly collection: string;
  readonly one: string;
  readonly envelope: string;
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

/** What an operation says that is not as usual. */
function said(
  { addresses }: Subject,
  operation: Operation,
  method: string,
  usualPath: string,
  more: Json,
): Json | undefined {
  const path = addresses.template(operation);
  const required = operation.parametersIn("query").filter(isArgument);
  const query = Object.fromEntries(
    required.flatMap(({ name }) => {
      const parent = addresses.parents.find(({ variable }) => variable === name);
      return parent ? [[name, `{${parent.name}}`]] : [];
    }),
  );
  const all = { ...query, ...(more.query as Json | undefined) };
  return present({
    method: operation.method === method ? undefined : operation.method,
    path: path === usualPath ? undefined : path,
    ...more,
    query: Object.keys(all).length === 0 ? undefined : all,
  });
}

function envelopeOf(told: string | undefined, usual: string): string | undefined {
  return told === undefined || told === usual ? undefined : told;
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
function tellsTooLittle({ answers, requests, resource }: Subject): boolean {
  const created = answers.created?.members;
  const later = [...(answers.read?.members ?? []), ...(answers.listed?.members ?? [])].map(
    ({ word }) => word,
  );
  if (
    !created ||
    identifyOf({ answers, requests, resource, addresses: { byValue: false } } as Subject) !== undefined
  )
    return false;
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

function updateParts(subject: Subject, { one, envelope }: Usual): readonly Part[] {
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

/** Whether a request says which key it means. */
function namesKey(subject: Subject, operation: Operation, body?: Json): boolean {
  if (subject.resource.kind === "singleton") return true;
  const template = subject.addresses.template(operation);
  return /\{(keyId|value)\}/.test(JSON.stringify([template, body ?? {}, keyOf(subject, operation)]));
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

function rotatePart(subject: Subject, { one, envelope }: Usual): readonly Part[] {
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

function revokePart(subject: Subject, { one }: Usual): Part {
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

/** How a request says which key it means, where its path does not. */
function keyOf({ addresses, resource }: Subject, operation: Operation): Json {
  if (resource.kind === "singleton" || /\{(keyId|value)\}/.test(addresses.template(operation))) return {};
  const isId = (name: string) =>
    /^(id|keyid|tokenid|apikeyid|accesstokenid|key|token|apikey|uuid|name|keyname|accesskeyid)$/.test(
      plain(name),
    );
  const parameter = operation.parametersIn("query").find(({ name }) => isId(name));
  if (parameter) return { query: { [parameter.name]: "{keyId}" } };
  const body = operation.body?.schema;
  const single = [...(body?.properties.keys() ?? [])].find(isId);
  if (single !== undefined) return { body: { [single]: "{keyId}" } };
  const several = [...(body?.properties ?? [])].find(
    ([name, { items }]) => items !== undefined && /(ids|keys|tokens)$/.test(plain(name)),
  );
  return several ? { body: { [several[0]]: ["{keyId}"] } } : {};
}
