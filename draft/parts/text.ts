import { reservedNames } from "../../provider/definition/rules/fields";
import { wordsOf } from "../find/words";

/** Characters that a terminal or an editor would obey or hide. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** A text of a document on one line, without what ends a comment or rules a terminal, cut to a length. */
export function oneLine(text: string, longest: number): string {
  const plain = text
    .slice(0, longest * 8)
    .replaceAll(unprintable, " ")
    .replaceAll("*/", "* /")
    .replaceAll(/\s+/g, " ")
    .trim();
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1).trimEnd()}…`;
}

/** The first sentence of a description, its markup taken away. */
export function firstSentence(description: string | undefined, longest = 100): string | undefined {
  if (description === undefined) return undefined;
  const text = oneLine(description.slice(0, 2_000), 1_000)
    .replaceAll(/!?\[([^\][]*)\]\([^()]*\)/g, "$1")
    .replaceAll(/<[^<>]*>/g, "")
    .replaceAll(/__[\w -]+__,?/g, "")
    .replaceAll(/[*`]+/g, "")
    .trim();
  const [sentence = ""] = text.split(/(?<=[.!?])\s/);
  const cut = oneLine(sentence, longest);
  return cut === "" ? undefined : cut;
}

/** A name as programs have it: `expires_in_seconds` is expiresInSeconds. Undefined where nothing of it is left. */
export function camelCase(name: string): string | undefined {
  const [first = "", ...others] = wordsOf(name.slice(0, 200));
  const joined = first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const plain = joined.replace(/^[^a-z]+/i, "");
  return plain === "" ? undefined : plain.charAt(0).toLowerCase() + plain.slice(1);
}

/** A name that a field or a path parameter may have, where the resource itself may have taken it. */
export function freeName(name: string, taken: ReadonlySet<string> = new Set()): string {
  const isTaken = reservedNames.has(name) || name in {} || taken.has(name);
  return isTaken ? `key${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}
