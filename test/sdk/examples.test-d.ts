// Compiled by `npm run typecheck`, never run.
import type { Output } from "@pulumi/pulumi";
import { datadog } from "../../examples/services/datadog/service";
import { gitlab } from "../../examples/services/gitlab/service";
import { grafana } from "../../examples/services/grafana/service";
import { meilisearch } from "../../examples/services/meilisearch/service";
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
  // @ts-expect-error an argument that there is not, which a definition from a file of JSON can tell as well
  new meilisearch.ApiKey("a", { actions: ["search"], indexes: ["*"], scope: "all" }),
];
