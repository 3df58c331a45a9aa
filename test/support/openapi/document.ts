import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dereferenceSync } from "dereference-json-schema";
import { documents, type Expected, parameterOf } from "./expected";
import type { Schema } from "./samples";

export interface MediaType {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

export interface Answer {
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}

export interface DocumentOperation {
  operationId?: string;
  parameters?: Parameter[] | undefined;
  readonly security?: readonly SecurityRequirement[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export interface SecurityScheme {
  readonly type: string;
  readonly scheme?: string;
  readonly in?: string;
  readonly name?: string;
}

/** An OpenAPI document of version 3.1, in which every reference is replaced by what it names. */
export interface ApiDocument {
  readonly servers?: readonly { readonly url: string }[];
  readonly security?: readonly SecurityRequirement[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
}

const methods = ["get", "post", "put", "patch", "delete"];

/** Reads a vendor's document, with the one parameter that people know of and it does not declare. */
export async function documentOf(vendor: string, expected: Expected): Promise<ApiDocument> {
  const written = JSON.parse(readFileSync(join(documents, `${vendor}.json`), "utf8"), withoutIdleNullable);
  const document = withPlainVariables(dereferenceSync(await ofVersion31(written)) as ApiDocument);
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = operations[method];
      if (operation) operation.operationId ??= `${method} ${path}`;
    }
  }
  declareThePage(document, expected);
  return document;
}

/** Without a type everything is allowed, null as well; validators refuse to hear it twice. */
function withoutIdleNullable(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("nullable" in value) || "type" in value) return value;
  const { nullable, ...rest } = value;
  return rest;
}

/** Calls a variable such as {key.accountId} by its last name, as the document itself does elsewhere. */
function withPlainVariables(document: ApiDocument): ApiDocument {
  const paths: Record<string, Readonly<Record<string, DocumentOperation>>> = {};
  for (const [path, operations] of Object.entries(document.paths)) {
    const plain = path.replaceAll(/\{[\w.]+\.(\w+)\}/g, "{$1}");
    for (const operation of plain === path ? [] : Object.values(operations)) {
      operation.parameters = operation.parameters?.map((parameter) =>
        parameter.in === "path" ? { ...parameter, name: parameter.name.split(".").at(-1) ?? "" } : parameter,
      );
    }
    paths[plain] = { ...paths[plain], ...operations };
  }
  return { ...document, paths };
}

/** All versions in the form of 3.1, whose schemas are those of JSON Schema that validators know. */
async function ofVersion31(document: {
  readonly swagger?: string;
  readonly openapi?: string;
}): Promise<object> {
  const { upgradeFromTwoToThree } = await import("@scalar/openapi-upgrader/2.0-to-3.0");
  const { upgradeFromThreeToThreeOne } = await import("@scalar/openapi-upgrader/3.0-to-3.1");
  const ofVersion3 = document.swagger === "2.0" ? upgradeFromTwoToThree(document) : document;
  return upgradeFromThreeToThreeOne(ofVersion3);
}

/** Some answer with the number of a page that no parameter asks for. */
function declareThePage(document: ApiDocument, { list, pagination }: Expected): void {
  const [method = "", path = ""] = list.split(" ");
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation || !pagination) return;
  const name = parameterOf(pagination);
  const declared = operation.parameters ?? [];
  if (declared.some((parameter) => parameter.name === name)) return;
  operation.parameters = [...declared, { name, in: "query", schema: { type: "string" } }];
}
