import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** After this many milliseconds an operation no longer waits for its warning to be shown. */
const deliveryTimeoutMs = 2_000;

let client: EngineClient | undefined;

/**
 * Shows a warning in the engine's own output. The engine passes its address as the provider's first argument;
 * a dynamic provider is not told the URN it works for, so the warning stands beside the stack.
 *
 * Never rejects: a warning that is not delivered must not fail the operation that it is about.
 *
 * @returns resolves once the engine has it; the last operation's would else be lost with the process
 */
export function warn(message: string): Promise<void> {
  const address = process.argv[2];
  if (address === undefined || !/:\d+$/.test(address)) {
    console.warn(message);
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    try {
      // The engine is on this machine, where a proxy of the user's has no business.
      client ??= new EngineClient(address, grpc.credentials.createInsecure(), {
        "grpc.enable_http_proxy": 0,
      });
      const request = new LogRequest();
      request.setSeverity(LogSeverity.WARNING);
      request.setMessage(message);
      const deadline = Date.now() + deliveryTimeoutMs;
      client.log(request, new grpc.Metadata(), { deadline }, () => resolve());
    } catch {
      console.warn(message);
      resolve();
    }
  });
}
