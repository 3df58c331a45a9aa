import { definitionLives } from "../support/engine/definitionLife";
import { adminCredential } from "../support/openapi";

const uuid = "7d9f3b1e-52a4-4c1e-8f0a-2f6f0a1f9d3c";

/** The kinds that differ most: a lifetime in seconds and a cursor; a rotation in place; the plugin's keys beside a required expiry. */
describe("keys of the catalog, of both hosts in one program,", () => {
  definitionLives(
    [
      { document: "openai", from: "pulumi-apikeys/services", args: { expiresIn: "90d" } },
      { document: "digitalocean", from: "pulumi-apikeys/services", args: { agentUuid: uuid } },
      {
        document: "kong",
        from: "pulumi-apikeys/plugin/services",
        args: { accountId: uuid, expiresIn: "90d" },
      },
    ].map(({ document, from, args }) => ({
      document,
      service: `require("${from}").${document}`,
      connection: document,
      credentials: { token: adminCredential },
      args,
    })),
  );
});
