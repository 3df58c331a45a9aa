import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

type Json = Record<string, unknown>;

/** An OpenAPI document of a small vendor, for tests to change a part of. */
export function keyDocument() {
  const key: Json = {
    type: "object",
    properties: {
      id: { type: "string" },
      name: { type: "string" },
      created_at: { type: "string", format: "date-time" },
    },
  };
  const created: Json = {
    allOf: [
      { $ref: "#/components/schemas/Key" },
      { type: "object", properties: { secret: { type: "string", description: "Only shown once." } } },
    ],
  };
  const request: Json = {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string" }, note: { type: "string", description: "A note." } },
  };
  const idParameter = { name: "id", in: "path", required: true, schema: { type: "string" } };
  return {
    openapi: "3.0.3",
    info: { title: "Acme API", version: "1" },
    servers: [{ url: "https://api.acme.example.com/v1" }],
    security: [{ bearer: [] }] as Json[],
    paths: {
      "/keys": {
        post: {
          summary: "Create an API key",
          requestBody: content(request),
          responses: { 201: content(created) },
        },
        get: {
          parameters: [] as Json[],
          responses: {
            200: content({
              type: "object",
              properties: { items: { type: "array", items: { $ref: "#/components/schemas/Key" } } },
            }),
          },
        },
      } as Json,
      "/keys/{id}": {
        parameters: [idParameter],
        get: { responses: { 200: content({ $ref: "#/components/schemas/Key" }) } },
        delete: {
          responses: { 204: { description: "Gone" }, 404: content({ $ref: "#/components/schemas/Error" }) },
        },
      } as Json,
    } as Record<string, Json>,
    components: {
      schemas: {
        Key: key,
        Error: { type: "object", properties: { message: { type: "string" } } },
      } as Record<string, Json>,
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } } as Record<string, Json>,
    },
  };
}

/** A body or a response of JSON. */
export function content(schema: Json): Json {
  return { description: "", content: { "application/json": { schema } } };
}

/** A folder for documents, and how to put one there. */
export function documentFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "apikeys-draft-"));
  return {
    folder,
    file(name: string, document: unknown): string {
      const whole = path.join(folder, name);
      writeFileSync(whole, typeof document === "string" ? document : JSON.stringify(document));
      return whole;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
