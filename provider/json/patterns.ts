/** In characters: the search may take time by the square of the length. No key and no status is as long. */
const maxTextLength = 16_384;

/**
 * A pattern of a definition: by Unicode where it is one of those, else as JavaScript's older ones are, which take
 * an escape such as `\-` for the character.
 *
 * @throws {SyntaxError} what is no regular expression at all
 */
export function compiled(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch {
    return new RegExp(source);
  }
}

/** What a pattern's first group finds in a text, or all of it where there is no such group. */
export function partOf(text: string, source: string): string | undefined {
  const match = matchOf(source, text);
  return match?.[1] ?? match?.[0];
}

/** What a pattern finds in a text; nothing in one that is too long. */
export function matchOf(source: string, text: string): RegExpExecArray | null {
  return text.length > maxTextLength ? null : compiled(source).exec(text);
}
