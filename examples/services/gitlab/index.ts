import * as pulumi from "@pulumi/pulumi";
import { gitlab } from "pulumi-apikeys/services";

const config = new pulumi.Config();

// A token by which a mirror pulls, renewed each month; for a week the mirror may go on with the one before.
const mirror = new gitlab.ApiKey("mirror", {
  projectId: config.require("projectId"),
  scopes: ["read_repository"],
  accessLevel: "reporter",
  expiresIn: "60d",
  rotation: { every: "30d", overlap: "7d" },
});

export const mirrorToken = mirror.value;
export const mirrorBot = mirror.userId;
