import type { Part, Question } from "../parts/part";
import { oneLine } from "../text";
import { literal, propertyName } from "./literal";

/** How wide a comment may be. */
const commentWidth = 104;

/** How many places a part is told to come from. */
const mostSources = 3;

/** What the head of the file says. */
export interface Head {
  /** The document's file. */
  readonly file: string;
  /** What the document calls the API. */
  readonly title: string;
  /** The operation that creates a key. */
  readonly create: string;
}

/** Parts of the definition by the name that they have in common, such as `fields`; others stand alone. */
interface Group {
  readonly name: string;
  readonly own: Part | undefined;
  readonly inner: readonly Part[];
}

/** A module that exports the service, each part with where it comes from and what is open of it. */
export function moduleOf(name: string, parts: readonly Part[], head: Head): string {
  const groups = groupsOf(parts);
  const body = groups.map((group) => `${groupText(group)}`).join("");
  return [
    'import { defineService } from "pulumi-apikeys";\n\n',
    headText(parts, head),
    `export const ${variableOf(name)} = defineService({\n${body}});\n`,
  ].join("");
}

/** An open question as a comment or a message has it. */
export function questionText({ question, assumed }: Question): string {
  return `${oneLine(question, 300)} Assumed: ${oneLine(assumed, 200)}.`;
}

function headText(parts: readonly Part[], { file, title, create }: Head): string {
  const usual = parts.filter(({ value, usual: told }) => value === undefined && told !== undefined);
  const lines = [
    `Keys of ${oneLine(title, 80) || "this API"}: ${oneLine(create, 150)} of ${oneLine(file, 100)}, drafted by \`pulumi-apikeys draft\`.`,
    "Comments have JSON Pointers into that document.",
    ...(usual.length > 0 ? ["Left out, as it is usual:"] : []),
    ...usual.map(
      (part) =>
        `- ${oneLine(part.usual ?? "", 150)}${sourcesOf(part).length === 0 ? "" : ` (${sourcesOf(part).join(", ")})`}`,
    ),
  ];
  return `/**\n${lines.map((line) => ` * ${line}\n`).join("")} */\n`;
}

function groupsOf(parts: readonly Part[]): readonly Group[] {
  const names = [...new Set(parts.map(({ path }) => path[0] ?? ""))];
  return names.map((name) => {
    const own = parts.filter(({ path }) => path[0] === name);
    return {
      name,
      own: own.find(({ path }) => path.length === 1),
      inner: own.filter(({ path }) => path.length > 1),
    };
  });
}

function groupText({ name, own, inner }: Group): string {
  if (own) return partText(own, 2);
  const lines = inner.map((part) => partText(part, 4)).join("");
  if (lines === "") return "";
  const isEmpty = inner.every(({ value }) => value === undefined);
  return isEmpty ? lines.replaceAll(/^ {4}/gm, "  ") : `  ${name}: {\n${lines}  },\n`;
}

function partText(part: Part, indent: number): string {
  const { path, value, questions } = part;
  const margin = " ".repeat(indent);
  const key = propertyName(path.at(-1) ?? "");
  const open = questions.map((question) => comment(`to be confirmed: ${questionText(question)}`, margin));
  if (value === undefined) return open.join("");
  const sources = sourcesOf(part).map((source) => `${margin}// ${source}\n`);
  return `${sources.join("")}${open.join("")}${margin}${key}: ${literal(value, indent, key.length + 3)},\n`;
}

/** Lines of a comment, broken between words. */
function comment(text: string, margin: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && margin.length + last.length + word.length > commentWidth) lines.push(`  ${word}`);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map((line) => `${margin}// ${line}\n`).join("");
}

/** Where a part comes from: not the places within a place that is told already. */
function sourcesOf({ sources }: Part): readonly string[] {
  const outer = sources.filter((source) => !sources.some((other) => source.startsWith(`${other}/`)));
  return outer.slice(0, mostSources).map((source) => oneLine(source, 200));
}

/** The name of a constant: what is left of the service's name without hyphens. */
function variableOf(name: string): string {
  const camel = name.replaceAll(/-+([a-z0-9]?)/g, (_whole, letter: string) => letter.toUpperCase());
  return reserved.test(camel) ? `${camel}Service` : camel;
}

const reserved =
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|let|static|await|async|interface|package|private|protected|public|implements|eval|arguments|defineService)$/;
