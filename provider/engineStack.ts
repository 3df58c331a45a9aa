import * as grpc from "@grpc/grpc-js";
import { GetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb";
import { engineClient } from "./engine";

/** After this many milliseconds a create no longer waits to hear which stack it is for. */
const answerTimeoutMs = 2_000;

/** URN of the stack's root resource, or undefined where no engine tells. A dynamic provider is not told otherwise. */
export function stackUrn(): Promise<string | undefined> {
  const client = engineClient();
  if (client === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const deadline = Date.now() + answerTimeoutMs;
    client.getRootResource(new GetRootResourceRequest(), new grpc.Metadata(), { deadline }, (error, answer) =>
      resolve(error ? undefined : answer?.getUrn() || undefined),
    );
  });
}
