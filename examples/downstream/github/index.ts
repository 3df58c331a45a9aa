import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { xentree } from "pulumi-apikeys";

const repository = new pulumi.Config().require("repository");

const key = new xentree.ApiKey("ci", {
  permissions: ["conversations:read"],
  expiresIn: "90d",
  // Nothing rolls out a workflow: a job keeps the value with which it started. So this is longer than the longest job.
  rotation: { every: "30d", overlap: "1d" },
});

const secret = new github.ActionsSecret("ci", {
  repository,
  secretName: "XENTREE_API_KEY",
  value: key.value,
});

// GitHub shows no secret. A workflow tells by this variable which key it has, and can make it part of a cache's name.
new github.ActionsVariable(
  "ci",
  { repository, variableName: "XENTREE_API_KEY_FINGERPRINT", value: key.fingerprint },
  // Never ahead of the secret.
  { dependsOn: secret },
);

export const writtenAt = secret.updatedAt;
export const fingerprint = key.fingerprint;
export const renewedBy = key.dueAt;
