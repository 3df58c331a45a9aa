/** One way in which a text may be written. */
export interface Spelling {
  /** What the beginning of the text becomes: long enough to give the text away. */
  readonly start: string;
  readonly whole: string;
}

/**
 * The ways in which a secret may stand in a text: as it is, in a JSON string, percent-encoded, and in base64 or
 * base64url, there also as a part of something longer.
 *
 * @param startLength from so many characters on, the secret's beginning gives it away
 */
export function spellings(secret: string, startLength: number): Spelling[] {
  return written(secret, startLength, [...asText, ...asBase64]);
}

/** The same without base64: the ways in which a name may stand in a text as a word. */
export function spellingsOfName(name: string): Spelling[] {
  return written(name, name.length, asText);
}

/** Writes a text so that the beginning of a text becomes the beginning of what the text becomes. */
type Writer = (text: string) => string;

const asIs: Writer = (text) => text;
const inJson: Writer = (text) => JSON.stringify(text).slice(1, -1);
const inUrl: Writer = (text) => encodeURIComponent(text);
/** As RFC 6570 wants it, of whose reserved characters encodeURIComponent spares five. */
const inPath: Writer = (text) => inUrl(text).replaceAll(/[!'()*]/g, percent);
const inForm: Writer = (text) => inPath(text).replaceAll("%20", "+");
const inLowerCase = (write: Writer): Writer => {
  return (text) => write(text).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
};

const percentEncoders = [inUrl, inPath, inForm];
const asText: readonly Writer[] = [asIs, inJson, ...percentEncoders, ...percentEncoders.map(inLowerCase)];

const asBase64: readonly Writer[] = [0, 1, 2].flatMap((bytesBefore) => {
  const write = (encoding: "base64" | "base64url") => (text: string) => {
    const bytes = Buffer.concat([Buffer.alloc(bytesBefore), Buffer.from(text)]);
    // Six bits a character: those at the edges also hold bits of the bytes beside the text.
    return bytes
      .toString(encoding)
      .slice(Math.ceil((bytesBefore * 8) / 6), Math.floor((bytes.length * 8) / 6));
  };
  return [write("base64"), write("base64url")];
});

function written(text: string, startLength: number, writers: readonly Writer[]): Spelling[] {
  // A half of a surrogate pair has no encoding.
  const whole = text.toWellFormed();
  const cut = whole.slice(0, startLength);
  const start = cut.isWellFormed() ? cut : whole.slice(0, startLength + 1);
  const byText = new Map(writers.map((write) => [write(whole), write(start)]));
  return [...byText].map(([whole, start]) => ({ start, whole }));
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
