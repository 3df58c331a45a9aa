import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";

type Client = InstanceType<typeof ResourceProviderClient>;
type Answer<Response> = (error: Error | null, response: Response) => void;

/** The resource plugin, started as the engine starts it, by an engine that answers nothing. */
export class PluginProcess {
  private constructor(
    readonly child: ChildProcess,
    private readonly client: Client,
    private readonly engine: grpc.Server,
  ) {}

  /** @param flags that the engine passes on before its address */
  static async start(
    file: string,
    env: NodeJS.ProcessEnv,
    flags: readonly string[] = [],
  ): Promise<PluginProcess> {
    const engine = new grpc.Server();
    const listen = promisify(engine.bindAsync.bind(engine));
    const address = `127.0.0.1:${await listen("127.0.0.1:0", grpc.ServerCredentials.createInsecure())}`;
    const child = spawn(file, [...flags, address], { env, stdio: ["ignore", "pipe", "inherit"] });
    const port = await firstLine(child);
    // The declarations of Pulumi's SDK know another copy of gRPC.
    const insecure = grpc.credentials.createInsecure() as never;
    return new PluginProcess(child, new ResourceProviderClient(`127.0.0.1:${port}`, insecure), engine);
  }

  /** Makes one call. */
  ask<Response>(call: (client: Client, answer: Answer<Response>) => unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      call(this.client, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  /** Lets the engine vanish, and waits until the plugin has ended too. */
  async stop(): Promise<void> {
    this.client.close();
    const closed = once(this.child, "close");
    this.engine.forceShutdown();
    await closed;
  }
}

/** The port, which the engine reads there too. */
async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error("The plugin has no output.");
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error("The plugin ended before it served.");
}
