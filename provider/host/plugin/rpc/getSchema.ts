import { type GetSchemaRequest, GetSchemaResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ApiKeysError } from "../../../base/errors";
import { packageSchema } from "../schema/packageSchema";
import type { Session } from "../session";

/** The schema of the package, or of one that a definition makes. */
export async function getSchema(session: Session, request: GetSchemaRequest): Promise<GetSchemaResponse> {
  const name = request.getSubpackageName();
  const own = name === "" ? undefined : session.packages.get(name);
  if (name !== "" && own === undefined) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      `There is no package ${name}: add it with \`pulumi package add apikeys <definition>\`.`,
    );
  }
  const response = new GetSchemaResponse();
  response.setSchema(JSON.stringify(packageSchema(own)));
  return response;
}
