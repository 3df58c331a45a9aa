import { readFileSync } from "node:fs";
import ts from "typescript";

/** A property of an interface. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** The properties of an interface in a file of this repository, with their docstrings. */
export function membersOf(file: string, name: string): Member[] {
  const source = parsed(file);
  const found = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (!found) throw new Error(`${file} has no interface ${name} any more.`);
  return found.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(source),
    type: plainType(member.type?.getText(source) ?? ""),
    comment: required(commentOf(member), `${name}.${member.name.getText(source)} in ${file}`),
  }));
}

/** The docstrings of all properties of the objects in a file, by the property's name. */
export function propertyComments(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    const comment = ts.isPropertyAssignment(node) ? commentOf(node) : undefined;
    if (comment !== undefined) found.set((node as ts.PropertyAssignment).name.getText(), comment);
    ts.forEachChild(node, visit);
  };
  visit(parsed(file));
  return found;
}

function parsed(file: string): ts.SourceFile {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
}

/** A docstring's sentences as one line, without its tags. */
function commentOf(node: ts.Node): string | undefined {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comment?.comment)?.replaceAll(/\s*\n\s*/g, " ");
}

/** What a program gives or gets, without the wrappers of Pulumi. */
function plainType(type: string): string {
  return type
    .replaceAll(/\b(?:Input|Output)<([^<>]*(?:<[^<>]*(?:<[^<>]*>)?[^<>]*>)?[^<>]*)>/g, "$1")
    .replaceAll("Input<unknown>", "unknown")
    .replaceAll(" | undefined", "");
}

export function required(text: string | undefined, what: string): string {
  if (text === undefined) throw new Error(`${what} has no docstring, of which the reference is made.`);
  return text;
}
