import type { Metadata, StatusObject } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { providerText } from "../../base/providerText";
import { printableId } from "../../redaction/printable";
import { type Bag, providerKey } from "../engineProperties";
import { grpc } from "../grpc";
import { presentable } from "../presentable";
import { PartialSuccess } from "../resource";
import { structOf } from "./propertyStruct";

/** Code of gRPC for a failure that has no code of its own. */
const unknownCode = 2;

/** An error as gRPC sends it. What it is an answer to stays in this process. */
export interface Failure extends Partial<StatusObject> {
  readonly name: string;
  readonly message: string;
  readonly cause: unknown;
}

/**
 * An error as the engine takes it: the sentence, and what was done before it failed, for the state to keep.
 *
 * @param out makes a program's properties of the lifecycle's
 */
export function failure(error: unknown, out: (properties: Bag) => Bag): Failure {
  const shown = presentable(error);
  const message = shown.stack === shown.message ? shown.message : (shown.stack ?? shown.message);
  const sent = { name: "Error", code: unknownCode, details: message, message, cause: error };
  if (!(error instanceof PartialSuccess)) return sent;
  const detail = new ErrorResourceInitFailed();
  detail.setId(printableId(error.id));
  detail.setProperties(structOf({ ...out(error.outputs), [providerKey]: providerText }));
  detail.setReasonsList([message]);
  return { ...sent, metadata: metadataOf(detail, message) };
}

/** How gRPC carries details beside a status. */
function metadataOf(detail: ErrorResourceInitFailed, message: string): Metadata {
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(unknownCode);
  status.setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata() as Metadata;
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
