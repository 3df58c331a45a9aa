/** The words of a name in any spelling, in lower case: `apiKey_UUID` has api, key and uuid. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** A name's words in one, for comparisons of names in different spellings. */
export function plain(name: string): string {
  return wordsOf(name).join("");
}

/** A noun in the singular, as far as the last letters tell. */
export function singular(noun: string): string {
  return noun.replace(/ies$/i, "y").replace(/([^s])s$/i, "$1");
}
