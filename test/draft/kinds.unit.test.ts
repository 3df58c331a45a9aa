import { readFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { draft } from "../../draft";
import { content, documentFolder, keyDocument } from "../support/keyDocument";

const { file, remove } = documentFolder();
afterAll(remove);

type Document = ReturnType<typeof keyDocument>;

const text = { type: "string" };

/** The definition of the small vendor's document after a change. */
function defined(change: (document: Document) => unknown) {
  const document = keyDocument();
  return draft(file("document.json", change(document) ?? document)).definition;
}

/** The request to create, to be changed. */
function properties(document: Document): Record<string, unknown> {
  const { post } = document.paths["/keys"] as { post: { requestBody: ReturnType<typeof content> } };
  const media = post.requestBody.content as Record<
    string,
    { schema: { properties: Record<string, unknown> } }
  >;
  return media["application/json"]?.schema.properties ?? {};
}

it("drafts a plain vendor in a few lines", () => {
  expect(defined((document) => document)).toEqual({
    name: "acme",
    path: "/keys",
    fields: {
      note: { input: "optional", writeOnly: true, description: "A note." },
      value: "secret",
      createdAt: "created_at",
    },
    operations: { list: { envelope: "/items" }, get: {} },
    errors: [{ message: "/message" }],
  });
});

it("reads YAML with aliases and merges as the same JSON", () => {
  const yaml = `
defaults: &responses
  200: { description: ok, content: { application/json: { schema: { type: array, items: &key { type: object, properties: { id: { type: integer }, label: { type: string } } } } } } }
openapi: 3.1.0
info: { title: Acme }
paths:
  /tokens:
    get: { responses: { <<: *responses } }
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { label: { type: [string, "null"] } } } } } }
      responses: { 201: { description: made, content: { application/json: { schema: { allOf: [*key, { type: object, properties: { token: { type: string } } }] } } } } }
  /tokens/{tokenId}:
    delete: { responses: { 204: { description: gone } } }
`;
  const { definition } = draft(file("aliases.yaml", yaml));
  expect(definition).toEqual({
    name: "acme",
    path: "/tokens",
    fields: { id: { type: "integer" }, name: "label", value: "token" },
  });
});

it.each(["digitalocean", "kong", "linode", "openai", "pinecone", "resend", "sendgrid", "workos"])(
  "drafts %s the same from YAML",
  (vendor) => {
    const json = path.join(__dirname, "../support/openapi/documents", `${vendor}.json`);
    const yaml = file(`${vendor}.yaml`, stringify(JSON.parse(readFileSync(json, "utf8"))));
    expect(draft(yaml).definition).toEqual(draft(json).definition);
  },
);

describe("an expiry", () => {
  it.each([
    [{ expires_at: { type: "string", format: "date-time" } }, { wire: "expires_at" }],
    [{ expires_at: { type: "string", example: "2027-01-31T00:00:00" } }, { wire: "expires_at", as: "utc" }],
    [{ expires_on: { type: "string", format: "date" } }, { wire: "expires_on", as: "date" }],
    [{ expiresAt: { type: "integer", description: "Unix timestamp." } }, { as: "epoch-seconds" }],
    [{ expiresAt: { type: "integer", example: 1801353600000 } }, { as: "epoch-milliseconds" }],
    [{ ttl_minutes: { type: "integer" } }, { wire: "ttl_minutes", as: "lifetime-minutes" }],
    [
      { ttl: { type: "integer", description: "In days, 0 means never." } },
      { wire: "ttl", as: "lifetime-days", never: 0 },
    ],
    [
      { expires_in: { enum: ["30_DAYS", "1_YEAR", "NEVER"] } },
      { wire: "expires_in", lifetimes: { "30d": "30_DAYS", "365d": "1_YEAR" }, never: "NEVER" },
    ],
    [
      { expires_in_days: { type: "integer", enum: [30, 90] } },
      { wire: "expires_in_days", lifetimes: { "30d": 30, "90d": 90 } },
    ],
  ])("is read from %j", (asked, expected) => {
    const { fields } = defined((document) => void Object.assign(properties(document), asked)) as {
      fields: Record<string, Record<string, unknown>>;
    };
    const { description: _, writeOnly: __, input, ...rest } = fields.expiresAt ?? {};
    expect(input).toBe("optional");
    expect(rest).toEqual(expected);
  });
});

describe("inputs", () => {
  it("have types, values and limits, and no name that the resource has itself", () => {
    const { fields } = defined((document) => {
      Object.assign(properties(document), {
        role: { type: "string", enum: ["reader", "writer"] },
        rate_limit: { type: "integer", minimum: 1, maximum: 10 },
        scopes: { type: "array", items: text, uniqueItems: true },
        policy: { type: "object", properties: { allow: text } },
        connection: { type: "boolean" },
        kind: { type: "string", const: "api" },
        created_by: { type: "string", readOnly: true },
      });
    });
    expect(fields).toMatchObject({
      role: { input: "optional", values: ["reader", "writer"] },
      rateLimit: { wire: "rate_limit", type: "integer", minimum: 1, maximum: 10 },
      scopes: { type: "strings", set: true },
      policy: { type: "json" },
      keyConnection: { wire: "connection", type: "boolean" },
    });
    expect(Object.keys(fields as object)).not.toContain("createdBy");
  });
});

describe("requests", () => {
  it("are forms where the document has forms, in Swagger 2 as well", () => {
    const swagger = {
      swagger: "2.0",
      host: "api.acme.dev",
      basePath: "/v2",
      schemes: ["https"],
      securityDefinitions: { key: { type: "apiKey", in: "query", name: "api_key" } },
      paths: {
        "/tokens": {
          post: {
            consumes: ["application/x-www-form-urlencoded"],
            parameters: [{ name: "label", in: "formData", type: "string", required: true }],
            responses: { 200: { schema: { type: "object", properties: { token_id: text, token: text } } } },
          },
          get: {
            responses: {
              200: {
                schema: {
                  type: "array",
                  items: { type: "object", properties: { token_id: text, label: text } },
                },
              },
            },
          },
        },
        "/tokens/{token_id}/revoke": { post: { parameters: [], responses: { 200: { description: "ok" } } } },
      },
    };
    expect(draft(file("swagger.json", swagger)).definition).toEqual({
      name: "acme",
      baseUrl: "https://api.acme.dev/v2",
      auth: { scheme: "query", parameter: "api_key" },
      path: "/tokens",
      encoding: "form",
      fields: { id: "token_id", name: "label", value: "token" },
      operations: { create: { verify: true }, revoke: { method: "POST", path: "/tokens/{keyId}/revoke" } },
    });
  });

  it("have envelopes, and constants beside the fields", () => {
    const object = (members: object) => ({ type: "object", properties: members });
    const definition = defined((document) => {
      const key = object({
        id: text,
        type: { enum: ["api_keys"] },
        attributes: object({ name: text, key: text, last4: text }),
      });
      document.components.schemas.Key = object({ data: key });
      document.paths["/keys"] = {
        post: {
          requestBody: content(
            object({
              data: {
                ...object({ type: { enum: ["api_keys"] }, attributes: object({ name: text }) }),
                required: ["type", "attributes"],
              },
            }),
          ),
          responses: { 201: content(object({ data: key })) },
        },
        get: { responses: { 200: content(object({ data: { type: "array", items: key } })) } },
      };
    });
    expect(definition).toMatchObject({
      bodyEnvelope: "/data",
      envelope: "/data",
      fields: { name: "/attributes/name", value: "/attributes/key", prefix: "/attributes/last4" },
      operations: { create: { body: { data: { type: "api_keys" } } } },
    });
  });

  it("name a key in the query or the body where no path does", () => {
    const definition = defined((document) => {
      const { "/keys/{id}": _, ...paths } = document.paths;
      const one = { type: "object", required: ["id"], properties: { id: text } };
      return {
        ...document,
        paths: {
          ...paths,
          "/keys/delete": { post: { requestBody: content(one), responses: { 200: { description: "ok" } } } },
          "/keys/info": {
            get: {
              parameters: [{ name: "id", in: "query", required: true, schema: text }],
              responses: { 200: content({ $ref: "#/components/schemas/Key" }) },
            },
          },
        },
      };
    });
    expect(definition.operations).toMatchObject({
      get: { path: "/keys/info", query: { id: "{keyId}" } },
      revoke: { method: "POST", path: "/keys/delete", body: { id: "{keyId}" } },
    });
  });
});

it("drafts a singleton where there is one key at a time", () => {
  const definition = defined((document) => {
    const { post, get } = document.paths["/keys"] as { post: object; get: object };
    const read = { ...get, responses: { 200: content({ $ref: "#/components/schemas/Key" }) } };
    return {
      ...document,
      paths: {
        "/workspaces/{id}/api-key": { post, get: read, delete: { responses: { 204: { description: "" } } } },
      },
    };
  });
  expect(definition).toMatchObject({
    kind: "singleton",
    path: "/workspaces/{workspaceId}/api-key",
    pathParameters: { workspaceId: {} },
  });
});

it("takes a POST to revoke with its path, and asks about a DELETE beside it", () => {
  const document = keyDocument();
  document.paths["/keys/{id}/revoke"] = { post: { responses: { 200: { description: "" } } } };
  const { definition, questions } = draft(file("both.json", document));
  expect(definition.operations).not.toHaveProperty("revoke");
  expect(questions).toContainEqual(
    "operations.revoke: POST /keys/{id}/revoke ends keys, too. Is DELETE /keys/{id} enough by itself? Assumed: yes.",
  );
});

describe("authentication", () => {
  it.each([
    [
      [{ k: [] }],
      { k: { type: "apiKey", in: "header", name: "X-Key" } },
      { scheme: "headers", headers: { "X-Key": "{apiKey}" } },
    ],
    [
      [{ k: [] }],
      {
        k: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "As `Authorization: Token <key>`.",
        },
      },
      { scheme: "headers", headers: { Authorization: "Token {apiKey}" } },
    ],
    [
      [{ a: [], b: [] }],
      {
        a: { type: "apiKey", in: "header", name: "X-Key" },
        b: { type: "apiKey", in: "header", name: "X-App" },
      },
      { scheme: "headers", headers: { "X-Key": "{a}", "X-App": "{b}" } },
    ],
    [[{ k: [] }], { k: { type: "http", scheme: "basic" } }, { scheme: "basic" }],
    [
      [{ k: [] }],
      {
        k: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: "https://auth.acme.dev/oauth/token", scopes: {} } },
        },
      },
      { scheme: "oauth2", path: "/oauth/token", baseUrl: "https://auth.acme.dev" },
    ],
    [
      [{ k: [] }, { b: [] }],
      { k: { type: "http", scheme: "basic" }, b: { type: "http", scheme: "bearer" } },
      [{ scheme: "bearer" }, { scheme: "basic" }],
    ],
  ])("by %j of %j", (security, schemes, expected) => {
    const { auth } = defined((document) => {
      document.security = security as never[];
      document.components.securitySchemes = schemes;
    });
    expect(auth).toEqual(expected);
  });

  it("is read from a header among the parameters, where nothing else describes it", () => {
    const { security: _, ...document } = keyDocument();
    document.components.securitySchemes = {};
    const description = "Use `Authorization: Token <API_KEY>`.";
    Object.assign(document.paths["/keys"]?.post ?? {}, {
      parameters: [{ name: "Authorization", in: "header", required: true, description, schema: text }],
    });
    const { definition, questions } = draft(file("parameter.json", document));
    expect(definition.auth).toEqual({ scheme: "headers", headers: { Authorization: "Token {apiKey}" } });
    expect(questions.filter((question) => question.startsWith("auth"))).toEqual([]);
  });

  it("is asked for where the document does not describe it", () => {
    const { security: _, ...document } = keyDocument();
    document.components.securitySchemes = {};
    const { definition, questions } = draft(file("open.json", document));
    expect(definition.auth).toBeUndefined();
    expect(questions).toContain(
      "auth: How do requests authenticate? The document does not say. Assumed: by a bearer token.",
    );
  });
});

