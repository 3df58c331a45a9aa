import { type CreateRequest, CreateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { providerText } from "../../../base/providerText";
import { printableId } from "../../../redaction/printable";
import { providerKey } from "../../engineProperties";
import { create as createKey } from "../../resource";
import { structOf } from "../propertyStruct";
import type { KeyProperties, Session } from "../session";

/** Creates the key. A preview tells what is asked; all else is known once there is a key. */
export async function create(
  session: Session,
  request: CreateRequest,
  key: KeyProperties,
): Promise<CreateResponse> {
  const inputs = key.in(request.getProperties(), true);
  const response = new CreateResponse();
  if (request.getPreview()) {
    response.setProperties(structOf(key.out(inputs)));
    return response;
  }
  const act = () => createKey(session.operation, inputs);
  const { id, outputs, warnings } = await session.within(request.getTimeout(), act);
  // Not awaited, so that nothing delays the value on its way into the state.
  void session.show(warnings, request.getUrn());
  // Requests name the key by its `keyId`; this is for people.
  response.setId(printableId(id));
  response.setProperties(structOf({ ...key.out(outputs), [providerKey]: providerText }));
  return response;
}
