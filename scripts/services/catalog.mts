import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** A service of the catalog, as its file says it. */
export interface CatalogService {
  /** Its name, which its file and its export have. */
  readonly name: string;
  /** The comment at its definition, whole. */
  readonly comment: string;
  /** What its keys are: the first paragraph of the comment. */
  readonly summary: string;
  /** What is peculiar to it: the items of the comment's list. */
  readonly quirks: readonly string[];
  /** The pages and documents that it was written from. */
  readonly sources: readonly string[];
}

const folder = new URL("../../services/definitions/", import.meta.url);

/** The services of the catalog, by name. */
export function catalog(): readonly CatalogService[] {
  const names = readdirSync(folder).flatMap((file) => /^(\w+)\.ts$/.exec(file)?.[1] ?? []);
  return names.sort().map(serviceOf);
}

function serviceOf(name: string): CatalogService {
  const text = readFileSync(new URL(`${name}.ts`, folder), "utf8");
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
  const statement = source.statements.find(ts.isVariableStatement);
  const [comment] = statement ? ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc) : [];
  const exported = statement?.declarationList.declarations[0]?.name.getText();
  if (!comment || exported !== name) {
    throw new Error(`services/definitions/${name}.ts exports no ${name} with a comment.`);
  }
  const [summary = "", ...lists] = (ts.getTextOfJSDocComment(comment.comment) ?? "").split(/\n\s*\n/);
  const quirks = lists.flatMap((list) => list.split(/^- /m).slice(1));
  const sources = (comment.tags ?? []).map((tag) => tag.getText().replace(/^@see\s+/, ""));
  return {
    name,
    comment: comment.getText(),
    summary: inOneLine(summary),
    quirks: quirks.map(inOneLine),
    sources: sources.map((one) => inOneLine(one.replaceAll(/^\s*\*\s?/gm, ""))),
  };
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ").trim();
}
