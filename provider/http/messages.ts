/** Who asked whom for what: the part of every message that says where to look. */
export interface RequestLabel {
  readonly connection: string;
  readonly service: string;
  readonly what: string;
}

/** What failed, where, why and what to do next. */
export function failed(call: RequestLabel, why: string, next: string): string {
  return `Could not ${call.what} at ${call.service} (connection "${call.connection}"): ${why}. ${next}`;
}

/** The same for a request that may have taken effect. */
export function unknown(call: RequestLabel, why: string): string {
  return (
    `It is unknown whether ${call.service} did ${call.what} (connection "${call.connection}"): ${why}. ` +
    "It was not repeated, because it might then have been done twice; look at what is there before trying again."
  );
}

/** A span of time for people. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
