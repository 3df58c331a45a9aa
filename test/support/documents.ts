import { readFileSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");

/** A TypeScript program in a document. */
export interface DocumentedProgram {
  /** The document, and the line at which it begins. */
  readonly place: string;
  readonly source: string;
}

/** The TypeScript programs in a document. One that leaves its import out, because one before it has it, is given it. */
export function programsOf(document: string): DocumentedProgram[] {
  const text = readFileSync(path.join(repository, document), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => {
    const line = text.slice(0, match.index).split("\n").length + 1;
    const [, source = ""] = match;
    const isWhole = !source.includes("xentree.") || /^import /m.test(source);
    return {
      place: `${document}:${line}`,
      source: isWhole ? source : `import { xentree } from "pulumi-apikeys";\n${source}`,
    };
  });
}
