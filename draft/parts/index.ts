import type { ApiDocument } from "../document";
import type { Resource } from "../find/resource";
import { pathParameters } from "./addresses";
import { authPart } from "./authentication";
import { errorsPart } from "./errors";
import { expiryPart } from "./expiry";
import { identityParts } from "./identity";
import { inputParts } from "./inputs";
import { operationParts } from "./operations";
import { type Part, part } from "./part";
import { serviceParts } from "./service";
import { subjectOf } from "./subject";
import { toldParts } from "./told";
import { uniqueNamesPart } from "./uniqueNames";

/** What of the definition a document tells, part by part, in the order in which a definition is written. */
export function partsOf(
  document: ApiDocument,
  resource: Resource,
  name: string | undefined,
): readonly Part[] {
  const subject = subjectOf(document, resource);
  const operations = operationParts(subject);
  const isOperation = ({ path }: Part) => path[0] === "operations";
  const isPlace = ({ path }: Part) => path[0] === "path" || path[0] === "kind";
  const [id, value] = identityParts(subject);
  const parts = [
    ...serviceParts(subject, name),
    authPart(subject),
    ...operations.filter(isPlace),
    part(["pathParameters"], pathParameters(subject.addresses), subject.addresses.sources),
    ...operations.filter((each) => !isOperation(each) && !isPlace(each)),
    id,
    ...inputParts(subject),
    expiryPart(subject),
    value,
    ...toldParts(subject),
    ...operations.filter(isOperation),
    errorsPart(subject),
    uniqueNamesPart(subject),
  ];
  return parts.filter((each) => each !== undefined);
}
