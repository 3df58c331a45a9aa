import { type ReadRequest, ReadResponse } from "@pulumi/pulumi/proto/provider_pb";
import { providerText } from "../../../base/providerText";
import { providerKey } from "../../engineProperties";
import { read as readKey } from "../../resource";
import { withoutProgram } from "../../withoutProgram";
import { importKey } from "../keys";
import { structOf } from "../propertyStruct";
import type { KeyProperties, Session } from "../session";

/** Looks at the key; where there is no state of it yet, at the one that is to be imported. */
export async function read(
  session: Session,
  request: ReadRequest,
  key: KeyProperties,
): Promise<ReadResponse> {
  const outputs = key.in(request.getProperties(), true);
  const response = new ReadResponse();
  if (outputs.keyId === undefined) {
    const named = { ...key.in(request.getInputs(), true), ...outputs };
    const found = await importKey(session.operation, named, request.getId());
    if (!found) return response;
    session.imported.add(request.getUrn());
    response.setId(request.getId());
    response.setProperties(structOf({ ...key.out(found.outputs), [providerKey]: providerText }));
    response.setInputs(structOf(key.out(found.inputs)));
    return response;
  }
  const reading = await withoutProgram(
    outputs,
    () => readKey(session.operation, request.getId(), outputs),
    session.storedSettings,
  );
  if (!reading) return response;
  await session.show(reading.warnings, request.getUrn());
  response.setId(request.getId());
  response.setProperties(structOf({ ...key.out(reading.outputs), [providerKey]: providerText }));
  response.setInputs(reading.inputs ? structOf(key.out(reading.inputs)) : request.getInputs());
  return response;
}
