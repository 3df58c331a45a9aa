import path from "node:path";
import { draft } from "../../draft";
import { definitionLives } from "../support/engine/definitionLife";
import { adminCredential } from "../support/openapi";

const documents = path.join(__dirname, "../support/openapi/documents");
const uuid = "7d9f3b1e-52a4-4c1e-8f0a-2f6f0a1f9d3c";

/** What a program says of a key, as the drafts name it. */
const args: Readonly<Record<string, object>> = {
  digitalocean: { agentUuid: uuid },
  kong: { accountId: uuid, expiresIn: "90d" },
  linode: { scopes: "linodes:read_only", expiresIn: "90d" },
  openai: { expiresIn: "90d" },
  pinecone: { projectId: uuid, roles: ["ProjectViewer"] },
  resend: { permission: "sending_access" },
  sendgrid: { scopes: ["mail.send"] },
  workos: { organizationId: "org_1", permissions: ["posts:read"], expiresIn: "90d" },
};

describe("keys of the eight vendors' drafts, as they are,", () => {
  definitionLives(
    Object.entries(args).map(([document, given]) => {
      const { definition } = draft(path.join(documents, `${document}.json`));
      return {
        document,
        service: `defineService(${JSON.stringify(definition)})`,
        connection: String(definition.name),
        credentials: { token: adminCredential },
        args: { ...given },
      };
    }),
  );
});
