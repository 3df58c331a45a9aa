import { printable } from "../../../provider/redaction/printable";
import { redact } from "../../../provider/redaction/redactor";

/** Text that is HTML already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | undefined | readonly Part[];

/**
 * HTML in which everything that is filled in is text, whatever it looks like, unless it is {@link Markup}. Undefined is
 * nothing, and a list is its items one after another.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((string, index) => string + markupOf(parts[index])).join(""));
}

function markupOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(markupOf).join("");
  return escaped(String(part));
}

/** A sentence of ours, with what stands between backquotes as code. */
export function withCode(sentence: string): Markup[] {
  return sentence
    .split("`")
    .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}

/** The file is no standard output, so that nothing else takes out what this process knows to be secret. */
function escaped(text: string): string {
  return printable(redact(text))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
