import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceRequest, LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { redact } from "../redaction/redactor";
import { grpc } from "./grpc";

let client: EngineClient | undefined;

let attachedTo: string | undefined;

/** Names the engine where the first argument does not. */
export function attach(address: string): void {
  attachedTo = address;
  client = undefined;
}

/**
 * The way back to the engine that started this process, which passes its address as the first argument.
 * Undefined in any other process.
 */
export function engineClient(): EngineClient | undefined {
  const address = attachedTo ?? process.argv[2];
  if (address === undefined || !/:\d+$/.test(address)) return undefined;
  // The engine is on this machine, so a proxy that the user has set must not be used.
  client ??= new EngineClient(address, grpc.credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
  return client;
}

/** After this many milliseconds an operation no longer waits for its warning to be shown. */
const deliveryTimeoutMs = 2_000;

/** How the engine shows a message. */
type Severity = "info" | "warning";

/** Shows a warning in the engine's own output. */
export function warn(message: string): Promise<void> {
  return tell("warning", message);
}

/**
 * Shows a message in the engine's own output.
 *
 * Never rejects: a message that is not delivered must not fail the operation that it is about.
 *
 * @param urn of the resource that it is about. Default: it stands beside the stack, for a dynamic provider is not told the URN
 * @returns resolves once the engine has it. Otherwise the last message would be lost when the process ends
 */
export function tell(severity: Severity, message: string, urn?: string): Promise<void> {
  const client = engineClient();
  const text = redact(message);
  const print = severity === "info" ? console.info : console.warn;
  if (client === undefined) {
    print(text);
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    try {
      const request = new LogRequest();
      request.setSeverity(severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING);
      request.setMessage(text);
      if (urn !== undefined) request.setUrn(urn);
      const deadline = Date.now() + deliveryTimeoutMs;
      client.log(request, new grpc.Metadata(), { deadline }, () => resolve());
    } catch {
      print(text);
      resolve();
    }
  });
}

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

const { CONNECTING, READY, TRANSIENT_FAILURE } = grpc.connectivityState;

/**
 * Calls back once the engine is gone. A CLI that was killed leaves its provider running behind a shell, free to
 * go on creating keys that no state will ever hold.
 *
 * An idle connection may be closed for good reasons, so what counts is that it cannot be opened any more.
 */
export function whenEngineIsGone(client: EngineClient, callback: () => void): void {
  const channel = client.getChannel();
  let seen = false;
  const look = (): void => {
    const state = channel.getConnectivityState(true);
    seen ||= state === READY || state === CONNECTING;
    if (seen && state === TRANSIENT_FAILURE) {
      callback();
      return;
    }
    channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, look);
  };
  look();
}
