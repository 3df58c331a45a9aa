import { z } from "zod";
import { protect } from "../../redaction/redactor";
import { fieldParts } from "../fields";
import { deliveryFailed, nonEmpty, type StoreKind, type Surroundings, targetWithFields } from "../kind";
import { storeClient } from "../storeClient";
import type { GitLabTarget } from "../targets";
import { GitLabVariables } from "./gitlabVariables";

const settings = z.strictObject({
  token: nonEmpty.optional(),
  url: nonEmpty.optional(),
  caFile: nonEmpty.optional(),
});

type GitLabSettings = z.infer<typeof settings>;

/** What a variable may be called. */
const key = /^[A-Za-z0-9_]{1,255}$/;
const boolean = z.boolean({ error: "must be true or false" }).optional();
const place = nonEmpty
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, 'must be a path such as "acme/shop", or an id')
  .optional();

const target = targetWithFields({
  store: z.literal("gitlab"),
  project: place,
  group: place,
  environmentScope: nonEmpty.optional(),
  masked: boolean,
  hidden: boolean,
  protected: boolean,
  variableType: z.enum(["env_var", "file"], { error: 'must be "env_var" or "file"' }).optional(),
}).superRefine((given, context) => {
  const { project, group, masked, hidden } = given;
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  if ((project === undefined) === (group === undefined)) refuse("needs either project or group");
  if (hidden === true && masked === false) refuse("has hidden: true, which GitLab has only with masked");
  for (const name of fieldParts({ ...given }).keys()) {
    if (key.test(name)) continue;
    refuse(
      `has a field ${JSON.stringify(name)}, which cannot be the key of a variable: only letters, digits and _ can`,
    );
  }
});

/**
 * CI/CD variables of GitLab, of a project or a group. Their values are taken as they are: no `$` in them is expanded.
 *
 * @see https://docs.gitlab.com/api/project_level_variables/
 * @see https://docs.gitlab.com/api/group_level_variables/
 */
export const gitlab: StoreKind<GitLabTarget, GitLabSettings> = {
  title: "GitLab",
  target: target as unknown as z.ZodType<GitLabTarget>,
  settings,
  readsBack: ({ hidden }) => hidden !== true,
  async open(target, surroundings) {
    const client = surroundings.shared("client", () => clientOf(surroundings));
    return new GitLabVariables(client, target).store();
  },
};

function clientOf({ connection, settings, environment }: Surroundings<GitLabSettings>) {
  const token = environment.GITLAB_TOKEN || settings.token;
  if (token === undefined) {
    throw deliveryFailed(
      `GitLab cannot be used: set GITLAB_TOKEN in the environment, or apikeys:stores.${connection}.token in stack config.`,
    );
  }
  protect(token);
  const url = environment.CI_SERVER_URL || settings.url || "https://gitlab.com";
  return storeClient({
    title: "GitLab",
    connection,
    url: `${url.replace(/\/+$/, "")}/api/v4`,
    urlName: "The address (CI_SERVER_URL)",
    headers: { "private-token": token },
    caFile: settings.caFile,
    environment,
  });
}
