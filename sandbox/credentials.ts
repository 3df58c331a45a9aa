import { signToken } from "./tokens";
import type { SandboxCredentials, VendorName } from "./types";

export interface XentreeUser {
  readonly id: string;
  readonly email: string;
  readonly tenant_id: string;
  readonly role: "admin" | "member";
}

const TENANT = "34f5c98e-f430-457b-a812-92637d0c6fd0";

export const XENTREE_ADMIN: XentreeUser = {
  id: "a169451c-8525-4352-b8ca-070dd449a1a5",
  email: "admin@acme.example",
  tenant_id: TENANT,
  role: "admin",
};

const XENTREE_MEMBER: XentreeUser = {
  id: "5c1a0d5e-0f0b-4c0e-9a55-0e3b8f1f6d21",
  email: "member@acme.example",
  tenant_id: TENANT,
  role: "member",
};

const OTHER_TENANT_ADMIN: XentreeUser = {
  id: "d2a7c4f0-6b1e-4f39-8c7d-2f9e5b0a1c34",
  email: "admin@globex.example",
  tenant_id: "e6f0b1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b",
  role: "admin",
};

export const XENTREE_USERS: readonly XentreeUser[] = [XENTREE_ADMIN, XENTREE_MEMBER, OTHER_TENANT_ADMIN];

export const APPLICATIONS_ADMIN = "7b0e8a52-94a3-4d0c-b5a7-6e1d9c3f2b10";
const APPLICATIONS_VIEWER = "c94d1f63-2e7b-4a8e-9f05-8d3b6a1e7c42";

/** How many times each vendor's credentials have been changed. */
export type Generations = Readonly<Record<VendorName, number>>;

export function credentialsOf(generations: Generations): SandboxCredentials {
  const xentreeToken = ({ id }: XentreeUser) =>
    signToken({ iss: "xentree", sub: id, use: "access", ...claimed(generations.xentree) });
  const applicationsToken = (sub: string) =>
    signToken({ iss: "applications", sub, use: "access", ...claimed(generations.applications) });
  const sendkitKey = (text: string) => (generations.sendkit === 0 ? text : `${text}_${generations.sendkit}`);
  return {
    xentree: {
      token: xentreeToken(XENTREE_ADMIN),
      username: XENTREE_ADMIN.email,
      password: `sandbox-password${generations.xentree === 0 ? "" : `-${generations.xentree}`}`,
      memberToken: xentreeToken(XENTREE_MEMBER),
      otherTenantToken: xentreeToken(OTHER_TENANT_ADMIN),
      organizationId: "7c60d51f-b44e-4682-87d6-449835ea4de6",
    },
    applications: {
      token: applicationsToken(APPLICATIONS_ADMIN),
      viewerToken: applicationsToken(APPLICATIONS_VIEWER),
      applicationId: "123e4567-e89b-12d3-a456-426614174000",
      otherApplicationId: "123e4567-e89b-12d3-a456-426614174001",
    },
    sendkit: {
      apiKey: sendkitKey("sk_user_sandbox_owner"),
      memberApiKey: sendkitKey("sk_user_sandbox_member"),
      workspaceApiKey: sendkitKey("sk_ws_sandbox_elsewhere"),
      workspaceId: "ws_production",
      otherWorkspaceId: "ws_staging",
    },
  };
}

/** The claim is left out of the first generation's tokens, which are in users' environments. */
function claimed(generation: number): { generation?: number } {
  return generation === 0 ? {} : { generation };
}

/** The same for every sandbox at first, so that an environment set up once survives a restart on the same port. */
export const CREDENTIALS = credentialsOf({ xentree: 0, applications: 0, sendkit: 0 });
