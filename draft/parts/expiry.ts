import { firstSentence } from "../text";
import { instantOf, isExpiry } from "./instants";
import type { Member } from "./members";
import { type Part, part, present, type Question } from "./part";
import type { Subject } from "./subject";
import { placed, placesIn, wireOf } from "./wires";

/** When a key ends: how it is asked for, and how it is told. */
export function expiryPart({ requests, answers }: Subject): Part | undefined {
  const asked = expiryIn(requests.create.members);
  const changed = requests.updates
    .map(({ members }) => expiryIn(members))
    .find((member) => member?.word === asked?.word);
  const places = placesIn(answers, (member) => scoreOf(member));
  const [told] = places.found;
  if (!asked && !told) return undefined;
  const request = asked && instantOf(asked.name, asked.schema);
  const response = told && instantOf(told.name, told.schema);
  const { found: _, ...answered } = places;
  // What responses show is what requests have, where no example shows it.
  const sent =
    request?.unseen && response && !response.unseen && response.form === "utc" ? "utc" : request?.form;
  const forms = [request?.lifetimes ? undefined : sent, response?.form];
  const never = request?.never ?? (asked?.schema.nullable ? null : undefined);
  const isSame = request?.question?.question === response?.question?.question;
  const open = [request?.question, isSame ? undefined : response?.question];
  const questions: Question[] = open.filter((question) => question !== undefined);
  const value = {
    wire: wireOf("expiresAt", { create: asked?.at, update: asked && changed?.at, ...answered }),
    input: asked && (asked.required ? "required" : "optional"),
    as: formsOf(forms),
    lifetimes: request?.lifetimes,
    never,
    writeOnly: asked && !told ? true : undefined,
    description: asked && described(asked),
  };
  return part(
    ["fields", "expiresAt"],
    placed(present(value)) ?? "expiresAt",
    [asked?.schema.pointer, told?.schema.pointer],
    questions,
  );
}

/** The member of a request that says when a key ends. */
export function expiryIn<M extends Member>(members: readonly M[]): M | undefined {
  return members
    .filter(({ word, schema }) => isExpiry(word) && isMoment(schema))
    .toSorted((a, b) => scoreOf(b) - scoreOf(a))[0];
}

function isMoment({ types }: Member["schema"]): boolean {
  return types.length === 0 || types.some((type) => /^(string|integer|number)$/.test(type));
}

/** How well a name says the end of the key itself. */
function scoreOf({ word, schema }: Member): number {
  if (!isExpiry(word) || !isMoment(schema)) return 0;
  return /^(expiresat|expireat|expiry|expiration|expires|expirationdate|expirydate|validuntil|expireson)$/.test(
    word,
  )
    ? 3
    : 1;
}

function formsOf([request, response]: readonly (string | undefined)[]): unknown {
  const [asked, told] = [request ?? "rfc3339", response ?? request ?? "rfc3339"];
  if (asked === told) return asked === "rfc3339" ? undefined : asked;
  return present({
    request: asked === "rfc3339" ? undefined : asked,
    response: told === "rfc3339" ? undefined : told,
  });
}

/** Bounds of a number cannot be declared for a moment, so they are told. */
function described({ schema }: Member): string | undefined {
  const [least, most] = [schema.number("minimum"), schema.number("maximum")];
  const bounds = [
    least !== undefined ? `at least ${least}` : "",
    most !== undefined ? `at most ${most}` : "",
  ].filter((text) => text !== "");
  const sentence = firstSentence(schema.text("description"));
  const parts = [sentence, bounds.length > 0 ? `Vendor's number: ${bounds.join(", ")}.` : undefined];
  const whole = parts.filter((text) => text !== undefined).join(" ");
  return whole === "" ? undefined : whole;
}
