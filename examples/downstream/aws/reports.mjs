import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

// Once for each environment, and not for each call.
const { SecretString: key } = await new SecretsManagerClient().send(
  new GetSecretValueCommand({ SecretId: process.env.XENTREE_SECRET }),
);

export async function handler() {
  const response = await fetch("https://api.xentree.example/v1/conversations", {
    headers: { authorization: `Bearer ${key}` },
  });
  return { status: response.status };
}
