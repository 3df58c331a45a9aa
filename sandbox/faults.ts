import type { Reply } from "./http";
import { matches, type RequestFilter, type RequestLine } from "./requestFilter";

/**
 * What happens in place of the vendor's response. "After commit" means that the vendor handled the request and only the
 * response is lost: a client that repeats POST then leaves a second live key.
 *
 * A response with a status of 400 or more and without `body` has the vendor's own error shape; a string body is text/html
 * unless the headers say otherwise (a proxy's error page, a login page); an object is JSON. A redirect is
 * `respond` with a `location` header.
 */
export type FaultAction =
  | ({ readonly kind: "respond" | "respondAfterCommit" } & Reply)
  | { readonly kind: "reset" }
  | { readonly kind: "resetAfterCommit" }
  /** Sends headers with the full content-length and half of the body, then closes the connection. */
  | { readonly kind: "truncateAfterCommit" }
  | { readonly kind: "hang" }
  | { readonly kind: "hangAfterCommit" }
  /** Handled normally, `ms` milliseconds late. */
  | { readonly kind: "delay"; readonly ms: number };

export interface Fault extends RequestFilter {
  /** Number of requests that it affects; Infinity is allowed. @default 1 */
  readonly times?: number;
  /** Number of matching requests that pass first. @default 0 */
  readonly skip?: number;
  readonly action: FaultAction;
}

interface Armed {
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** Faults in the order of injection. The first that is due takes the request, and later ones do not count it. */
export class FaultQueue {
  #armed: Armed[] = [];

  inject(fault: Fault): void {
    this.#armed.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  take(request: RequestLine): FaultAction | undefined {
    for (const armed of this.#armed.filter(({ fault }) => matches(request, fault))) {
      if (armed.skip > 0) {
        armed.skip -= 1;
      } else if (armed.times > 0) {
        armed.times -= 1;
        return armed.fault.action;
      }
    }
    return undefined;
  }
}
