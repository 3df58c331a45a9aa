import path from "node:path";
import { draft } from "../../draft";
import { compareWith } from "../../draft/compare";
import { examine } from "../../provider/definition/examine";
import { content, documentFolder, keyDocument } from "../support/keyDocument";
import { catalogCases } from "../support/openapi/catalogCases";
import { documents } from "../support/openapi/expected";
import { parse } from "../support/vendor/definitions";

const { file, remove } = documentFolder();
afterAll(remove);

const ownDocument = (vendor: string) => path.join(documents, `${vendor}.json`);

/** Inputs that a definition leaves out on purpose. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  clerk: ["type", "created_by"],
  harbor: ["disable"],
  openrouter: ["creator_user_id", "workspace_id", "disabled"],
};

describe("a definition compared with a document", () => {
  it.each(catalogCases)(
    "has nothing changed for $service and its own document",
    ({ service, definition }) => {
      const { differences, notes } = compareWith(definition, ownDocument(service));
      expect(differences.filter(({ matters }) => matters)).toEqual([]);
      const told = differences.map(
        ({ says }) => / can also have (\w+), which the definition leaves out\.$/.exec(says)?.[1],
      );
      expect(told).toEqual(leftOut[service] ?? []);
      expect(notes).toEqual([]);
    },
  );

  it.each(["digitalocean", "harbor", "kong", "linode", "openai", "pinecone", "resend", "sendgrid", "workos"])(
    "has nothing changed for %s and the draft of its document",
    (vendor) => {
      const { definition: drafted } = draft(ownDocument(vendor));
      const { definition } = examine(drafted);
      if (!definition) throw new Error(`The draft of ${vendor} has mistakes.`);
      const { differences } = compareWith(definition, ownDocument(vendor));
      expect(differences.filter(({ matters }) => matters)).toEqual([]);
    },
  );

  it("is the same in other words: another base, names of variables, pointers and headers", () => {
    const definition = parse({
      name: "own",
      baseUrl: "https://api.openai.com",
      auth: { scheme: "headers", headers: { authorization: "Bearer {adminKey}" } },
      fields: {
        id: "/id",
        name: { input: "required" },
        expiresAt: {
          wire: {
            create: "/expires_in_seconds",
            read: { body: "/expires_at" },
            listed: { at: "expires_at" },
          },
          as: { request: "lifetime-seconds", response: "epoch-seconds" },
          input: "optional",
        },
        value: { wire: { created: { body: "/value" } } },
      },
      operations: {
        create: { path: "/v1/organization/admin_api_keys" },
        list: {
          path: "/v1/organization/admin_api_keys",
          envelope: "/data",
          pagination: { style: "cursor", parameter: "after", next: "/last_id", hasMore: "/has_more" },
        },
        revoke: { method: "DELETE", path: "/v1/organization/admin_api_keys/{keyId}" },
      },
    });
    expect(compareWith(definition, ownDocument("openai")).differences).toEqual([]);
  });

  it("differs where the document says something, and not where it says nothing", () => {
    const definition = parse({
      name: "acme",
      baseUrl: "https://api.acme.example.com/v1",
      path: "/keys",
      auth: { scheme: "basic" },
      fields: { plan: { input: "required" }, value: "secret", owner: "/owner/id" },
      operations: { list: { envelope: "/items", pagination: { style: "page", parameter: "page" } }, get: {} },
    });
    const document = keyDocument();
    const open = content({ type: "object" });
    const silent = {
      openapi: "3.0.3",
      info: document.info,
      paths: {
        "/keys": { post: { requestBody: open, responses: { 201: open } }, get: { responses: { 200: open } } },
        "/keys/{id}": { get: { responses: {} }, delete: { responses: {} } },
      },
    };
    expect(compareWith(definition, file("silent.json", silent)).differences).toEqual([]);
    const told = compareWith(definition, file("told.json", document)).differences;
    expect(told.filter(({ matters }) => matters).map(({ says }) => says)).toEqual([
      "Requests authenticate by a bearer token; the definition does so by HTTP Basic.",
      "create: the request has no plan, in which the definition sends plan.",
      "No response has plan, where the definition reads plan.",
      "No response has /owner/id, where the definition reads owner.",
    ]);
  });
});
