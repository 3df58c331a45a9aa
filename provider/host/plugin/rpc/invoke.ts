import { CheckFailure, type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ApiKeysError } from "../../../base/errors";
import { redact } from "../../../redaction/redactor";
import { findKeys } from "../findKeys";
import { received, structOf } from "../propertyStruct";
import type { Session } from "../session";

/** Looks for keys at a vendor. What cannot be answered is a sentence beside the program, without a stack. */
export async function invoke(session: Session, request: InvokeRequest): Promise<InvokeResponse> {
  const response = new InvokeResponse();
  try {
    const { properties } = received(request.getArgs());
    response.setReturn(structOf(await findKeys(session, request.getTok(), properties)));
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    const failure = new CheckFailure();
    failure.setReason(redact(error.message));
    response.addFailures(failure);
  }
  return response;
}
