/** What no terminal must get, of which only the line breaks of the layout stand outside of strings. */
const unprintable = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON for machines that is safe to look at: what a terminal would obey or hide is escaped, and means the same. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).replaceAll(unprintable, escaped)}\n`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
