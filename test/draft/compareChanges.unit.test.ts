import { compareWith, type Difference } from "../../draft/compare";
import { documentFolder } from "../support/keyDocument";
import { catalogCases } from "../support/openapi/catalogCases";
import {
  editedDocument,
  members,
  operationPart,
  partOf,
  rename,
  take,
} from "../support/openapi/editedDocument";
import type { Tree } from "../support/openapi/places";

const { file, remove } = documentFolder();
afterAll(remove);

const keys = "/organization/admin_api_keys";
const body = ["requestBody", "content", "application/json", "schema"];
const projectKeys = "/admin/projects/{project_id}/api-keys";

/** What a newer document of a vendor has otherwise, and what is told of it. */
const changes: readonly {
  readonly what: string;
  readonly vendor: string;
  readonly edit: (document: Tree) => void;
  readonly told: readonly Difference[];
}[] = [
  // access
  {
    what: "requests authenticate otherwise",
    vendor: "openai",
    edit: (document) => {
      partOf(document, "components", "securitySchemes").AdminApiKeyAuth = {
        type: "apiKey",
        in: "header",
        name: "X-Admin-Key",
      };
    },
    told: [
      {
        matters: true,
        says: "Requests authenticate by the header X-Admin-Key; the definition does so by a bearer token.",
        means: "Every request would be refused.",
        pointer: "/components/securitySchemes/AdminApiKeyAuth",
      },
    ],
  },
  {
    what: "the API is at another host",
    vendor: "openai",
    edit: (document) => {
      document.servers = [{ url: "https://api.openai.example/v1" }];
    },
    told: [
      {
        matters: true,
        says: "The API is at https://api.openai.example/v1; the definition sends requests to https://api.openai.com/v1.",
        means: "Every request would go to an address that the document does not have.",
        pointer: "/servers/0",
      },
    ],
  },
  {
    what: "the API is at another base path",
    vendor: "openai",
    edit: (document) => {
      document.servers = [{ url: "https://api.openai.com/v2" }];
    },
    told: [
      {
        matters: true,
        says: "The API is at https://api.openai.com/v2; the definition sends requests to https://api.openai.com/v1.",
        means: "Every request would go to an address that the document does not have.",
        pointer: "/servers/0",
      },
    ],
  },
  {
    what: "the API is at another base path, of which the definition's paths have a part",
    vendor: "harbor",
    edit: (document) => {
      document.basePath = "/api/v3.0";
    },
    told: [
      {
        matters: true,
        says: "The API is at https://localhost/api/v3.0; the definition begins paths as in /api/v2.0/robots.",
        means: "Every request would go to an address that the document does not have.",
        pointer: "/host",
      },
    ],
  },
  {
    what: "a constant header has another value",
    vendor: "pinecone",
    edit: (document) => {
      operationPart(document, `post ${projectKeys}`, "parameters", "0", "schema").default = "2027-01";
    },
    told: [
      {
        matters: true,
        says: "create: the header X-Pinecone-Api-Version is 2027-01; the definition sends 2026-04.",
        means: "The vendor may refuse requests, or answer in another form than the document says.",
        pointer: "/paths/~1admin~1projects~1{project_id}~1api-keys/post/parameters/0",
      },
    ],
  },
  {
    what: "a header is new and required",
    vendor: "resend",
    edit: (document) => {
      operationPart(document, "post /api-keys").parameters = [
        { name: "X-Region", in: "header", required: true, schema: { type: "string" } },
      ];
    },
    told: [
      {
        matters: true,
        says: "create: the request needs the header X-Region, which the definition does not send.",
        means: "A create would be refused.",
        pointer: "/paths/~1api-keys/post/parameters/0",
      },
    ],
  },
  {
    what: "a parameter is new and required",
    vendor: "resend",
    edit: (document) => {
      operationPart(document, "delete /api-keys/{api_key_id}").parameters = [
        { name: "reason", in: "query", required: true, schema: { type: "string" } },
      ];
    },
    told: [
      {
        matters: true,
        says: "revoke: the request needs the query parameter reason, which the definition does not send.",
        means: "A revocation would be refused.",
        pointer: "/paths/~1api-keys~1{api_key_id}/delete/parameters/0",
      },
    ],
  },
  // operations
  {
    what: "an operation is gone",
    vendor: "openai",
    edit: (document) => take(partOf(document, "paths", `${keys}/{key_id}`), "delete"),
    told: [
      {
        matters: true,
        says: "revoke: the document has no DELETE /organization/admin_api_keys/{keyId}; this path has GET.",
        means: "Keys could not be revoked, and would stay alive.",
        pointer: "/paths/~1organization~1admin_api_keys~1{key_id}/get",
      },
    ],
  },
  {
    what: "an operation has another method and path",
    vendor: "openai",
    edit: (document) => {
      const item = partOf(document, "paths", `${keys}/{key_id}`);
      partOf(document, "paths")[`${keys}/{key_id}/revoke`] = { post: item.delete };
      delete item.delete;
    },
    told: [
      {
        matters: true,
        says: "revoke: the document has no DELETE /organization/admin_api_keys/{keyId}; this path has GET. It may be POST /organization/admin_api_keys/{key_id}/revoke now.",
        means: "Keys could not be revoked, and would stay alive.",
        pointer: "/paths/~1organization~1admin_api_keys~1{key_id}~1revoke/post",
      },
    ],
  },
  {
    what: "an operation has another method",
    vendor: "resend",
    edit: (document) => rename(partOf(document, "paths", "/api-keys/{api_key_id}"), "patch", "put"),
    told: [
      {
        matters: true,
        says: "update: the document has no PATCH /api-keys/{keyId}; this path has PUT and DELETE. It may be PUT /api-keys/{api_key_id} now.",
        means: "A change of a key's fields would fail.",
        pointer: "/paths/~1api-keys~1{api_key_id}/put",
      },
    ],
  },
  {
    what: "the collection has another path",
    vendor: "openai",
    edit: (document) => {
      rename(partOf(document, "paths"), keys, "/organization/api_keys");
      rename(partOf(document, "paths"), `${keys}/{key_id}`, "/organization/api_keys/{key_id}");
    },
    told: [
      {
        matters: true,
        says: "create: the document has no POST /organization/admin_api_keys. It may be POST /organization/api_keys now.",
        means: "No key could be created, and none replaced or renewed.",
        pointer: "/paths/~1organization~1api_keys/post",
      },
      {
        matters: true,
        says: "list: the document has no GET /organization/admin_api_keys. It may be GET /organization/api_keys now.",
        means:
          "Keys could not be listed: lookups and audits would fail, and a refresh where nothing else reads a key.",
        pointer: "/paths/~1organization~1api_keys/get",
      },
      {
        matters: true,
        says: "get: the document has no GET /organization/admin_api_keys/{keyId}. It may be GET /organization/api_keys/{key_id} now.",
        means: "Keys could not be read: a refresh would fail.",
        pointer: "/paths/~1organization~1api_keys~1{key_id}/get",
      },
      {
        matters: true,
        says: "revoke: the document has no DELETE /organization/admin_api_keys/{keyId}. It may be DELETE /organization/api_keys/{key_id} now.",
        means: "Keys could not be revoked, and would stay alive.",
        pointer: "/paths/~1organization~1api_keys~1{key_id}/delete",
      },
    ],
  },
  // requests
  {
    what: "an input is gone",
    vendor: "resend",
    edit: (document) => take(members(document, "CreateApiKeyRequest"), "domain_id"),
    told: [
      {
        matters: true,
        says: "create: the request has no domain_id, in which the definition sends domainId.",
        means: "A create that sets domainId would be refused, or would not set it.",
        pointer: "/components/schemas/CreateApiKeyRequest",
      },
    ],
  },
  {
    what: "an input is new and required",
    vendor: "openai",
    edit: (document) => {
      const request = operationPart(document, `post ${keys}`, ...body);
      request.required = ["name", "owner"];
      partOf(request, "properties").owner = { type: "string" };
    },
    told: [
      {
        matters: true,
        says: "create: the request needs owner, which the definition does not send.",
        means: "A create would be refused.",
        pointer:
          "/paths/~1organization~1admin_api_keys/post/requestBody/content/application~1json/schema/properties/owner",
      },
    ],
  },
  {
    what: "an optional input is required",
    vendor: "openai",
    edit: (document) => {
      operationPart(document, `post ${keys}`, ...body).required = ["name", "expires_in_seconds"];
    },
    told: [
      {
        matters: true,
        says: "create: the request needs expires_in_seconds, which the definition leaves to the program.",
        means: "A create without expiresAt would be refused.",
        pointer:
          "/paths/~1organization~1admin_api_keys/post/requestBody/content/application~1json/schema/properties/expires_in_seconds",
      },
    ],
  },
  {
    what: "an input is new and optional",
    vendor: "openai",
    edit: (document) => {
      partOf(operationPart(document, `post ${keys}`, ...body), "properties").tags = { type: "array" };
    },
    told: [
      {
        matters: false,
        says: "create: the request can also have tags, which the definition leaves out.",
        pointer:
          "/paths/~1organization~1admin_api_keys/post/requestBody/content/application~1json/schema/properties/tags",
      },
    ],
  },
  {
    what: "values of an input are gone and new",
    vendor: "resend",
    edit: (document) => {
      partOf(members(document, "CreateApiKeyRequest"), "permission").enum = ["full_access", "domain_access"];
    },
    told: [
      {
        matters: true,
        says: 'create: permission cannot be "sending_access".',
        means: 'A create with permission "sending_access" would be refused.',
        pointer: "/components/schemas/CreateApiKeyRequest/properties/permission",
      },
      {
        matters: false,
        says: 'create: permission can also be "domain_access".',
        pointer: "/components/schemas/CreateApiKeyRequest/properties/permission",
      },
    ],
  },
  {
    what: "values of a list in an update are gone",
    vendor: "pinecone",
    edit: (document) => {
      partOf(members(document, "UpdateAPIKeyRequest"), "roles", "items")["x-enum"] = [
        "ProjectEditor",
        "ProjectViewer",
        "ControlPlaneEditor",
        "ControlPlaneViewer",
        "DataPlaneEditor",
      ];
    },
    told: [
      {
        matters: true,
        says: 'update: roles cannot be "DataPlaneViewer".',
        means: 'An update with roles "DataPlaneViewer" would be refused.',
        pointer: "/components/schemas/UpdateAPIKeyRequest/properties/roles/items",
      },
    ],
  },
  {
    what: "an update lacks a field",
    vendor: "pinecone",
    edit: (document) => take(members(document, "UpdateAPIKeyRequest"), "roles"),
    told: [
      {
        matters: true,
        says: "update: the request has no roles, in which the definition sends roles.",
        means: "An update that sets roles would be refused, or would not set it.",
        pointer: "/components/schemas/UpdateAPIKeyRequest",
      },
    ],
  },
  {
    what: "a text has to be shorter",
    vendor: "pinecone",
    edit: (document) => {
      partOf(members(document, "CreateAPIKeyRequest"), "name").maxLength = 40;
    },
    told: [
      {
        matters: true,
        says: "create: name has at most 40 characters; the definition allows 80.",
        means: "A create with a longer name would be refused.",
        pointer: "/components/schemas/CreateAPIKeyRequest/properties/name",
      },
    ],
  },
  {
    what: "the expiry is asked for as a moment",
    vendor: "openai",
    edit: (document) => {
      partOf(operationPart(document, `post ${keys}`, ...body), "properties").expires_in_seconds = {
        type: "string",
        format: "date-time",
      };
    },
    told: [
      {
        matters: true,
        says: "create: the request has expires_in_seconds as string; the definition sends expiresAt as lifetime-seconds.",
        means: "A create that sets expiresAt would be refused, or would set something else.",
        pointer:
          "/paths/~1organization~1admin_api_keys/post/requestBody/content/application~1json/schema/properties/expires_in_seconds",
      },
    ],
  },
  {
    what: "the expiry is asked for in another unit",
    vendor: "harbor",
    edit: (document) => {
      partOf(document, "definitions", "RobotCreate", "properties", "duration").description =
        "The duration of the robot in hours";
    },
    told: [
      {
        matters: true,
        says: "create: the request has duration as lifetime-hours; the definition sends expiresAt as lifetime-days.",
        means: "A create that sets expiresAt would be refused, or would set something else.",
        pointer: "/definitions/RobotCreate/properties/duration",
      },
    ],
  },
  {
    what: "the request is a form",
    vendor: "resend",
    edit: (document) =>
      rename(
        operationPart(document, "post /api-keys", "requestBody", "content"),
        "application/json",
        "application/x-www-form-urlencoded",
      ),
    told: [
      {
        matters: true,
        says: "create: the request's body is a form; the definition sends JSON.",
        means: "A create would be refused.",
        pointer: "/paths/~1api-keys/post/requestBody",
      },
    ],
  },
  {
    what: "the request has no body",
    vendor: "resend",
    edit: (document) => take(operationPart(document, "post /api-keys"), "requestBody"),
    told: [
      {
        matters: true,
        says: "create: the request has no body, in which the definition sends name.",
        means: "A create would be refused, or would have no effect.",
        pointer: "/paths/~1api-keys/post",
      },
    ],
  },
  {
    what: "what each request sends is not allowed",
    vendor: "harbor",
    edit: (document) => {
      partOf(document, "definitions", "RobotCreate", "properties", "level").enum = ["project"];
    },
    told: [
      {
        matters: true,
        says: 'create: level is one of "project"; the definition sends "system".',
        means: "A create would be refused.",
        pointer: "/definitions/RobotCreate/properties/level",
      },
    ],
  },
  // responses
  {
    what: "the list has another envelope",
    vendor: "openai",
    edit: (document) => rename(members(document, "ApiKeyList"), "data", "keys"),
    told: [
      {
        matters: true,
        says: "list: the response has no list of keys at /data. It may be at /keys now.",
        means: "No key would be found: lookups, audits and refreshes would fail.",
        pointer: "/components/schemas/ApiKeyList",
      },
    ],
  },
  {
    what: "the new key has another envelope",
    vendor: "pinecone",
    edit: (document) => rename(members(document, "APIKeyWithSecret"), "key", "api_key"),
    told: [
      {
        matters: true,
        says: "create: the response has no key at /key. It may be at /api_key now.",
        means: "New keys would have no id, and could not be revoked.",
        pointer: "/components/schemas/APIKeyWithSecret",
      },
    ],
  },
  {
    what: "the value is elsewhere",
    vendor: "openai",
    edit: (document) =>
      rename(
        partOf(document, "components", "schemas", "AdminApiKeyCreateResponse", "allOf", "1", "properties"),
        "value",
        "secret_key",
      ),
    told: [
      {
        matters: true,
        says: "create: the response has no value, where the definition reads value. It may be secret_key now.",
        means: "New keys would get no value.",
        pointer: "/components/schemas/AdminApiKeyCreateResponse/allOf/1/properties/secret_key",
      },
    ],
  },
  {
    what: "the id is elsewhere",
    vendor: "openai",
    edit: (document) => rename(members(document, "AdminApiKey"), "id", "key_id"),
    told: [
      {
        matters: true,
        says: "create: the response has no id, where the definition reads id.",
        means: "New keys would have no id, and could not be revoked.",
        pointer: "/components/schemas/AdminApiKeyCreateResponse",
      },
      {
        matters: true,
        says: "list: the response has no id, where the definition reads id.",
        means: "No listed key could be told from another: lookups, audits and refreshes would fail.",
        pointer: "/components/schemas/AdminApiKey",
      },
    ],
  },
  {
    what: "the id is of another type",
    vendor: "harbor",
    edit: (document) => {
      partOf(document, "definitions", "Robot", "properties", "id").type = "string";
    },
    told: [
      {
        matters: true,
        says: "list: the response has id as string; the definition reads id as integer.",
        means: "The id of a key would be read wrongly, or not at all.",
        pointer: "/definitions/Robot/properties/id",
      },
    ],
  },
  {
    what: "a rotation does not tell the value",
    vendor: "digitalocean",
    edit: (document) => take(members(document, "apiAgentAPIKeyInfo"), "secret_key"),
    told: [
      {
        matters: true,
        says: "create: the response has no secret_key, where the definition reads value.",
        means: "New keys would get no value.",
        pointer: "/components/schemas/apiAgentAPIKeyInfo",
      },
      {
        matters: true,
        says: "rotate: the response has no secret_key, where the definition reads value.",
        means: "A rotated key would get no new value.",
        pointer: "/components/schemas/apiAgentAPIKeyInfo",
      },
    ],
  },
  {
    what: "an output is gone",
    vendor: "openai",
    edit: (document) => take(members(document, "AdminApiKey"), "redacted_value"),
    told: [
      {
        matters: true,
        says: "No response has redacted_value, where the definition reads redactedValue.",
        means: "The output redactedValue of keys would be missing.",
        pointer: "/components/schemas/AdminApiKeyCreateResponse",
      },
    ],
  },
  {
    what: "no response tells an input",
    vendor: "pinecone",
    edit: (document) => take(members(document, "APIKey"), "roles"),
    told: [
      {
        matters: true,
        says: "No response has roles, where the definition reads roles.",
        means: "A change of roles at the vendor would not be noticed.",
        pointer: "/components/schemas/APIKey",
      },
    ],
  },
  {
    what: "what a condition is about is gone",
    vendor: "digitalocean",
    edit: (document) => take(members(document, "apiAgentAPIKeyInfo"), "deleted_at"),
    told: [
      {
        matters: true,
        says: "No response has /deleted_at, where the definition reads active.",
        means: "The output active of keys would be missing.",
        pointer: "/components/schemas/apiAgentAPIKeyInfo",
      },
    ],
  },
  {
    what: "the expiry is told in another form",
    vendor: "openai",
    edit: (document) => {
      members(document, "AdminApiKey").expires_at = { type: "string", format: "date-time" };
    },
    told: [
      {
        matters: true,
        says: "create: the response has expires_at as string; the definition reads expiresAt as epoch-seconds.",
        means: "The expiresAt of a key would be read wrongly, or not at all.",
        pointer: "/components/schemas/AdminApiKey/properties/expires_at",
      },
    ],
  },
  // pages
  {
    what: "pages are asked for by another parameter",
    vendor: "openai",
    edit: (document) => {
      operationPart(document, `get ${keys}`, "parameters", "0").name = "cursor";
    },
    told: [
      {
        matters: true,
        says: "list: the request has no after, by which the definition asks for a page.",
        means: "Only the first page of keys would be read: others would pass for gone.",
        pointer: "/paths/~1organization~1admin_api_keys/get",
      },
    ],
  },
  {
    what: "the next page is told elsewhere",
    vendor: "openai",
    edit: (document) => rename(members(document, "ApiKeyList"), "last_id", "next"),
    told: [
      {
        matters: true,
        says: "list: the response has no /last_id, which tells of further pages.",
        means: "Only the first page of keys would be read: others would pass for gone.",
        pointer: "/components/schemas/ApiKeyList",
      },
    ],
  },
  {
    what: "a page holds fewer keys",
    vendor: "clerk",
    edit: (document) => {
      operationPart(document, "get /api_keys", "parameters", "3", "schema").maximum = 50;
    },
    told: [
      {
        matters: true,
        says: "list: limit is at most 50; the definition sends 100.",
        means: "A list would be refused, or would get fewer keys than it asks for.",
        pointer: "/paths/~1api_keys/get/parameters/3",
      },
    ],
  },
  {
    what: "the list comes in pages",
    vendor: "pinecone",
    edit: (document) => {
      operationPart(document, `get ${projectKeys}`).parameters = [
        ...Object.values(operationPart(document, `get ${projectKeys}`, "parameters")),
        { name: "pagination_token", in: "query", schema: { type: "string" } },
        { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } },
      ];
      members(document, "ListApiKeysResponse").pagination = {
        type: "object",
        properties: { next: { type: "string" } },
      };
    },
    told: [
      {
        matters: true,
        says: "list: keys come in pages, asked for by pagination_token; the definition asks for one.",
        means: "Only the first page of keys would be read: others would pass for gone.",
        pointer: "/paths/~1admin~1projects~1{project_id}~1api-keys/get/parameters/2",
      },
    ],
  },
];

describe("a newer document of a vendor of the catalog", () => {
  it.each(changes)("is told of when $what ($vendor)", ({ vendor, edit, told }) => {
    const definition = catalogCases.find(({ service }) => service === vendor)?.definition;
    if (!definition) throw new Error(`${vendor} is not in the catalog.`);
    const differences = (change: (document: Tree) => void) =>
      compareWith(definition, file(`${vendor}.json`, editedDocument(vendor, change))).differences;
    const before = differences(() => {}).map(({ says }) => says);
    expect(differences(edit).filter(({ says }) => !before.includes(says))).toEqual(told);
  });
});
