/** The process that Pulumi's engine starts as `pulumi-resource-apikeys`, with its own address behind any flags. */
import "./requireNode";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { redactOutput } from "../../redaction/sinks";
import { attach, engineClient, whenEngineIsGone } from "../engine";
import { grpc } from "../grpc";
import { implementation } from "./server";
import { Session } from "./session";

const engineAddress = process.argv.slice(2).findLast((argument) => /^[^-].*:\d+$/.test(argument));
if (engineAddress !== undefined) attach(engineAddress);

/** As much as the engine itself takes and sends in one message, in bytes. */
const maxMessageBytes = 400 * 1024 * 1024;
const server = new grpc.Server({
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
});
server.addService(ResourceProviderService, implementation(new Session(process.env)));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // The engine reads the port from the first line.
  process.stdout.write(`${port}\n`);
  redactOutput();
  const engine = engineClient();
  if (engine) whenEngineIsGone(engine, () => process.exit(1));
});
