import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";

let client: EngineClient | undefined;

/**
 * The way back to the engine that started this process, which passes its address as the first argument.
 * Undefined in any other process.
 */
export function engineClient(): EngineClient | undefined {
  const address = process.argv[2];
  if (address === undefined || !/:\d+$/.test(address)) return undefined;
  // The engine is on this machine, where a proxy of the user's has no business.
  client ??= new EngineClient(address, grpc.credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
  return client;
}
