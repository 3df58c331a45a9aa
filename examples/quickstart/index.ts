import * as pulumi from "@pulumi/pulumi";
import { applications, sendkit, xentree } from "pulumi-apikeys";

const config = new pulumi.Config();

// Any values. When one changes, the next `pulumi up` makes new keys and revokes the old ones:
//   pulumi config set rotate 2
const rotation = { triggers: { rotate: config.require("rotate") } };

const ci = new xentree.ApiKey("ci", {
  permissions: ["conversations:read", "knowledge:search"],
  rateLimitPerMinute: 120,
  // The first `pulumi up` after these 90 days makes a new key.
  expiresIn: "90d",
  rotation,
});

const billing = new applications.ApiKey("billing", {
  applicationId: config.require("applicationId"),
  permissions: ["invoices:read"],
  expiresIn: "30d",
  rotation,
});

// SendKit's keys have neither permissions nor an expiry, and a workspace has one key only.
const mailer = new sendkit.ApiKey("mailer", {
  workspaceId: config.require("workspaceId"),
  rotation,
});

// The vendor shows a value once. Here it is a secret: encrypted in the state, [secret] on the screen.
//   pulumi stack output ciKey --show-secrets
export const ciKey = ci.value;
export const ciPrefix = ci.prefix;
export const ciExpiresAt = ci.expiresAt;
// With this id you can revoke the key without Pulumi, as the sandbox's help shows.
export const ciKeyId = ci.keyId;

export const billingKey = billing.value;
export const billingPrefix = billing.prefix;
export const billingExpiresAt = billing.expiresAt;

export const mailerKey = mailer.value;
export const mailerPrefix = mailer.prefix;
