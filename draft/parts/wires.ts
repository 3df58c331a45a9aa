import type { Answer, Answers } from "./answers";
import type { Member } from "./members";
import type { Request } from "./requests";

/** Where the requests and responses have a field. */
export interface Places {
  readonly create?: string | undefined;
  readonly update?: string | undefined;
  readonly created?: string | undefined;
  readonly rotated?: string | undefined;
  readonly read?: string | undefined;
  readonly listed?: string | undefined;
}

/** What a definition says as `wire`: nothing where the name is the same everywhere, one text where the place is. */
export function wireOf(name: string, places: Places): string | Places | undefined {
  const { create, update, created, rotated, read, listed } = places;
  const all = [create, update, created, rotated, read, listed].filter((place) => place !== undefined);
  const [first] = all;
  if (first === undefined || all.every((place) => place === first)) return first === name ? undefined : first;
  const request = create ?? update;
  const answer = created ?? rotated ?? read ?? listed;
  const kept = {
    create: request ?? undefined,
    update: update !== request ? update : undefined,
    created: created,
    rotated: rotated !== answer ? rotated : undefined,
    read: read !== answer || created === undefined ? read : undefined,
    listed: listed !== (read ?? answer) || (created === undefined && read === undefined) ? listed : undefined,
  };
  return Object.fromEntries(Object.entries(kept).filter(([, place]) => place !== undefined));
}

/** A field that says its place alone is that place. */
export function placed(
  field: Record<string, unknown> | undefined,
): Record<string, unknown> | string | undefined {
  const { wire, ...rest } = field ?? {};
  return typeof wire === "string" && Object.keys(rest).length === 0 ? wire : field;
}

/** The likeliest member in each response, by a score that is zero for what is none. */
export function placesIn(
  answers: Answers,
  score: (member: Member) => number,
): Places & { readonly found: readonly Member[] } {
  const updated = answers.updated.find((answer) => best(answer, score) !== undefined);
  const created = best(answers.created, score);
  const rotated = best(answers.rotated, score);
  const read = best(answers.read, score) ?? (answers.read ? undefined : best(updated, score));
  const listed = best(answers.listed, score);
  return {
    created: created?.at,
    rotated: rotated?.at,
    read: read?.at,
    listed: listed?.at,
    found: [created, read, listed, rotated].filter((member) => member !== undefined),
  };
}

function best(answer: Answer | undefined, score: (member: Member) => number): Member | undefined {
  const scored = (answer?.members ?? []).map((member) => ({ member, score: score(member) }));
  return scored.filter((each) => each.score > 0).toSorted((a, b) => b.score - a.score)[0]?.member;
}

/** The member of a request that has the same words as one of another. */
export function sameIn(requests: readonly Request[], word: string): Member | undefined {
  return requests.flatMap(({ members }) => members).find((member) => member.word === word);
}
