/** How the vendor's process is set up: its arguments, as JSON. */
export interface VendorSettings {
  /** Milliseconds that each request waits before it is handled. */
  readonly latencyMs: number;
  /** Requests a second beyond which 429 is answered; `null` for no limit. */
  readonly limitPerSecond: number | null;
}

/** What the vendor's process sends once it listens. */
export interface VendorAddress {
  readonly url: string;
  readonly token: string;
  readonly organizationId: string;
}

/** What the process can be asked for. */
export type VendorRequest =
  /** The traffic since the last time. It starts anew then. */
  | { readonly kind: "take" }
  /** A new latency from now on. */
  | { readonly kind: "latency"; readonly latencyMs: number };

/** The traffic of one operation. */
export interface Traffic {
  /** Requests by method, refused ones included. */
  readonly requests: Readonly<Record<string, number>>;
  /** Bytes of all response bodies. */
  readonly bytes: number;
  /** Requests answered 429. */
  readonly refused: number;
  /** Requests that came after the first 429 could be read, and how many of them were refused. */
  readonly afterFirstRefusal: { readonly requests: number; readonly refused: number };
  /** Milliseconds from the first request's arrival to the last one's. */
  readonly spanMs: number;
}
