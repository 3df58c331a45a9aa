import { redact } from "./redactor";

/** Our own mistake as it may be told, with its stack and no secret. */
export function redactedError(error: unknown): Error {
  // Never the error itself: what else hangs on it nobody has looked through.
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return Object.assign(new Error(redact(message)), { name, stack: redact(stack ?? message) });
}
