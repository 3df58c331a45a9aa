import { isObject } from "../../provider/json/members";
import { DocumentFiles } from "./files";
import { type Method, methods, Operation } from "./operation";
import type { Place } from "./place";
import { DraftError } from "./problem";

/** An API as its document describes it. */
export interface ApiDocument {
  /** The file, as it was named. */
  readonly file: string;
  readonly root: Place;
  readonly title: string;
  readonly operations: readonly Operation[];
  /** What of the document could not be read, in sentences. It grows as more of the document is looked at. */
  readonly notes: readonly string[];
}

/**
 * Reads an OpenAPI document of version 2, 3.0 or 3.1 in JSON or YAML. Nothing is fetched, and no file outside of the
 * document's folder is read. What is not as the specification wants it is read all the same.
 *
 * @param file path of the document
 * @throws {DraftError} when it is no such document, or too large to be read
 */
export function readDocument(file: string): ApiDocument {
  const files = new DocumentFiles(file);
  const { root } = files;
  if (!isObject(root.value)) throw new DraftError(`${file} is no OpenAPI document: it is no object.`);
  const paths = root.at("paths");
  if (!isObject(paths?.value)) {
    const version = root.at("openapi") ?? root.at("swagger");
    const why = version === undefined ? "it has neither openapi nor swagger" : "it has no paths";
    throw new DraftError(`${file} is no OpenAPI document that describes operations: ${why}.`);
  }
  return {
    file,
    root,
    title: root.at("info")?.text("title") ?? "",
    operations: paths.members().flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const place = item.at(method);
        if (!isObject(place?.value)) return [];
        return [new Operation(method.toUpperCase() as Method, path, place, item, root)];
      }),
    ),
    get notes() {
      return files.notes;
    },
  };
}
