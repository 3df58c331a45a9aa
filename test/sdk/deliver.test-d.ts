// Compiled by `npm run typecheck`, never run: each @ts-expect-error fails the compilation if its line is accepted.
import * as pulumi from "@pulumi/pulumi";
import type { Deliver } from "pulumi-apikeys";

const text = pulumi.output("text");
const field = "XENTREE_API_KEY";

/** What a program may say of consumers. */
export const accepted: Deliver[] = [
  { store: "kubernetes", name: "app", field: "token" },
  {
    store: "kubernetes",
    namespace: text,
    name: text,
    fields: { token: "value", id: "keyId" },
    previous: "old",
    context: "prod",
  },
  {
    store: "kubernetes",
    name: "app",
    field: "password",
    type: "kubernetes.io/basic-auth",
    leaveBehind: true,
  },
  { store: "github", repository: "acme/app", field },
  { store: "github", repository: text, environment: "production", field, previous: "OLD" },
  { store: "github", organization: "acme", field },
  { store: "github", organization: "acme", visibility: "all", field },
  { store: "github", organization: "acme", repositories: ["app", "web"], field },
  { store: "gitlab", project: "acme/shop", field },
  { store: "gitlab", group: "acme", field, hidden: true, protected: true, environmentScope: "production" },
  { store: "gitlab", project: "1", field, masked: false, variableType: "file", connection: "own" },
];

/** Everything that must not compile, one mistake a line. */
export const refused: Deliver[] = [
  // @ts-expect-error a Secret without a name
  { store: "kubernetes", field: "token" },
  // @ts-expect-error no field
  { store: "kubernetes", name: "app" },
  // @ts-expect-error labels, which are not ours
  { store: "kubernetes", name: "app", field: "token", labels: {} },
  // @ts-expect-error field and fields
  { store: "kubernetes", name: "app", field: "token", fields: { token: "value" } },
  // @ts-expect-error neither repository nor organization
  { store: "github", field },
  // @ts-expect-error both
  { store: "github", repository: "acme/app", organization: "acme", field },
  // @ts-expect-error an environment of an organization
  { store: "github", organization: "acme", environment: "production", field },
  // @ts-expect-error the visibility of a repository's secret
  { store: "github", repository: "acme/app", visibility: "all", field },
  // @ts-expect-error another visibility
  { store: "github", organization: "acme", visibility: "selected", field },
  // @ts-expect-error both project and group
  { store: "gitlab", project: "acme/shop", group: "acme", field },
  // @ts-expect-error a hidden variable that is not masked
  { store: "gitlab", project: "acme/shop", field, hidden: true, masked: false },
  // @ts-expect-error another kind of variable
  { store: "gitlab", project: "acme/shop", field, variableType: "text" },
];
