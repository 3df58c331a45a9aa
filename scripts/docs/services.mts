import { createRequire } from "node:module";
import type * as SettingNames from "../../provider/base/settingNames.ts";
import type { ServiceDefinition } from "../../provider/definition/definition.ts";
import type * as Registry from "../../provider/definition/registry.ts";
import type { cannotCreate as CannotCreate } from "../../services/cannotCreate.ts";
import { type CatalogService, catalog } from "../services/catalog.mts";
import { evidenceTable } from "./evidence.mts";
import { fieldTable, serviceTable } from "./keys.mts";

const require = createRequire(import.meta.url);
const { readDefinition } = require("../../dist/provider/definition/registry.js") as typeof Registry;
const { variableName } = require("../../dist/provider/base/settingNames.js") as typeof SettingNames;
const { cannotCreate } = require("../../dist/services/cannotCreate.js") as {
  readonly cannotCreate: typeof CannotCreate;
};

type CredentialsOf = Parameters<typeof serviceTable>[1];

interface Described extends CatalogService {
  readonly definition: ServiceDefinition;
}

/** The pages of the catalog: the index, and one for each service. */
export function servicePages(
  credentialsOf: CredentialsOf,
): readonly (readonly [file: string, text: string])[] {
  const services = catalog().map((service) => ({ ...service, definition: definitionOf(service.name) }));
  return [
    ["docs/services/README.md", indexPage(services)],
    ...services.map((service) => [`docs/services/${service.name}.md`, page(service, credentialsOf)] as const),
  ];
}

function definitionOf(name: string): ServiceDefinition {
  const exported = require(`../../dist/services/definitions/${name}.js`) as Readonly<Record<string, unknown>>;
  return readDefinition(exported[name]);
}

const madeBy = "<!-- Made by `npm run docs` from services. -->";

function indexPage(services: readonly Described[]): string {
  const rows = services.map(
    ({ name, definition, summary }) => `| [${definition.title}](${name}.md) | \`${name}\` | ${summary} |`,
  );
  const missing = cannotCreate.map(
    ({ vendor, reason, docs, evidence }) => `| [${vendor}](${docs}) | ${reason} | ${evidence} |`,
  );
  return `# Services of the catalog

${madeBy}

The package declares ${services.length} vendors. A program pays for those that it imports:

\`\`\`ts
import { openai } from "pulumi-apikeys/services"; // or "pulumi-apikeys/plugin/services", for keys that the plugin runs

const nightly = new openai.ApiKey("nightly", { expiresIn: "90d", rotation: { every: "30d" } });
export const key = nightly.value;
\`\`\`

A bundle of a CommonJS program gets one service alone from its own module, \`pulumi-apikeys/services/openai\`. A definition that is
nearly right is changed like any object: \`defineService({ ...openai.definition, baseUrl: "https://…" })\`, with
[\`defineService\`](../define-a-service.md), which also declares any vendor that is not here.

For another language, write the definition into a file, of which [a package is made](../languages.md):

\`\`\`sh
node -p 'JSON.stringify(require("pulumi-apikeys/services").openai.definition)' > openai.json
\`\`\`

None was run against its vendor: the tests use a server on this machine that is made of the vendor's published document, or was
written from its page. Each page says what is documented and what is assumed; \`npx pulumi-apikeys check openai --live\` tries it with your account.
When a vendor publishes a newer document, \`npx pulumi-apikeys check openai --against openapi.json\` [says what changed](../define-a-service.md#check-it).

| service | import | keys |
| --- | --- | --- |
${rows.join("\n")}

## Vendors whose API creates no keys

| vendor | why | how we know |
| --- | --- | --- |
${missing.join("\n")}
`;
}

function page(service: Described, credentialsOf: CredentialsOf): string {
  const { name, definition, summary, quirks, sources } = service;
  const { title, docs, statusHints } = definition;
  const peculiar = [...quirks, ...hintsOf(statusHints)];
  return `# ${title}

${madeBy}

${summary}${docs ? ` [The vendor's page](${docs}).` : ""}

\`\`\`ts
import { ${name} } from "pulumi-apikeys/services"; // or "pulumi-apikeys/plugin/services"
\`\`\`

${serviceTable([definition], credentialsOf)}

## Authentication

${definition.auth.map((scheme) => authText(name, scheme, credentialsOf(scheme))).join("\n\n")}

## Arguments and outputs

Beside those that [every key](../reference.md#arguments-of-every-key) has:

${fieldTable(definition, `services/definitions/${name}.ts`)}

## What is peculiar

${peculiar.map((one) => `- ${one}`).join("\n")}

## How we know

Written from ${sources.map(sourceText).join(", and ")}.

${evidenceTable([definition])}
`;
}

/** One way to authenticate: what requests carry, and the settings that the connection then has. */
function authText(
  name: string,
  scheme: ServiceDefinition["auth"][number],
  credentials: readonly string[],
): string {
  const settings = credentials.map((credential) => `\`${variableName(name, credential)}\``).join(" and ");
  return `${capital(carried(scheme))}. Settings: ${settings}.`;
}

function carried(scheme: ServiceDefinition["auth"][number]): string {
  switch (scheme.scheme) {
    case "headers":
      return Object.entries(scheme.headers)
        .map(([header, value]) => `\`${header}: ${value}\``)
        .join(" and ");
    case "basic":
      return "user name and password with each request (RFC 7617)";
    case "query":
      return `the credential as \`${scheme.parameter}\` in the query`;
    case "login":
      return `a token of a login at \`${scheme.login.path}\``;
    case "oauth2":
      return `a token of OAuth 2 client credentials, from \`${scheme.baseUrl ?? ""}${scheme.path}\``;
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function hintsOf(statusHints: ServiceDefinition["statusHints"]): string[] {
  return Object.entries(statusHints).map(([status, hint]) => `HTTP ${status}: ${hint}`);
}

/** A source as it stands behind `@see`: an address, and for a document of a repository its file, commit and licence. */
function sourceText(source: string): string {
  const [address = "", ...rest] = source.split(" ");
  const [file, ...version] = rest;
  return file === undefined ? `<${address}>` : `[\`${file}\`](${address}) ${version.join(" ")}`;
}
