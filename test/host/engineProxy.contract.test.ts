import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { warn } from "../../provider/host/engine";
import { closeAll, onClose } from "../support/http/loopback";
import { serveProxy } from "../support/http/proxy";

afterEach(closeAll);

it("the engine on this machine is told of a warning past the user's proxy", async () => {
  const told: string[] = [];
  const server = new grpc.Server();
  const log: grpc.handleUnaryCall<{ getMessage(): string }, never> = ({ request }, answer) => {
    told.push(request.getMessage());
    // What the engine answers does not matter, and an error needs no message type.
    answer({ code: grpc.status.UNIMPLEMENTED });
  };
  server.addService(EngineService, { log });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const proxy = await serveProxy({});
  const { env, argv } = process;
  process.env = { ...env, grpc_proxy: proxy.url, http_proxy: proxy.url, https_proxy: proxy.url };
  process.argv = [...argv.slice(0, 2), `127.0.0.1:${port}`];
  onClose(async () => {
    Object.assign(process, { env, argv });
    server.forceShutdown();
  });

  await warn("It expires soon.");
  expect(told).toEqual(["It expires soon."]);
  expect(proxy.sockets).toEqual([]);
});
