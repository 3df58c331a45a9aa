import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { xentree } from "pulumi-apikeys";

const config = new pulumi.Config();

const key = new xentree.ApiKey("reports", {
  permissions: ["conversations:read"],
  expiresIn: "90d",
  // Pods of both generations run side by side while the Deployment is rolled out, and may have to be rolled back.
  rotation: { every: "30d", overlap: "7d" },
});

// Without this setting a Secret of a fixed name is deleted and made again at each rotation. The cluster is kubectl's.
const cluster = new k8s.Provider("cluster", { enableSecretMutable: true });

const secret = new k8s.core.v1.Secret(
  "reports",
  { metadata: { name: "reports-xentree" }, stringData: { token: key.value } },
  { provider: cluster },
);

const app = { app: "reports" };
new k8s.apps.v1.Deployment(
  "reports",
  {
    metadata: { name: "reports" },
    spec: {
      replicas: config.requireNumber("replicas"),
      selector: { matchLabels: app },
      template: {
        // Pods keep the environment that they started with. Another fingerprint makes other pods.
        metadata: { labels: app, annotations: { "pulumi-apikeys/fingerprint": key.fingerprint } },
        spec: {
          containers: [
            {
              name: "reports",
              image: config.require("image"),
              env: [
                {
                  name: "XENTREE_API_KEY",
                  // The Secret's output, not its name as text: so the pods are not made before the Secret has the value.
                  valueFrom: { secretKeyRef: { name: secret.metadata.name, key: "token" } },
                },
              ],
            },
          ],
        },
      },
    },
  },
  { provider: cluster },
);

export const secretName = secret.metadata.name;
export const fingerprint = key.fingerprint;
export const renewedBy = key.dueAt;
