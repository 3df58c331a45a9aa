import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { xentree } from "pulumi-apikeys";
import { Service } from "./service";

const config = new pulumi.Config();

// One switch for any number of keys: when a keeper changes, the id changes, and the same `pulumi up` renews every key that
// has the id among its triggers:
//   pulumi config set incident INC-4711
const series = new random.RandomId("series", {
  byteLength: 4,
  keepers: { incident: config.get("incident") ?? "none" },
});

const deploy = new xentree.ApiKey("deploy", {
  permissions: ["knowledge:search"],
  rotation: {
    triggers: { series: series.hex },
    overlap: "1d",
    // Revokes a leaked key at once instead of after a day. Set it together with the incident, and back once the
    // `pulumi up` is done:
    //   pulumi config set revokeNow true
    revokeNow: config.getBoolean("revokeNow") ?? false,
  },
});

new Service("deploy", { apiKey: deploy.value, revision: deploy.fingerprint });

export const deployKey = deploy.value;
export const deployFingerprint = deploy.fingerprint;
