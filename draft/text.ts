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
