import type { Reply } from "./http";
import { matches, type RequestFilter, type RequestLine } from "./requestFilter";

/**
 * What happens instead of the vendor's answer. "After commit" means that the vendor did what was asked,
 * and only the answer is lost: the case in which a client that repeats POST leaves a second live key.
 *
 * An answer of 400 or more without `body` has the vendor's own error shape; a string body is text/html
 * unless the headers say otherwise (a proxy's error page, a login page); an object is JSON. A redirect is
 * `respond` with a `location` header.
 */
export type FaultAction =
  | ({ readonly kind: "respond" | "respondAfterCommit" } & Reply)
  | { readonly kind: "reset" }
  | { readonly kind: "resetAfterCommit" }
  /** Headers with the full content-length, half of the body, then the connection closes. */
  | { readonly kind: "truncateAfterCommit" }
  | { readonly kind: "hang" }
  | { readonly kind: "hangAfterCommit" }
  /** Handled normally, `ms` milliseconds late. */
  | { readonly kind: "delay"; readonly ms: number };

export interface Fault extends RequestFilter {
  /** How many requests it strikes; Infinity is allowed. @default 1 */
  readonly times?: number;
  /** How many matching requests pass unharmed first. @default 0 */
  readonly skip?: number;
  readonly action: FaultAction;
}

interface Armed {
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** Faults in the order of injection; the first that is due takes the request, and later ones don't see it. */
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
