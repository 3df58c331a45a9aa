import * as grpc from "@grpc/grpc-js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { engineClient } from "./engine";
import { redact } from "./redactor";

/** After this many milliseconds an operation no longer waits for its warning to be shown. */
const deliveryTimeoutMs = 2_000;

/**
 * Shows a warning in the engine's own output. A dynamic provider is not told the URN it works for, so the warning
 * stands beside the stack.
 *
 * Never rejects: a warning that is not delivered must not fail the operation that it is about.
 *
 * @returns resolves once the engine has it; the last operation's would else be lost with the process
 */
export function warn(message: string): Promise<void> {
  const client = engineClient();
  const text = redact(message);
  if (client === undefined) {
    console.warn(text);
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    try {
      const request = new LogRequest();
      request.setSeverity(LogSeverity.WARNING);
      request.setMessage(text);
      const deadline = Date.now() + deliveryTimeoutMs;
      client.log(request, new grpc.Metadata(), { deadline }, () => resolve());
    } catch {
      console.warn(text);
      resolve();
    }
  });
}
