import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * Access tokens of a project.
 *
 * - A token ends as its day begins, in UTC. GitLab grants at most a year, unless an administrator says otherwise.
 * - Nothing of a token can be changed. GitLab's own rotation ends the old token at once and is not used: a new token beside it
 *   leaves no gap.
 * - The value begins with glpat-, unless an administrator chose another prefix.
 *
 * @see https://docs.gitlab.com/api/project_access_tokens/
 */
export const gitlab = {
  name: "gitlab",
  title: "GitLab",
  docs: "https://docs.gitlab.com/api/project_access_tokens/",
  baseUrl: "https://gitlab.com",
  path: "/api/v4/projects/{projectId}/access_tokens",
  auth: { scheme: "headers", headers: { "PRIVATE-TOKEN": "{apiKey}" } },
  pathParameters: {
    /** Number of the project, or its whole path. */
    projectId: {},
  },
  fields: {
    /** Name of the token. */
    name: { input: "optional" },
    /** What the token is for. */
    description: { input: "optional" },
    /** What the token may do, such as read_api. */
    scopes: { type: "strings", input: "required", set: true },
    /** Role of the token in the project. Default: maintainer. */
    accessLevel: {
      wire: "access_level",
      input: "optional",
      values: { guest: 10, planner: 15, reporter: 20, developer: 30, maintainer: 40, owner: 50 },
    },
    /** The day on which the token stops working. Default: in a year. */
    expiresAt: { wire: "expires_at", as: "date", input: "optional" },
    /** False once the token was revoked or has ended. */
    active: "active",
    /** When the token was created. */
    createdAt: "created_at",
    /** When the token was last used. */
    lastUsedAt: "last_used_at",
    /** The bot that acts with the token. */
    userId: { wire: "user_id", type: "integer" },
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
} as const satisfies ServiceDefinitionInput;
