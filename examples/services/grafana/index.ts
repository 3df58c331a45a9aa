import * as pulumi from "@pulumi/pulumi";
import { grafana } from "pulumi-apikeys/services";

const config = new pulumi.Config();

// A token for a dashboard importer, renewed two weeks before it ends.
const importer = new grafana.ApiKey("importer", {
  serviceAccountId: config.require("serviceAccountId"),
  expiresIn: "90d",
  rotation: { beforeExpiry: "14d" },
});

export const importerToken = importer.value;
export const importerExpiresAt = importer.expiresAt;
