import { examine } from "../provider/definition/examine";
import { problemText } from "../provider/definition/registry";
import { identityProblem } from "../provider/definition/rules/tenant";
import { readDocument } from "./document";
import { DraftError } from "./document/problem";
import { findResource } from "./find";
import { partsOf } from "./parts";
import type { Question } from "./parts/part";
import { assembled } from "./write/assemble";
import { moduleOf, questionText } from "./write/ts";

export { DraftError };

/** A definition that a document has been made into. */
export interface Draft {
  /** As `defineService` takes it. */
  readonly definition: Record<string, unknown>;
  /** What the document leaves open, with what was assumed, each in a sentence behind the part that it is about. */
  readonly questions: readonly string[];
  /** The definition as a TypeScript module, with comments that say where its parts come from. */
  readonly module: string;
}

/** What a draft may be told. */
export interface DraftOptions {
  /** The service's name. Default: after the host */
  readonly name?: string | undefined;
  /** The path of the key resource. Default: the likeliest */
  readonly path?: string | undefined;
}

/**
 * Makes a service definition of an OpenAPI document.
 *
 * @param file path of the document, version 2, 3.0 or 3.1, in JSON or YAML
 * @throws {DraftError} when it cannot be read, or has no key resource, or several
 * @example
 * draft("openapi.json", { name: "acme" }).definition; // { name: "acme", baseUrl: "https://api.acme.example", path: "/v1/keys" }
 */
export function draft(file: string, options: DraftOptions = {}): Draft {
  const document = readDocument(file);
  const resource = findResource(document, options.path);
  const parts = partsOf(document, resource, options.name);
  const definition = assembled(parts);
  refuseMistakes(definition, file);
  const notes = document.notes.map((question) => ({ question, assumed: "that nothing of it matters here" }));
  return {
    definition,
    questions: [
      ...parts.flatMap(({ path, questions }) =>
        questions.map((question) => `${path.join(".")}: ${questionText(question)}`),
      ),
      ...notes.map((note: Question) => questionText(note)),
    ],
    module: moduleOf(String(definition.name), parts, {
      file: file.split(/[\\/]/).at(-1) ?? file,
      title: document.title,
      create: resource.create.title,
    }),
  };
}

/** A draft with mistakes is a mistake of this package. */
function refuseMistakes(definition: Record<string, unknown>, file: string): void {
  const { definition: whole, problems } = examine(definition);
  const told = problems?.map(problemText) ?? [];
  const identity = whole && identityProblem(whole);
  const all = identity === undefined ? told : [...told, identity];
  if (all.length > 0)
    throw new DraftError(
      `${file}: the draft has mistakes, which is a fault of pulumi-apikeys. Please report it: ${all.join("; ")}.`,
    );
}
