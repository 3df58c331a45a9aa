import { defineStore } from "../../../sdk/stores";

const secrets = "/api/v1/repos/{owner}/{repository}/actions/secrets";

/**
 * Secrets of Gitea's Actions, as docs/delivery.md declares them.
 *
 * @see https://docs.gitea.com/api/#tag/repository/operation/updateRepoSecret
 */
export const giteaSecrets = defineStore({
  name: "gitea",
  title: "Gitea Actions of",
  headers: { authorization: "token {token}" },
  place: ["owner", "repository"],
  probe: { method: "GET", path: secrets },
  write: { method: "PUT", path: `${secrets}/{field}`, body: { data: "{text}" } },
  remove: { method: "DELETE", path: `${secrets}/{field}` },
});
