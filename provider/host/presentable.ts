import { ApiKeysError } from "../base/errors";
import { redact } from "../redaction/redactor";
import { redactedError } from "../redaction/sinks";

/**
 * The error as the SDK shall have it, which prints text and stack, one behind the other. Expected failures reach the
 * user as sentences; of our own mistakes we want to be told the stack.
 */
export function presentable(error: unknown): Error {
  if (error instanceof ApiKeysError) {
    const message = redact(error.message);
    return Object.assign(new Error(message), { toString: () => "pulumi-apikeys", stack: message });
  }
  return redactedError(error);
}
