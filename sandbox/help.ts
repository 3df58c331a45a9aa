import type { Sandbox } from "./types";

/** How to use the sandbox from a program, and how to revoke a key there as a colleague might. */
export function formatSandboxHelp({ url, credentials }: Sandbox): string {
  const { xentree, applications, sendkit } = credentials;
  return `The sandbox listens on ${url} as Xentree, Applications and SendKit.
Its keys open nothing, and are gone when it stops.

Paste into the shell that runs pulumi:

export APIKEYS_XENTREE_BASE_URL=${url}
export APIKEYS_XENTREE_TOKEN=${xentree.token}
export APIKEYS_APPLICATIONS_BASE_URL=${url}
export APIKEYS_APPLICATIONS_TOKEN=${applications.token}
export APIKEYS_SENDKIT_BASE_URL=${url}
export APIKEYS_SENDKIT_API_KEY=${sendkit.apiKey}

Applications that exist:  ${applications.applicationId}
                          ${applications.otherApplicationId}
Workspaces that exist:    ${sendkit.workspaceId}
                          ${sendkit.otherWorkspaceId}

Revoke a key behind Pulumi's back (KEY_ID is the resource's keyId output):

curl -X DELETE -H "Authorization: Bearer $APIKEYS_XENTREE_TOKEN" ${url}/api/admin/api-keys/KEY_ID
`;
}
