import type { ApiDocument } from "../document";
import type { Resource } from "../find/resource";
import type { Addresses } from "./addresses";
import type { Answers } from "./answers";
import type { Requests } from "./requests";

/** What the parts of a draft are made from. */
export interface Subject {
  readonly document: ApiDocument;
  readonly resource: Resource;
  readonly addresses: Addresses;
  readonly requests: Requests;
  readonly answers: Answers;
}
