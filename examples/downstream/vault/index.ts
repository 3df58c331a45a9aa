import * as pulumi from "@pulumi/pulumi";
import * as vault from "@pulumi/vault";
import { xentree } from "pulumi-apikeys";

const config = new pulumi.Config();

const key = new xentree.ApiKey("reports", {
  permissions: ["conversations:read"],
  expiresIn: "90d",
  // Longer than any reader keeps a value before it asks Vault again.
  rotation: { every: "30d", overlap: "7d" },
});

const secret = new vault.kv.SecretV2("reports", {
  mount: config.require("mount"),
  name: "reports/xentree",
  dataJson: pulumi.jsonStringify({ token: key.value }),
  // Whoever may read the metadata sees by it whether there is another value than the one that it has.
  customMetadata: { data: { fingerprint: key.fingerprint } },
});

export const path = secret.path;
export const fingerprint = key.fingerprint;
export const renewedBy = key.dueAt;