describe("the choice", () => {
  it("between several resources is the user's, by path", () => {
    const document = keyDocument();
    document.paths["/service-tokens"] = document.paths["/keys"] ?? {};
    document.paths["/service-tokens/{id}"] = document.paths["/keys/{id}"] ?? {};
    const several = file("several.json", document);
    expect(() => draft(several)).toThrow(/--path \/\S+\n {2}POST \/\S+, score \d+: its path says /);
    expect(draft(several, { path: "/service-tokens" }).definition.path).toBe("/service-tokens");
    expect(() => draft(several, { path: "/nothing" })).toThrow('"/nothing" is no path of it.');
  });
});

describe("what single vendors do", () => {
  const made = (members: object) => ({ 200: content({ type: "object", properties: members as never }) });

  it("is read where paths name methods", () => {
    const taking = (members: object) =>
      content({ type: "object", required: Object.keys(members), properties: members as never });
    const { definition } = draft(
      file("methods.json", {
        openapi: "3.1.0",
        paths: {
          "/v2/keys.createKey": {
            post: { requestBody: taking({ name: text }), responses: made({ keyId: text, key: text }) },
          },
          "/v2/keys.getKey": {
            post: { requestBody: taking({ keyId: text }), responses: made({ keyId: text, name: text }) },
          },
          "/v2/keys.updateKey": {
            post: { requestBody: taking({ keyId: text, name: text }), responses: made({}) },
          },
          "/v2/keys.deleteKey": { post: { requestBody: taking({ keyId: text }), responses: made({}) } },
        },
      }),
    );
    expect(definition).toMatchObject({
      path: "/v2/keys.createKey",
      fields: { id: "keyId", value: "key" },
      operations: {
        list: null,
        get: { method: "POST", path: "/v2/keys.getKey", body: { keyId: "{keyId}" } },
        update: { method: "POST", path: "/v2/keys.updateKey", body: { keyId: "{keyId}" } },
        revoke: { method: "POST", path: "/v2/keys.deleteKey", body: { keyId: "{keyId}" } },
      },
    });
  });

  it("is read where the value is the only name of a key", () => {
    const definition = defined((document) => {
      const { post } = document.paths["/keys"] as { post: object };
      const listed = {
        200: content({ type: "array", items: { type: "object", properties: { key: text, note: text } } }),
      };
      return {
        ...document,
        paths: {
          "/1/keys": { post: { ...post, responses: made({ key: text }) }, get: { responses: listed } },
          "/1/keys/{key}": { delete: { responses: {} } },
        },
      };
    });
    expect(definition).toMatchObject({
      fields: { id: { wire: { field: "value", digest: true } }, value: "key" },
      operations: { revoke: { path: "/1/keys/{value}" } },
    });
  });

  it("is read where requests take the whole object of responses", () => {
    const key = {
      id: text,
      name: text,
      role: text,
      createdAt: text,
      prefix: { ...text, description: "Its first bytes." },
      key: text,
    };
    const definition = defined((document) => {
      document.components.schemas.Key = { type: "object", properties: key };
      const whole = { type: "object", properties: { apiKey: { type: "object", properties: key } } };
      document.paths["/accounts/{apiKey.accountId}/keys"] = {
        post: {
          requestBody: content(whole),
          responses: made({ apiKey: { type: "object", properties: key } }),
        },
      };
      document.paths["/accounts/{accountId}/keys/{id}"] = document.paths["/keys/{id}"] ?? {};
      const { "/keys": _, "/keys/{id}": __, ...paths } = document.paths;
      return { ...document, paths };
    });
    expect(definition).toMatchObject({
      path: "/accounts/{accountId}/keys",
      pathParameters: { accountId: {} },
      bodyEnvelope: "/apiKey",
      fields: { role: { input: "optional" }, prefix: "prefix", createdAt: "createdAt", value: "key" },
    });
    expect(definition.fields).not.toHaveProperty("keyPrefix");
  });

  it("is asked for where the request to create may be anything", () => {
    const document = keyDocument();
    Object.assign(document.paths["/keys"]?.post ?? {}, { requestBody: content({}) });
    const { definition, questions } = draft(file("anything.json", document));
    expect(definition.fields).toEqual({ value: "secret", createdAt: "created_at" });
    expect(questions).toContain(
      "fields.name: The document does not say what the request to create takes. Is a name all of it? Assumed: yes, as name.",
    );
  });

  it.each([
    [[{ url: "https://{appId}.acme.dev", variables: { appId: { default: "YOUR_APP_ID" } } }], undefined],
    [[{ url: "/api" }], undefined],
    [[{ url: "https://agent.acme.dev" }, { url: "https://api.acme.dev/v1/" }], "https://api.acme.dev/v1"],
    [[{ url: "https://{region}.acme.dev", variables: { region: { default: "eu" } } }], "https://eu.acme.dev"],
  ])("is asked for where servers are %j", (servers, baseUrl) => {
    const { definition, questions } = draft(file("servers.json", { ...keyDocument(), servers }));
    expect(definition.baseUrl).toBe(baseUrl);
    expect(questions).toContainEqual(expect.stringMatching(/^baseUrl: /));
  });
});
