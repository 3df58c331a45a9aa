import type { ApiDocument } from "../document";
import type { Resource } from "../find/resource";
import { addressesOf, pathParameters } from "./addresses";
import { answersOf } from "./answers";
import { authPart } from "./authentication";
import { errorsPart } from "./errors";
import { expiryPart } from "./expiry";
import { identityParts } from "./identity";
import { inputParts } from "./inputs";
import { operationParts } from "./operations";
import { type Part, part } from "./part";
import { requestsOf } from "./requests";
import { serviceParts } from "./service";
import type { Subject } from "./subject";
import { toldParts } from "./told";
import { uniqueNamesPart } from "./uniqueNames";

/** What of the definition a document tells, part by part, in the order in which a definition is written. */
export function partsOf(
  document: ApiDocument,
  resource: Resource,
  name: string | undefined,
): readonly Part[] {
  const addresses = addressesOf(resource);
  const subject: Subject = {
    document,
    resource,
    addresses,
    requests: requestsOf(resource, addresses),
    answers: answersOf(resource),
  };
  const operations = operationParts(subject);
  const isOperation = ({ path }: Part) => path[0] === "operations";
  const isPlace = ({ path }: Part) => path[0] === "path" || path[0] === "kind";
  const [id, value] = identityParts(subject);
  const parts = [
    ...serviceParts(subject, name),
    authPart(subject),
    ...operations.filter(isPlace),
    part(["pathParameters"], pathParameters(addresses), addresses.sources),
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
