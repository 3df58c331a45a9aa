import { examine } from "../provider/definition/examine";
import { problemText } from "../provider/definition/registry";
import { identityProblem } from "../provider/definition/rules/tenant";
import { readDocument } from "./document";
import { DraftError } from "./document/problem";
import { findResource } from "./find";
import { partsOf } from "./parts";
import { type Part, part } from "./parts/part";
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
  const told = sound(partsOf(document, resource, options.name), file);
  const definition = assembled(told);
  // Only now is it known which references of the document matter and lead nowhere.
  const unread = document.notes.map((question) => ({ question, assumed: "that nothing of it matters here" }));
  const parts = unread.length === 0 ? told : [...told, part(["document"], undefined, [], unread)];
  return {
    definition,
    questions: parts.flatMap(({ path, questions }) =>
      questions.map((question) => `${path.join(".")}: ${questionText(question)}`),
    ),
    module: moduleOf(String(definition.name), parts, {
      file: file.split(/[\\/]/).at(-1) ?? file,
      title: document.title,
      create: resource.create.title,
    }),
  };
}

/** Parts without which a definition is none. */
const needed: ReadonlySet<string> = new Set([
  "fields.id",
  "fields.value",
  "operations.create",
  "operations.list",
  "operations.revoke",
]);

/**
 * The parts, without those that no definition can have, such as a second field in one place; these are told of.
 *
 * @throws {DraftError} when a mistake is left, which is one of this package
 */
function sound(parts: readonly Part[], file: string): readonly Part[] {
  const { definition, problems } = examine(assembled(parts));
  const identity = definition && identityProblem(definition);
  if (problems === undefined && identity === undefined) return parts;
  const mistaken = new Map(
    (problems ?? []).map((problem) => [problem.path.slice(0, 2).join("."), problemText(problem)]),
  );
  const left = parts.map((part): Part => {
    const mistake =
      needed.has(part.path.join(".")) || part.value === undefined
        ? undefined
        : mistaken.get(part.path.join("."));
    if (mistake === undefined) return part;
    const question = {
      question: `What the document says of ${part.path.join(".")} fits no definition (${mistake}). What is it?`,
      assumed: "nothing, it is left out",
    };
    return { ...part, value: undefined, questions: [question] };
  });
  if (left.some((part, index) => part !== parts[index])) return sound(left, file);
  const told = [...mistaken.values(), ...(identity === undefined ? [] : [identity])].join("; ");
  throw new DraftError(
    `${file}: the draft has mistakes, which is a fault of pulumi-apikeys. Please report it: ${told}.`,
  );
}
