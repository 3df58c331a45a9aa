import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * Access tokens of a user.
 *
 * - Tokens are made with the user's password alone, never with another token.
 * - A token has no expiry, and nothing of it can be changed. Names are unique for each user.
 *
 * @see https://docs.gitea.com/api/#tag/user/operation/userCreateToken
 * @see https://docs.gitea.com/development/api-usage
 */
export const gitea = {
  name: "gitea",
  title: "Gitea",
  docs: "https://docs.gitea.com/api/#tag/user/operation/userCreateToken",
  path: "/api/v1/users/{username}/tokens",
  // Tokens are made with a password alone, never with another token.
  auth: { scheme: "basic" },
  pathParameters: {
    /** Whose tokens they are: the user of the connection. */
    username: {},
  },
  fields: {
    /** Name of the token. */
    name: { input: "optional" },
    /** What the token may do, such as read:user. */
    scopes: { type: "strings", input: "required", set: true },
    /** The end of the token, by which people tell it. */
    lastEight: { wire: "token_last_eight" },
    /** When the token was created. */
    createdAt: "created_at",
    /** When the token was last used. */
    lastUsedAt: "last_used_at",
    value: "sha1",
  },
  operations: {
    // Some versions leave the scopes out of the answer.
    create: { verify: true },
    // Without a size: how many a page holds at most is up to each server's administrator.
    list: { pagination: { style: "page", parameter: "page" } },
  },
  errors: [{ message: "/message", notAboutKeys: ["Not Found"] }],
  statusHints: { 401: "Gitea wants the user's name and password here, not a token." },
  uniqueNames: "suffix",
} as const satisfies ServiceDefinitionInput;
