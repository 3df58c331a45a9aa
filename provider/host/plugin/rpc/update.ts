import { type UpdateRequest, UpdateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { providerText } from "../../../base/providerText";
import { providerKey } from "../../engineProperties";
import { update as updateKey } from "../../resource";
import { preview } from "../keys";
import { structOf } from "../propertyStruct";
import type { KeyProperties, Session } from "../session";

/** Takes the steps that are owed. A preview tells what will not change, so that dependents are planned as they will be. */
export async function update(
  session: Session,
  request: UpdateRequest,
  key: KeyProperties,
): Promise<UpdateResponse> {
  const outputs = key.in(request.getOlds(), true);
  const inputs = key.in(request.getNews());
  const response = new UpdateResponse();
  if (request.getPreview()) {
    const planned = preview(session.operation, outputs, inputs);
    response.setProperties(structOf({ ...key.out(planned), [providerKey]: providerText }));
    return response;
  }
  const act = () => updateKey(session.operation, request.getId(), outputs, inputs);
  const done = await session.within(request.getTimeout(), act);
  void session.show(done.warnings, request.getUrn());
  response.setProperties(structOf({ ...key.out(done.outputs), [providerKey]: providerText }));
  return response;
}
