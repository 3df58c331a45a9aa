import { z } from "zod";
import { protect } from "../../redaction/redactor";
import { fieldParts } from "../fields";
import { deliveryFailed, nonEmpty, type StoreKind, type Surroundings, targetWithFields } from "../kind";
import { storeClient } from "../storeClient";
import type { GitHubTarget } from "../targets";
import { GitHubSecrets } from "./githubSecrets";

const settings = z.strictObject({
  token: nonEmpty.optional(),
  url: nonEmpty.optional(),
  caFile: nonEmpty.optional(),
});

type GitHubSettings = z.infer<typeof settings>;

/** As GitHub has them; it stores them in capitals. */
const secretName = /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i;
const part = "[A-Za-z0-9_.-]+";

const target = targetWithFields({
  store: z.literal("github"),
  repository: nonEmpty
    .regex(new RegExp(`^${part}/${part}$`), 'must be an owner and a name, such as "acme/app"')
    .optional(),
  environment: nonEmpty.optional(),
  organization: nonEmpty
    .regex(new RegExp(`^${part}$`), 'must be the name of an organization, such as "acme"')
    .optional(),
  visibility: z.enum(["all", "private"], { error: 'must be "all" or "private"' }).optional(),
  repositories: z
    .array(nonEmpty.regex(new RegExp(`^${part}$`), 'must be the name of a repository, such as "app"'), {
      error: "must be a list of names of repositories",
    })
    .min(1, "must name a repository")
    .optional(),
}).superRefine((given, context) => {
  const { repository, environment, organization, visibility, repositories } = given;
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  if ((repository === undefined) === (organization === undefined)) {
    refuse("needs either repository or organization");
  }
  if (organization !== undefined && environment !== undefined) {
    refuse("has an environment, which belongs to a repository and not to an organization");
  }
  if (organization === undefined && (visibility !== undefined || repositories !== undefined)) {
    refuse("has visibility or repositories, which only secrets of an organization have");
  }
  if (visibility !== undefined && repositories !== undefined) {
    refuse("has visibility and repositories: give one of them");
  }
  for (const name of fieldParts({ ...given }).keys()) {
    if (secretName.test(name)) continue;
    refuse(
      `has a field ${JSON.stringify(name)}, which GitHub allows no secret to be called: only letters, digits and _, no digit first, and not GITHUB_`,
    );
  }
});

/**
 * Secrets of GitHub Actions: of a repository, one of its environments, or an organization. Each is encrypted here, to the
 * place's own key; nobody but a workflow ever reads one.
 *
 * @see https://docs.github.com/en/rest/actions/secrets
 */
export const github: StoreKind<GitHubTarget, GitHubSettings> = {
  title: "GitHub Actions",
  target: target as unknown as z.ZodType<GitHubTarget>,
  settings,
  readsBack: false,
  async open(target, surroundings) {
    const client = surroundings.shared("client", () => clientOf(surroundings));
    const keys = surroundings.shared("public keys", () => new Map());
    return new GitHubSecrets(client, keys, target);
  },
};

function clientOf({ connection, settings, environment }: Surroundings<GitHubSettings>) {
  const token = environment.GITHUB_TOKEN || environment.GH_TOKEN || settings.token;
  if (token === undefined) {
    throw deliveryFailed(
      `GitHub cannot be used: set GITHUB_TOKEN in the environment, or apikeys:stores.${connection}.token in stack config.`,
    );
  }
  protect(token);
  return storeClient({
    title: "GitHub",
    connection,
    url: environment.GITHUB_API_URL || settings.url || "https://api.github.com",
    urlName: "The address (GITHUB_API_URL)",
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": "2022-11-28",
    },
    caFile: settings.caFile,
    environment,
  });
}
