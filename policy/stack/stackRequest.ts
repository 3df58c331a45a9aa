import { createRequire } from "node:module";
import { RunError } from "@pulumi/pulumi";
import type { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";

type Services = { readonly AnalyzerService: typeof AnalyzerService };

/** A resource at the end of an operation, with its outputs as the engine sends them, marks of secrets included. */
export interface SentResource {
  readonly urn: string;
  readonly type: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

let last: AnalyzeStackRequest | undefined;

/**
 * Begins to listen to what the engine asks the policy pack of a whole stack. It tells which outputs are secrets, and
 * `@pulumi/policy` takes these marks away before any policy is run.
 *
 * @throws {RunError} `@pulumi/policy` is not installed
 */
export function listenToStackRequests(): void {
  const method = analyzerService().analyzeStack;
  const { requestDeserialize } = method;
  if (listening.has(requestDeserialize)) return;
  const listener: typeof requestDeserialize = (bytes) => {
    last = requestDeserialize(bytes);
    return last;
  };
  listening.add(listener);
  method.requestDeserialize = listener;
}

const listening = new WeakSet<object>();

/** The resources of the request that is being answered; undefined where none was heard. */
export function sentResources(): SentResource[] | undefined {
  return last?.getResourcesList().map((resource) => ({
    urn: resource.getUrn(),
    type: resource.getType(),
    outputs: resource.getProperties()?.toJavaScript() ?? {},
  }));
}

/** That of the SDK's copy which `@pulumi/policy` has: a project may hold several. */
function analyzerService(): Services["AnalyzerService"] {
  const services: Services = createRequire(policySdk())("@pulumi/pulumi/proto/analyzer_grpc_pb");
  return services.AnalyzerService;
}

/** That of the pack, in whose folder the engine starts it: this package may be linked from elsewhere, with a copy of its own. */
function policySdk(): string {
  try {
    return require.resolve("@pulumi/policy", { paths: [process.cwd(), __dirname] });
  } catch {
    throw new RunError(
      "pulumi-apikeys/policy needs @pulumi/policy. Run `npm install @pulumi/policy` in the policy pack.",
    );
  }
}
