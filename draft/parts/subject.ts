import type { ApiDocument } from "../document";
import type { Resource } from "../find/resource";
import { type Addresses, addressesOf } from "./addresses";
import { type Answers, answersOf } from "./answers";
import { type Requests, requestsOf } from "./requests";

/** What the parts of a draft are made from. */
export interface Subject {
  readonly document: ApiDocument;
  readonly resource: Resource;
  readonly addresses: Addresses;
  readonly requests: Requests;
  readonly answers: Answers;
}

/** A resource with all that its parts are told by. */
export function subjectOf(document: ApiDocument, resource: Resource): Subject {
  const addresses = addressesOf(resource);
  return {
    document,
    resource,
    addresses,
    requests: requestsOf(resource, addresses),
    answers: answersOf(resource),
  };
}
