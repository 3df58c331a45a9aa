import { redact } from "./redactor";

/** Our own mistake as it may be told, with its stack and no secret. */
export function redactedError(error: unknown): Error {
  // Never the error itself: what else hangs on it nobody has looked through.
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return Object.assign(new Error(redact(message)), { name, stack: redact(stack ?? message) });
}

/**
 * Lets no secret out of this process by way of its standard output and standard error, whoever prints: `console`, the
 * SDK's reports of what nobody caught, gRPC's traces.
 */
export function redactOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (chunk: unknown, ...rest: unknown[]) =>
      write(typeof chunk === "string" ? redact(chunk) : chunk, ...rest);
  }
}
