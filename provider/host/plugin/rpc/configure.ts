import { type ConfigureRequest, ConfigureResponse } from "@pulumi/pulumi/proto/provider_pb";
import { received } from "../propertyStruct";
import type { Session } from "../session";

/** Takes the settings of this operation. They are read where a key needs them: those of other keys may be wrong. */
export async function configure(session: Session, request: ConfigureRequest): Promise<ConfigureResponse> {
  session.configure(received(request.getArgs()).properties);
  const response = new ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setSupportspreview(true);
  response.setSupportsAutonamingConfiguration(true);
  return response;
}
