import { whoamiRequest } from "../../provider/api/operations/whoami";
import { firstQuery } from "../../provider/api/pagination/nextPage";
import { requestOfPage } from "../../provider/api/pagination/pages";
import { variablesOf } from "../../provider/api/variables";
import { type OperationRequest, requestOf, type SentFields } from "../../provider/api/wire/request";
import { instantText } from "../../provider/base/time";
import type { Connection } from "../../provider/connection/connections";
import { credentialsOf, schemeFor } from "../../provider/definition/credentials";
import type {
  AuthDefinition,
  ListDefinition,
  OperationDefinition,
  ServiceDefinition,
} from "../../provider/definition/definition";
import { inputFields } from "../../provider/definition/inputFields";
import { requestTarget } from "../../provider/http/baseUrl";
import { jsonText } from "../../provider/http/json";
import { type Shown, shownCredentials } from "./credentials";
import { placeholder, sampleKeyId } from "./sample";

/** What a dry run needs. */
export interface Example {
  readonly definition: ServiceDefinition;
  /** Default: the definition's own base URL and first scheme are shown. */
  readonly connection: Pick<Connection, "baseUrl" | "credentials"> | undefined;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
}

/** Every request that the definition would send, with names in place of secrets. */
export function dryRun(given: Example): string[] {
  const { definition } = given;
  const example = { ...given, inputs: withoutSecrets(given) };
  const { create, reveal, list, get, update, rotate, revoke, remove } = definition.operations;
  const whoami = definition.tenant?.whoami;
  const settable = inputFields(definition);
  const keyId = sampleKeyId(definition);
  const known = { ...vendorSet(definition), ...example.inputs, value: "[value]", keyId };
  const auth = schemeOf(example);
  const shown = auth ? shownCredentials(auth) : { headers: {}, query: {} };
  const part = (
    name: string,
    operation: OperationDefinition | undefined,
    of: Readonly<Record<string, unknown>> = known,
    sent?: Omit<SentFields, "nowMs">,
  ) => (operation ? [section(name, example, shown, request(example, auth, operation, of, sent))] : []);
  return [
    ...(shown.before ? [section("login", example, { headers: {}, query: {} }, shown.before)] : []),
    ...part("create", create, example.inputs, {
      place: "create",
      names: settable,
      inputs: example.inputs,
    }),
    ...part("reveal", reveal),
    ...(list
      ? [section("list", example, shown, firstPage(list, request(example, auth, list, {}, undefined)))]
      : []),
    ...part("get", get),
    ...update.flatMap((operation) =>
      part(`update of ${operation.fields.join(", ")}`, operation, known, {
        place: "update",
        names: operation.fields,
        inputs: example.inputs,
      }),
    ),
    ...part("rotate", rotate),
    ...part("revoke", revoke),
    ...part("remove", remove),
    ...(whoami ? [section("tenant", example, shown, whoamiRequest(whoami, toldVariables(auth)))] : []),
  ];
}

function firstPage(list: ListDefinition, whole: OperationRequest): OperationRequest {
  const query = (whole.query ?? {}) as Record<string, string>;
  const page = firstQuery({ ...list, query });
  return Object.keys(page).length > 0 ? requestOfPage(list, whole, page) : whole;
}

/** Fields that only the vendor sets, for requests that name a key by one of them. */
function vendorSet({ fields }: ServiceDefinition): Record<string, string> {
  const texts = Object.entries(fields).filter(
    ([, { input, type, volatile }]) => input === undefined && type === "string" && !volatile,
  );
  return Object.fromEntries(texts.map(([name]) => [name, placeholder(name)]));
}

/** The inputs with names in place of secrets. */
function withoutSecrets({ definition, inputs, nowMs }: Example): Example["inputs"] {
  const shown = Object.entries(inputs).map(([name, value]) => {
    const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
    if (!field?.secret) return [name, value];
    return [name, field.type === "instant" ? instantText(nowMs) : `[${name}]`];
  });
  return Object.fromEntries(shown);
}

/** The way to authenticate that the connection's credentials decide, or the first. */
function schemeOf({ definition, connection }: Example): AuthDefinition | undefined {
  return schemeFor(definition.auth, connection?.credentials ?? {}) ?? definition.auth[0];
}

function request(
  { definition, pathParameters, nowMs }: Example,
  auth: AuthDefinition | undefined,
  operation: OperationDefinition,
  known: Readonly<Record<string, unknown>>,
  sent: Omit<SentFields, "nowMs"> | undefined,
): OperationRequest {
  const variables = variablesOf(definition, toldVariables(auth), pathParameters, known, nowMs);
  return requestOf(definition, operation, variables, sent && { ...sent, nowMs });
}

/** Names in place of the credentials, and of what a login captures. */
function toldVariables(auth: AuthDefinition | undefined): Record<string, string> {
  if (!auth) return {};
  const captured = Object.keys(("captures" in auth && auth.captures) || {});
  return Object.fromEntries([...credentialsOf(auth), ...captured].map((name) => [name, placeholder(name)]));
}

function section(
  name: string,
  { connection, definition }: Example,
  { headers, query }: Shown,
  request: Pick<OperationRequest, "method" | "path" | "query" | "headers" | "body" | "encoding">,
): string {
  const base = connection?.baseUrl ?? new URL(definition.baseUrl ?? "https://base-url-of-the-connection");
  const asked = { ...(typeof request.query === "object" ? request.query : {}), ...query };
  const target = requestTarget(base, { path: request.path, query: asked });
  // Brackets mark a name in place of a value.
  const address = `${base.origin}${target.replaceAll(/%5B(\w+)%5D/g, "[$1]")}`;
  const lines = Object.entries({ ...request.headers, ...headers }).map(
    ([key, value]) => `  ${key}: ${value}`,
  );
  const body = request.body === undefined ? [] : bodyLines(request);
  return [`${name}: ${request.method} ${address}`, ...lines, ...body].join("\n");
}

function bodyLines({ body, encoding }: Pick<OperationRequest, "body" | "encoding">): string[] {
  const text = jsonText(body, 2)
    .split("\n")
    .map((line) => `  ${line}`);
  return encoding === "form" ? ["  (as a form)", ...text] : text;
}
