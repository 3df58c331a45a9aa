import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

let client: EngineClient | undefined;

/**
 * Shows a warning in the engine's own output. The engine passes its address as the provider's first argument;
 * a dynamic provider is not told the URN it works for, so the warning stands beside the stack.
 */
export function warn(message: string): void {
  const address = process.argv[2];
  if (address === undefined || !/:\d+$/.test(address)) {
    console.warn(message);
    return;
  }
  try {
    client ??= new EngineClient(address, grpc.credentials.createInsecure());
    const request = new LogRequest();
    request.setSeverity(LogSeverity.WARNING);
    request.setMessage(message);
    client.log(request, () => {});
  } catch {
    // It may come between a vendor's answer and our own, where nothing may fail.
    console.warn(message);
  }
}
