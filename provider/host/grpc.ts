import { createRequire } from "node:module";
import type { Server, ServerCredentials } from "@grpc/grpc-js";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";

/** The parts of gRPC that are used here, as the declarations of Pulumi's SDK have them. */
interface Grpc {
  readonly credentials: { createInsecure(): ConstructorParameters<typeof EngineClient>[1] };
  readonly Metadata: new () => Parameters<EngineClient["log"]>[1];
  readonly connectivityState: Readonly<Record<"CONNECTING" | "READY" | "TRANSIENT_FAILURE", number>>;
  readonly Server: new (options: Readonly<Record<string, number>>) => Server;
  readonly ServerCredentials: { createInsecure(): ServerCredentials };
}

/**
 * The copy of gRPC that Pulumi's SDK has. A project may hold several, by what it pins, by its lock or by how it was
 * installed, and a client of one refuses the credentials of another.
 */
export const grpc: Grpc = createRequire(require.resolve("@pulumi/pulumi/proto/engine_grpc_pb"))(
  "@grpc/grpc-js",
);
