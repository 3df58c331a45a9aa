import { type Spelling, spellings, spellingsOfName } from "./encodings";

/** In characters: what is shorter is found all over ordinary text, which nobody could read without it. */
const shortestSecret = 6;

/**
 * In characters: so much of a key's beginning vendors publish, so that people can tell their keys apart.
 * From one character more on, the beginning of a secret counts as the secret.
 */
const publishedLength = 16;

/** Every secret that this process has come to know, with what is looked for once something was printed. */
const secrets = new Map<string, { published: number; found?: readonly Spelling[] }>();
const names = new Map<string, readonly Spelling[]>();

/**
 * Remembers a secret for the life of the process. One of fewer than 6 characters is none that could be hidden.
 *
 * @param published the beginning of it that the vendor shows to anyone, if that is known. Default: up to 16 characters
 */
export function protect(secret: string, published?: string): void {
  if (secret.length < shortestSecret) return;
  const length = Math.max(
    publishedLength,
    secrets.get(secret)?.published ?? 0,
    published !== undefined && secret.startsWith(published) ? published.length : 0,
  );
  if (secrets.get(secret)?.published !== length) secrets.set(secret, { published: length });
}

/**
 * Remembers the name of a user, which is nobody's business but opens nothing. It is hidden where it stands as a
 * word only: the key of the user `deploy` may be called `deploy-0a1b2c3`, and has to be found by that name.
 */
export function protectName(name: string): void {
  if (name.length >= shortestSecret && !names.has(name)) names.set(name, spellingsOfName(name));
}

/**
 * A text without the secrets of this process, in whatever spelling they stand there.
 *
 * The last line of defence, for text that is on its way out: no place may rely on it. It finds a secret as it is, in
 * JSON, percent-encoded and in base64, and the beginning of one from 17 characters on; not one that was cut at its
 * front, hashed or encrypted.
 */
export function redact(text: string): string {
  const hits = [...secretsIn(text), ...namesIn(text)].sort((a, b) => a.from - b.from);
  let result = "";
  let done = 0;
  for (const { from, to } of hits) {
    // One that overlaps another belongs to the same stretch.
    if (from >= done) result += `${text.slice(done, from)}[secret]`;
    done = Math.max(done, to);
  }
  return result + text.slice(done);
}

/** Whether a text holds the beginning of a secret, in whatever spelling, whether or not this process protects it. */
export function mentions(text: string, secret: string): boolean {
  if (secret.length < shortestSecret) return false;
  const start = Math.min(secret.length, publishedLength + 1);
  return spellings(secret, start).some((spelling) => text.includes(spelling.start));
}

/** A stretch of a text, from its first character to the one after its last. */
interface Hit {
  readonly from: number;
  readonly to: number;
}

function* secretsIn(text: string): Iterable<Hit> {
  for (const [secret, entry] of secrets) {
    entry.found ??= spellings(secret, entry.published + 1);
    for (const { start, whole } of entry.found) {
      for (const from of occurrences(text, start)) yield { from, to: from + commonLength(text, from, whole) };
    }
  }
}

function* namesIn(text: string): Iterable<Hit> {
  for (const { whole } of [...names.values()].flat()) {
    for (const from of occurrences(text, whole)) {
      const to = from + whole.length;
      if (!isWordCharacter(text[from - 1]) && !isWordCharacter(text[to])) yield { from, to };
    }
  }
}

function* occurrences(text: string, part: string): Iterable<number> {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) yield at;
}

/** How many characters of a spelling stand at a place of the text. */
function commonLength(text: string, at: number, whole: string): number {
  let length = 0;
  while (length < whole.length && text[at + length] === whole[length]) length++;
  return length;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_-]/u.test(character);
}
