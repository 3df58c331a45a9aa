/** What a user should know of an operation that did not fail. */
export interface Notice {
  /** `warning` asks for attention; `info` tells what was done in the user's place. */
  readonly severity: "info" | "warning";
  readonly message: string;
}

/** Sentences that tell what is done in the user's place. */
export function notes(messages: readonly string[]): Notice[] {
  return messages.map((message) => ({ severity: "info", message }));
}

/** Sentences that ask for attention. */
export function warnings(messages: readonly string[]): Notice[] {
  return messages.map((message) => ({ severity: "warning", message }));
}
