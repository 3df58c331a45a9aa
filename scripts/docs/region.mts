/**
 * Puts a text into a document, between the two comments that mark its place:
 * `<!-- name: made by npm run docs -->` and `<!-- end of name -->`.
 *
 * @throws {Error} when the document has no such place
 */
export function withRegion(document: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}: made by npm run docs -->`, `<!-- end of ${name} -->`];
  const from = document.indexOf(start) + start.length;
  const to = document.indexOf(end, from);
  if (from < start.length || to < 0) throw new Error(`A document has no place for ${name}.`);
  return `${document.slice(0, from)}\n\n${text}\n\n${document.slice(to)}`;
}
