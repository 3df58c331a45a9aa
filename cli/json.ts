/** Characters that a terminal would obey or hide, except for the line breaks of the layout. */
const unprintable = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON that is safe to print on a terminal: control characters are escaped, which means the same in JSON. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).replaceAll(unprintable, escaped)}\n`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
