// Compiled by `npm run typecheck`, never run.
import type { Output } from "@pulumi/pulumi";
import * as plugin from "pulumi-apikeys/plugin/services";
import { datadog, gitlab, grafana, kong, meilisearch, type openai } from "pulumi-apikeys/services";
import type { openai as alone } from "pulumi-apikeys/services/openai";
import type { Equal, Proven } from "../support/types";

type Level = "guest" | "planner" | "reporter" | "developer" | "maintainer" | "owner";
type GitlabKey = InstanceType<typeof gitlab.ApiKey>;

export type Claims = Proven<
  [
    Equal<GitlabKey["accessLevel"], Output<Level | undefined>>,
    Equal<GitlabKey["userId"], Output<number>>,
    Equal<GitlabKey["scopes"], Output<string[]>>,
    Equal<Extract<keyof GitlabKey, "lastUsedAt" | "active">, never>,
    Equal<InstanceType<typeof datadog.ApiKey>["lastFour"], Output<string>>,
    Equal<InstanceType<typeof openai.ApiKey>["redactedValue"], Output<string>>,
    Equal<typeof alone, typeof openai>,
    Equal<InstanceType<typeof plugin.openai.ApiKey>["ownerId"], Output<string>>,
  ]
>;

export const refused = [
  // @ts-expect-error a role that there is not
  new gitlab.ApiKey("a", { projectId: "7", scopes: ["api"], accessLevel: "boss" }),
  // @ts-expect-error scopes are missing
  new gitlab.ApiKey("a", { projectId: "7" }),
  // @ts-expect-error the service account is missing
  new grafana.ApiKey("a", { expiresIn: "30d" }),
  // @ts-expect-error text for a boolean
  new datadog.ApiKey("a", { remoteConfigReadEnabled: "yes" }),
  // @ts-expect-error the expiry that every token of Kong has is missing
  new kong.ApiKey("a", { accountId: "1" }),
  // @ts-expect-error roles are a list, for the plugin's keys as well
  new plugin.pinecone.ApiKey("a", { projectId: "1", roles: "ProjectViewer" }),
  // @ts-expect-error an argument that there is not
  new meilisearch.ApiKey("a", { actions: ["search"], indexes: ["*"], scope: "all" }),
];
