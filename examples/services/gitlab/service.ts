import { defineService } from "pulumi-apikeys";

/** Access tokens of a GitLab project. */
export const gitlab = defineService({
  name: "gitlab",
  title: "GitLab",
  docs: "https://docs.gitlab.com/api/project_access_tokens/",
  baseUrl: "https://gitlab.com",
  path: "/api/v4/projects/{projectId}/access_tokens",
  auth: { scheme: "headers", headers: { "PRIVATE-TOKEN": "{apiKey}" } },
  pathParameters: { projectId: { description: "Number of the project, or its whole path." } },
  fields: {
    name: { input: "optional" },
    description: { input: "optional" },
    scopes: { type: "strings", input: "required", set: true },
    accessLevel: {
      wire: "access_level",
      input: "optional",
      values: { guest: 10, planner: 15, reporter: 20, developer: 30, maintainer: 40, owner: 50 },
    },
    // A token ends as its day begins, in UTC.
    expiresAt: { wire: "expires_at", as: "date", input: "optional" },
    active: "active",
    createdAt: "created_at",
    lastUsedAt: "last_used_at",
    userId: { wire: "user_id", type: "integer", description: "The bot that acts with the token." },
    value: "token",
  },
  operations: {
    // Others stay listed for a month after their end, a night's worth for each nightly rotation.
    list: { query: { state: "active", per_page: "100" }, pagination: { style: "link" } },
    // It is by this that a revoked token is told from one that there never was.
    get: {},
    // Without GitLab's own rotate, which ends the old token at once: a new one beside it leaves no gap.
  },
  errors: [
    // Also what a project answers that the credentials may not see, whose tokens are alive.
    { message: "/message", notAboutKeys: ["404 Project Not Found", "404 Not Found"], evidence: "assumed" },
    { message: "/error", notAboutKeys: ["404 Not Found"], evidence: "assumed" },
  ],
  statusHints: {
    401: "The token needs the scope api.",
    403: "The token's user needs the role Maintainer or Owner in the project.",
  },
});
