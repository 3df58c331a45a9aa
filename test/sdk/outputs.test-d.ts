// Compiled by `npm run typecheck`, never run.
import type { CustomResource, Output } from "@pulumi/pulumi";
import { type applications, type sendkit, xentree } from "pulumi-apikeys";
import type { Equal, Proven } from "../support/types";

type Key = xentree.ApiKey;
type AppKey = applications.ApiKey;
type MailKey = InstanceType<typeof sendkit.ApiKey>;
type Status = "active" | "revoked" | "expired" | "rotated";

export type Claims = Proven<
  [
    // The vendor's own fields: what a program may leave out may be absent.
    Equal<Key["permissions"], Output<string[] | undefined>>,
    Equal<Key["rateLimitPerMinute"], Output<number | undefined>>,
    Equal<Key["expiresAt"], Output<string | undefined>>,
    Equal<Key["allowedIps"], Output<string[] | undefined>>,
    Equal<Key["organizationId"], Output<string | undefined>>,
    Equal<Key["prefix"], Output<string>>,
    Equal<Key["tenantId"], Output<string>>,
    Equal<Key["userId"], Output<string>>,
    Equal<Key["createdAt"], Output<string>>,
    // A name is there whether it was given or not.
    Equal<Key["name"], Output<string>>,
    Equal<AppKey["name"], Output<string>>,
    Equal<MailKey["name"], Output<string>>,
    // PathParameters.
    Equal<AppKey["applicationId"], Output<string>>,
    Equal<MailKey["workspaceId"], Output<string>>,
    // What every key has.
    Equal<Key["id"], Output<string>>,
    Equal<Key["keyId"], Output<string>>,
    Equal<Key["value"], Output<string>>,
    Equal<Key["fingerprint"], Output<string>>,
    Equal<Key["status"], Output<Status>>,
    Equal<Key["origin"], Output<string>>,
    Equal<Key["dueAt"], Output<string | undefined>>,
    Equal<Key["rotatedAt"], Output<string>>,
    Equal<AppKey["value"], Output<string>>,
    Equal<MailKey["value"], Output<string>>,
    // What changes by itself, is written elsewhere or is not the vendor's has no place.
    Equal<
      Extract<keyof Key, "lastUsedAt" | "active" | "organizationName" | "workspaceId" | "applicationId">,
      never
    >,
    Equal<Extract<keyof AppKey, "rateLimitPerMinute" | "allowedIps">, never>,
    Equal<Extract<keyof MailKey, "permissions" | "expiresAt" | "expiresIn">, never>,
    // The classes are types, and one is not another.
    Equal<InstanceType<typeof xentree.ApiKey>, Key>,
    Equal<Key extends CustomResource ? true : false, true>,
    Equal<MailKey extends Key ? true : false, false>,
  ]
>;

/** A function over keys, as a program would write it. */
export function bearer(key: xentree.ApiKey | applications.ApiKey): Output<string> {
  return key.value.apply((value: string) => `Bearer ${value}`);
}

const key = new xentree.ApiKey("ci", { permissions: ["chat:read"] });
// @ts-expect-error SendKit's keys have a workspace, Xentree's have none
export const mail: sendkit.ApiKey = key;
// @ts-expect-error outputs are not to be written
key.value = key.prefix;
// @ts-expect-error volatile, so not in state
key.lastUsedAt;
// @ts-expect-error told by status
key.active;
