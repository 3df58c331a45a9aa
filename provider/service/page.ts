/** One answer to list, and what has been read up to and including it. */
export interface Page {
  /** Where it came from. */
  readonly url: URL;
  readonly status: number;
  /** Its JSON, or undefined when it is none. */
  readonly body: unknown;
  /** Targets of the Link header's `next` links, as they are written. */
  readonly nextLinks: readonly string[];
  /** Keys on this page. */
  readonly items: number;
  readonly pagesSoFar: number;
  /** Keys on all pages so far, those that came twice counted twice. */
  readonly itemsSoFar: number;
  /** Different keys on all pages so far. */
  readonly keysSoFar: number;
}
