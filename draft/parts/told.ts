import { isMask } from "../find/secretField";
import { inputNames } from "./inputs";
import { instantOf } from "./instants";
import { createdWords, type Member, pointerOf, usedWords } from "./members";
import { type Part, part, present } from "./part";
import { nameIn } from "./requests";
import type { Subject } from "./subject";
import { placed, placesIn, wireOf } from "./wires";

/** What the vendor tells of a key that no program sets: moments, a mask of the value, and whether it works. */
export function toldParts(subject: Subject): readonly Part[] {
  const created = momentPart(subject, "createdAt", createdWords);
  const used = momentPart(subject, "lastUsedAt", usedWords);
  return [created, used, prefixPart(subject), activePart(subject)].filter((each) => each !== undefined);
}

function momentPart({ answers }: Subject, name: string, words: RegExp): Part | undefined {
  const { found, ...places } = placesIn(answers, ({ word, schema }) =>
    words.test(word) && !schema.is("object") && !schema.is("boolean") ? 1 : 0,
  );
  const [member] = found;
  if (!member) return undefined;
  const { form, question } = instantOf(member.name, member.schema);
  const wire = wireOf(name, places);
  // A text is read in every form that texts have.
  const as = form.startsWith("epoch") ? form : undefined;
  const value = placed(present({ wire, as })) ?? name;
  return part(
    ["fields", name],
    value,
    [member.schema.pointer],
    as !== undefined && question ? [question] : [],
  );
}

/** What shows a part of the value: of several, what is called so. */
function prefixPart(subject: Subject): Part | undefined {
  const { answers, requests } = subject;
  const inputs = inputNames(subject);
  const score = ({ word, name, schema }: Member) => {
    if (inputs.has(word) || (schema.types.length > 0 && !schema.types.includes("string"))) return 0;
    if (/^(prefix|keyprefix|tokenprefix|apikeyprefix)$/.test(word)) return 3;
    if (/hash|digest|fingerprint|type$|displayname|label/.test(word)) return 0;
    if (!isMask(name, schema) || word === nameIn(requests.create.members)?.word) return 0;
    return /(redact|obfuscat|mask|hint|partial|preview|last|trunc|suffix|postfix|short|start|display)/.test(
      word,
    )
      ? 2
      : 0;
  };
  const { found, ...places } = placesIn(answers, score);
  const [member] = found;
  if (!member) return undefined;
  const wire = wireOf("prefix", places);
  const value = placed(present({ wire })) ?? "prefix";
  return part(["fields", "prefix"], value, [member.schema.pointer]);
}

/** Whether a listed key works, in one of the forms in which vendors tell it. */
function activePart({ answers, requests }: Subject): Part | undefined {
  const members = [answers.listed, answers.read, answers.created].flatMap((answer) => answer?.members ?? []);
  const inputs = new Set(requests.create.members.map(({ word }) => word));
  for (const { word, at, schema } of members) {
    if (inputs.has(word)) continue;
    const pointer = at.startsWith("/") ? at : pointerOf([at]);
    const sources = [schema.pointer];
    if (schema.is("boolean")) {
      if (/^(active|isactive|enabled|isenabled)$/.test(word)) return part(["fields", "active"], at, sources);
      if (/^(revoked|isrevoked|disabled|isdisabled|deleted|isdeleted|inactive)$/.test(word))
        return part(["fields", "active"], { when: { at: pointer, equals: false } }, sources);
    }
    if (
      /^(revokedat|deletedat|disabledat|revokedon|revokedtime|revocationdate|deletedon|invalidatedat|deactivatedat|daterevoked)$/.test(
        word,
      )
    )
      return part(["fields", "active"], { when: { at: pointer, passed: false } }, sources);
    const live = /^(status|state)$/.test(word)
      ? schema.values?.find((value) => /^(active|enabled|live|valid)$/i.test(String(value)))
      : undefined;
    if (live !== undefined)
      return part(["fields", "active"], { when: { at: pointer, equals: live } }, sources);
  }
  return undefined;
}
