import type { ServiceDefinition } from "../../provider/definition/definition";
import { readDocument } from "../document";
import { accessDifferences } from "./access";
import { answersIn } from "./answers";
import type { Difference } from "./difference";
import { fieldsRead } from "./fields";
import { pageDifferences } from "./list";
import { missingOperations, pairsOf } from "./operations";
import { parameterDifferences } from "./parameters";
import { requestDifferences } from "./requests";

export type { Difference };

/** What a document says otherwise than a definition. */
export interface Comparison {
  /** The document's own title. */
  readonly title: string;
  readonly differences: readonly Difference[];
  /** What of the document could not be read, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Compares what a definition sends and reads with what the vendor's OpenAPI document says. A part of which the document
 * says nothing is no difference, and neither is one that the definition says in other words.
 *
 * @param file path of the document, version 2, 3.0 or 3.1, in JSON or YAML
 * @throws {DraftError} when it cannot be read
 * @example
 * compareWith(definition, "openapi.json").differences.filter(({ matters }) => matters); // [] where keys are managed as before
 */
export function compareWith(definition: ServiceDefinition, file: string): Comparison {
  const document = readDocument(file);
  const pairs = pairsOf(definition, document);
  const { answers, differences } = answersIn(definition, document, pairs);
  const found = [
    ...accessDifferences(definition, document, pairs),
    ...missingOperations(definition, document, pairs),
    ...pairs.flatMap((pair) => [
      ...parameterDifferences(definition, pair),
      ...requestDifferences(definition, pair, pairs),
    ]),
    ...differences,
    ...fieldsRead(definition, answers),
    ...pageDifferences(definition, document, pairs),
  ];
  return { title: document.title, differences: found, notes: document.notes };
}
