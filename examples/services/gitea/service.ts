import { defineService } from "pulumi-apikeys";

/** Access tokens of a Gitea user. */
export const gitea = defineService({
  name: "gitea",
  title: "Gitea",
  docs: "https://docs.gitea.com/api/#tag/user/operation/userCreateToken",
  path: "/api/v1/users/{username}/tokens",
  // Tokens are made with a password alone, never with another token.
  auth: { scheme: "basic" },
  pathParameters: { username: { description: "Whose tokens they are: the user of the connection." } },
  fields: {
    name: { input: "optional" },
    scopes: { type: "strings", input: "required", set: true },
    lastEight: { wire: "token_last_eight", description: "The end of the token, by which people tell it." },
    createdAt: "created_at",
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
});
