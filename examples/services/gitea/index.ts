import * as pulumi from "@pulumi/pulumi";
import { gitea } from "pulumi-apikeys/services";

const config = new pulumi.Config();

// A token for a release bot. Gitea's tokens do not end by themselves, so that only a rotation bounds their lives.
const release = new gitea.ApiKey("release", {
  username: config.require("username"),
  scopes: ["write:repository", "read:user"],
  rotation: { every: "30d" },
});

export const releaseToken = release.value;
export const releaseTokenEnd = release.lastEight;
