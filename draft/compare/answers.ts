import type { OperationDefinition, ServiceDefinition } from "../../provider/definition/definition";
import { pointerTokens } from "../../provider/json/pointer";
import type { ApiDocument } from "../document";
import type { Schema } from "../document/schema";
import { type Answers, answersOf } from "../parts/answers";
import { change, type Difference } from "./difference";
import { type Pair, type Role, resourceNow } from "./operations";
import { placeIn } from "./schemaPlace";

/** One response of the vendor in which a definition reads keys. */
export interface Answer {
  readonly role: Role;
  readonly places: "created" | "rotated" | "read" | "listed";
  readonly whole: Schema;
  /** The schema of the key's own object; undefined where the document does not tell it. */
  readonly item: Schema | undefined;
  readonly pointer: string;
}

const placesOf: Readonly<Partial<Record<Role, Answer["places"]>>> = {
  create: "created",
  reveal: "created",
  rotate: "rotated",
  get: "read",
  update: "read",
  list: "listed",
};

/** What cannot be read when an answer's envelope is gone. */
const unread: Readonly<Partial<Record<Role, string>>> = {
  create: "New keys would have no id, and could not be revoked.",
  reveal: "New keys would get no value.",
  list: "No key would be found: lookups, audits and refreshes would fail.",
  rotate: "A rotated key would get no new value.",
  get: "Keys could not be read: a refresh would fail.",
  update: "A change would be made, and its answer not be read.",
};

/** The responses that hold keys, and those whose keys are no longer where the definition looks. */
export function answersIn(
  definition: ServiceDefinition,
  document: ApiDocument,
  pairs: readonly Pair[],
): { readonly answers: readonly Answer[]; readonly differences: readonly Difference[] } {
  const differences: Difference[] = [];
  const resource = resourceNow(document, pairs);
  const now = resource && answersOf(resource);
  const isMap = definition.operations.list?.entries !== undefined;
  const answers = pairs.flatMap(({ role, defined, described }): Answer[] => {
    const places = placesOf[role];
    const response = described?.success;
    const whole = response?.schema;
    if (!places || !response || !whole) return [];
    const found = placeIn(whole, namesOfKey(role, defined, isMap));
    if (found.is === "gone")
      differences.push(envelopeGone(role, defined, found.within.pointer, now && envelopeNow(role, now)));
    const item = found.is === "told" && !(role === "list" && isMap) ? found.schema : undefined;
    return [{ role, places, whole, item, pointer: response.pointer }];
  });
  return { answers, differences };
}

/** The names that lead to the key's object, or to each one of the list. */
function namesOfKey(role: Role, { envelope }: OperationDefinition, isMap: boolean): readonly string[] {
  const names = pointerTokens(envelope);
  return role === "list" && !isMap && !names.includes("*") ? [...names, "*"] : names;
}

function envelopeGone(
  role: Role,
  { envelope }: OperationDefinition,
  pointer: string,
  now: string | undefined,
): Difference {
  const what = role === "list" ? "list of keys" : "key";
  const where = envelope === "" ? "as its whole" : `at ${envelope}`;
  const other =
    now === undefined || now === envelope ? "" : ` It may be ${now === "" ? "the whole" : `at ${now}`} now.`;
  return change(`${role}: the response has no ${what} ${where}.${other}`, unread[role] ?? "", pointer);
}

function envelopeNow(role: Role, { created, listed, read }: Answers): string | undefined {
  const answers: Partial<Record<Role, Answers["created"]>> = { create: created, list: listed, get: read };
  return answers[role]?.envelope;
}
