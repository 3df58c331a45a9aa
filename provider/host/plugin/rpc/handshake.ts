import { type ProviderHandshakeRequest, ProviderHandshakeResponse } from "@pulumi/pulumi/proto/provider_pb";

/** What the engine may send, and what it gets: secrets are marked on both ways. */
export async function handshake(_request: ProviderHandshakeRequest): Promise<ProviderHandshakeResponse> {
  const response = new ProviderHandshakeResponse();
  response.setAcceptSecrets(true);
  response.setSupportsAutonamingConfiguration(true);
  return response;
}
