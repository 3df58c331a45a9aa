import type { ApiDocument } from "../document";
import { DraftError } from "../document/problem";
import { type Candidate, candidatesIn, isPlain, judged, leastScore, readersIn } from "./candidates";
import { collectionOf, segmentsOf } from "./paths";
import type { Resource } from "./resource";

/** What of a document is searched: operations with paths that a definition can hold. */
type Searched = Pick<ApiDocument, "file" | "operations">;

/** By how much a candidate has to be ahead of the others to be chosen without being asked for. */
const clearLead = 3;

/** How many candidates are told of. */
const told = 8;

/**
 * The resource of the keys in a document.
 *
 * @param path of the collection, or of the operation that creates a key. Default: the likeliest resource, where it is
 * clearly ahead of all others
 * @throws {DraftError} when there is none, or several from which to choose by path
 */
export function findResource(whole: ApiDocument, path: string | undefined): Resource {
  const document = {
    file: whole.file,
    operations: whole.operations.filter((operation) => isPlain(operation.path)),
  };
  if (path !== undefined) return resourceAt(document, path);
  const likely = candidatesIn(document).filter(({ score }) => score >= leastScore);
  const [best, second] = likely;
  if (!best) throw new DraftError(nothingFound(document));
  if (second && best.score - second.score < clearLead) throw new DraftError(severalFound(document, likely));
  return best.resource;
}

function resourceAt(document: Searched, path: string): Resource {
  const wanted = segmentsOf(path).join("/");
  const creating = document.operations.filter(({ method, path: own }) => {
    if (method !== "POST" && method !== "PUT") return false;
    return segmentsOf(own).join("/") === wanted || collectionOf(own).join("/") === wanted;
  });
  const [best] = creating
    .map((operation) => judged(operation, document.operations))
    .toSorted((a, b) => b.score - a.score);
  if (best) return best.resource;
  const others = candidatesIn(document).slice(0, told);
  const known = document.operations.some(({ path: own }) => segmentsOf(own).join("/") === wanted);
  const why = known ? "has no POST or PUT that could create a key" : "is no path of it";
  const choice = others.length === 0 ? "" : `\nThese may create keys:\n${others.map(line).join("\n")}`;
  throw new DraftError(`${document.file}: ${JSON.stringify(path)} ${why}.${choice}`);
}

function severalFound({ file }: Searched, candidates: readonly Candidate[]): string {
  const near = candidates.slice(0, told);
  const more = candidates.length > told ? `\n  and ${candidates.length - told} less likely ones` : "";
  const example = near[0]?.resource.create.path ?? "/keys";
  return `${file} has several resources that may be the keys. Choose one with --path, such as --path ${example}\n${near.map(line).join("\n")}${more}`;
}

function line({ resource, score, reasons }: Candidate): string {
  return `  ${resource.create.title}, score ${score}: ${reasons.join("; ")}`;
}

function nothingFound(document: Searched): string {
  const { file } = document;
  const lookedFor =
    "Looked for a POST or PUT whose path ends with keys, tokens or the like, or whose response holds a secret, beside operations that list and revoke.";
  const readers = readersIn(document).slice(0, 3);
  const unlikely = candidatesIn(document).slice(0, 3);
  if (readers.length > 0 && unlikely.length === 0) {
    return `${file} describes no operation that creates API keys, so that they cannot be managed by its API: ${readers.map(({ title }) => title).join(", ")} only reads them. ${lookedFor}`;
  }
  const near =
    unlikely.length === 0 ? "" : `\nUnlikely, but there with --path:\n${unlikely.map(line).join("\n")}`;
  return `${file} describes no resource of API keys. ${lookedFor} If there is one, name its path with --path.${near}`;
}
