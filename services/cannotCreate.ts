/**
 * Vendors that people look for here and whose APIs create no keys, so that nobody searches. That an API lacks something is
 * said by few pages; where none says so, it is assumed.
 */
export const cannotCreate = [
  {
    vendor: "Airtable",
    reason: "Personal access tokens are created in the builder hub alone.",
    docs: "https://airtable.com/developers/web/guides/personal-access-tokens",
    evidence: "assumed",
  },
  {
    vendor: "Anthropic",
    reason: "The Admin API lists keys, renames and disables them; they are created in the Console alone.",
    docs: "https://platform.claude.com/docs/en/get-api-key",
    evidence: "documented",
  },
  {
    vendor: "DigitalOcean, personal access tokens",
    reason: "They are created in the control panel alone. Keys of agents are in the catalog.",
    docs: "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
    evidence: "assumed",
  },
  {
    vendor: "Figma",
    reason: "Personal access tokens are created in the settings alone.",
    docs: "https://developers.figma.com/docs/rest-api/authentication/",
    evidence: "assumed",
  },
  {
    vendor: "GitHub, personal access tokens",
    reason: "They are created in the settings alone. The API of an organization reviews and revokes them.",
    docs: "https://docs.github.com/en/rest/orgs/personal-access-tokens",
    evidence: "assumed",
  },
  {
    vendor: "Hugging Face",
    reason: "Access tokens are created in the settings alone.",
    docs: "https://huggingface.co/docs/hub/security-tokens",
    evidence: "assumed",
  },
  {
    vendor: "Notion",
    reason: "The token of an internal integration is created with the integration, in the settings alone.",
    docs: "https://developers.notion.com/docs/authorization",
    evidence: "assumed",
  },
  {
    vendor: "OpenAI, keys of projects",
    reason:
      "The API lists and deletes them, and creates one only with a new service account. Admin keys are in the catalog.",
    docs: "https://platform.openai.com/docs/api-reference/project-api-keys",
    evidence: "documented",
  },
  {
    vendor: "Slack",
    reason: "Tokens come from the installation of an app, by OAuth.",
    docs: "https://docs.slack.dev/authentication/tokens/",
    evidence: "assumed",
  },
  {
    vendor: "Stripe",
    reason: "Keys are created in the Dashboard alone.",
    docs: "https://docs.stripe.com/keys",
    evidence: "assumed",
  },
] as const;
