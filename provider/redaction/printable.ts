import { stripVTControlCharacters } from "node:util";

/** What text from outside may take of a message, in characters. */
const maxLength = 300;

/** What of it is looked at, in characters: the search for escape sequences takes time by the square of the length. */
const maxInput = 4_000;

/**
 * Controls (C0, C1), format characters (bidi overrides, zero widths, tags), separators of lines, halves of surrogate
 * pairs; and the beginning of a colour command of Pulumi's, which would swallow what follows it.
 */
const unprintable = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|<(?=\{%)`;
const oneUnprintable = new RegExp(unprintable, "gu");
const manyUnprintable = new RegExp(`(?:${unprintable})+`, "gu");

/**
 * Text from outside as it may stand in a message: unable to take over the terminal, and not too long.
 *
 * For display alone: it may differ from what the vendor calls the thing.
 *
 * @param hide what is done to the text once it is visible and before it is cut, such as hiding what is secret
 */
export function printable(text: string, hide = (visible: string) => visible): string {
  const visible = stripVTControlCharacters(text.slice(0, maxInput)).replaceAll(manyUnprintable, " ");
  const whole = hide(visible);
  return whole.length > maxLength || text.length > maxInput ? `${whole.slice(0, maxLength)}…` : whole;
}

/**
 * A vendor's id as the engine may keep it, which prints the id of a resource as it is. What no terminal must get is
 * percent-encoded, so that different ids stay different.
 *
 * @param id well-formed Unicode
 */
export function printableId(id: string): string {
  return id.replaceAll(oneUnprintable, encodeURIComponent);
}

/** The ids of keys as they may stand in a message, one after another. */
export function idsText(keys: readonly { readonly id: string }[]): string {
  return keys.map(({ id }) => printable(id)).join(", ");
}
