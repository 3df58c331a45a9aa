import { GetMappingResponse } from "@pulumi/pulumi/proto/provider_pb";

/** No Terraform provider has these resources, so there is nothing to convert from. */
export async function getMapping(): Promise<GetMappingResponse> {
  return new GetMappingResponse();
}
