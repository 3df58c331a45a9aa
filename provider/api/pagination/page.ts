/** One response to list, and what has been read up to and including it. */
export interface Page {
  /** Where it came from. */
  readonly url: URL;
  readonly status: number;
  /** Lower-case names, the page signs among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its JSON, or undefined when it is none. */
  readonly body: unknown;
  /** Targets of the Link header's `next` links, as they are written. */
  readonly nextLinks: readonly string[];
  /** The same of links of a relation of the vendor's own that ends in `next`, such as `https://acme.example/rel/next`. */
  readonly ownNextLinks: readonly string[];
  /** The same of its `last` links. */
  readonly lastLinks: readonly string[];
  /** Keys on this page, and what the list holds beside them. */
  readonly items: number;
  readonly pagesSoFar: number;
  /** The same on all pages so far, what came twice counted twice. */
  readonly itemsSoFar: number;
  /** Different keys on all pages so far, and what the list holds beside them. */
  readonly keysSoFar: number;
}
