import { redact } from "./redactor";

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
