import { resourceType } from "../../../base/resourceType";
import type { FieldDefinition, ServiceDefinition } from "../../../definition/definition";
import {
  anything,
  type FunctionSchema,
  flag,
  mapOf,
  type Properties,
  type PropertySchema,
  type ResourceSchema,
  type TypeSchema,
  text,
  texts,
} from "./schemaTypes";
import { described, sharedArguments, sharedOutputs, sureOutputs } from "./sharedTypes";
import { fieldTexts, lookupTexts } from "./texts";

/** Fields that keys tell by other names, or not at all. */
const apart: ReadonlySet<string> = new Set(["id", "value", "active"]);

/** What the keys of one service look like to programs. */
export function keySchema(
  packageName: string,
  definition: ServiceDefinition,
  example: string,
  aliases: readonly string[],
): ResourceSchema {
  const { title, fields, pathParameters, kind, operations } = definition;
  const told = Object.entries(fields).filter(([name, field]) => !apart.has(name) && field.volatile !== true);
  const asked = told.filter(([, { input }]) => input !== undefined);
  const updatable = new Set(operations.update.flatMap((update) => update.fields));
  const parents: Properties = Object.fromEntries(
    Object.keys(pathParameters).map((name) => [
      name,
      { ...text, description: textOf(definition, name, undefined), willReplaceOnChanges: true },
    ]),
  );
  const arguments_: Properties = {
    ...parents,
    ...Object.fromEntries(
      asked.map(([name, field]) => {
        // With an overlap, and where the vendor can, the change is made in place: the engine must not replace on its own.
        const replaces = kind === "singleton" && !updatable.has(name);
        const schema = fieldSchema(definition, name, field);
        return [name, replaces ? { ...schema, willReplaceOnChanges: true } : schema];
      }),
    ),
    ...sharedArguments(packageName, fields.expiresAt?.input !== undefined),
  };
  const { adoptValue: _, ...mirrored } = arguments_;
  return {
    description: `Declares an API key of ${title}.\n\n${example}`,
    inputProperties: arguments_,
    requiredInputs: [
      ...Object.keys(pathParameters),
      ...asked.flatMap(([name, { input }]) => (input === "required" && name !== "expiresAt" ? [name] : [])),
    ],
    properties: {
      ...mirrored,
      ...Object.fromEntries(told.map(([name, field]) => [name, fieldSchema(definition, name, field)])),
      ...sharedOutputs(packageName),
    },
    required: [...Object.keys(pathParameters), ...sureOutputs],
    aliases: [resourceType, ...aliases].map((type) => ({ type })),
  };
}

/** The keys of a service that the program names or declares, whose fields no schema can know. */
export function genericSchema(packageName: string, example: string): ResourceSchema {
  const own: Properties = {
    service: {
      ...text,
      description:
        "Name of a built-in service: `xentree`, `applications` or `sendkit`. Default: that of `definition`.",
    },
    definition: {
      ...anything,
      description:
        "Definition of the service, or its JSON as text. docs/define-a-service.md explains it. Default: `service` is built in.",
    },
    fields: {
      ...mapOf(anything),
      description:
        "The vendor's own fields, and path parameters, by the names that the definition gives them.",
    },
  };
  const { adoptValue, ...mirrored } = sharedArguments(packageName, true);
  return {
    description: `Declares an API key of any service.\n\n${example}`,
    inputProperties: { ...own, ...mirrored, adoptValue: adoptValue as PropertySchema },
    requiredInputs: [],
    properties: { ...own, ...mirrored, ...sharedOutputs(packageName) },
    required: sureOutputs,
    aliases: [{ type: resourceType }],
  };
}

/** The functions that look for keys of one service. */
export function lookupSchemas(packageName: string, module: string, definition: ServiceDefinition) {
  const { title, fields, pathParameters } = definition;
  const filters: Record<string, TypeSchema> = {
    connection: text,
    active: flag,
    ...(fields.name && { name: text }),
    ...(fields.prefix && { prefix: text }),
    ...(fields.lastUsedAt && { unusedSince: text }),
    ...(fields.expiresAt && { expiringBefore: text }),
  };
  const parents = Object.fromEntries(
    Object.keys(pathParameters).map((name) => [
      name,
      { ...text, description: textOf(definition, name, undefined) },
    ]),
  );
  const told: Properties = {
    keyId: { ...text, description: "The vendor's id of the key; `adopt` and `pulumi import` take it." },
    status: { ...text, description: "`active`, `revoked` or `expired`." },
    ...parents,
    ...Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) =>
        apart.has(name) ? [] : [[name, fieldSchema(definition, name, { ...field, secret: false })]],
      ),
    ),
  };
  return lookups(
    packageName,
    module,
    title,
    { ...described(lookupTexts, filters), ...parents },
    Object.keys(parents),
    told,
  );
}

/** The functions that look for keys of a service that the program names or declares. */
export function genericLookupSchemas(packageName: string, own: Properties) {
  const { connection, active } = described(lookupTexts, { connection: text, active: flag });
  const inputs = { ...own, connection: connection as PropertySchema, active: active as PropertySchema };
  const { name, prefix, unusedSince, expiringBefore } = described(lookupTexts, {
    ...{ name: text, prefix: text, unusedSince: text, expiringBefore: text },
  });
  const told: Properties = {
    keyId: { ...text, description: "The vendor's id of the key; `adopt` and `pulumi import` take it." },
    status: { ...text, description: "`active`, `revoked` or `expired`." },
    fields: {
      ...mapOf(anything),
      description: "What else the vendor tells of the key, by the definition's names.",
    },
  };
  const all = { ...inputs, name, prefix, unusedSince, expiringBefore } as Properties;
  return lookups(packageName, "index", "any service", all, [], told);
}

function lookups(
  packageName: string,
  module: string,
  title: string,
  filters: Properties,
  required: readonly string[],
  told: Properties,
) {
  const key = `${packageName}:${module}:FoundKey`;
  const one: FunctionSchema = {
    description: `Reads the one key of ${title} that matches, whether Pulumi manages it or not. Each run of the program sends a request, previews included.`,
    inputs: {
      type: "object",
      description: "What to look for. A key has to match all of it.",
      properties: {
        ...filters,
        keyId: {
          ...text,
          description: "The vendor's id of the key. Default: the one key that fits the filters.",
        },
      },
      required,
    },
    outputs: {
      type: "object",
      description: "The key as the vendor has it now, without its value.",
      properties: told,
      required: ["keyId", "status"],
    },
  };
  const many: FunctionSchema = {
    description: `Reads all keys of ${title} that match, whether Pulumi manages them or not. Each run of the program sends a request, previews included.`,
    inputs: {
      type: "object",
      description: "What to look for. Default: every key matches.",
      properties: filters,
      required,
    },
    outputs: {
      type: "object",
      description: "The keys as the vendor has them now, without their values.",
      properties: {
        keys: { type: "array", items: { $ref: `#/types/${key}` }, description: "The keys that match." },
      },
      required: ["keys"],
    },
  };
  return {
    types: {
      [key]: {
        type: "object" as const,
        description: `A key of ${title} as the vendor has it now.`,
        properties: told,
        required: ["keyId", "status"],
      },
    },
    functions: { [`${packageName}:${module}:getApiKey`]: one, [`${packageName}:${module}:getApiKeys`]: many },
  };
}

function fieldSchema(definition: ServiceDefinition, name: string, field: FieldDefinition): PropertySchema {
  return {
    ...typeOf(field),
    description: textOf(definition, name, field),
    ...(field.secret === true && { secret: true }),
  };
}

function typeOf({ type }: FieldDefinition): TypeSchema {
  if (type === "integer" || type === "number" || type === "boolean") return { type };
  if (type === "strings") return texts;
  return type === "json" ? anything : text;
}

/** What a field means: as the vendor's page is quoted, or as far as the definition tells. */
function textOf(
  { name: service, title }: ServiceDefinition,
  name: string,
  field: FieldDefinition | undefined,
): string {
  const written = fieldTexts[service]?.[name];
  if (written !== undefined) return written;
  if (field === undefined) return `The ${name} under which ${title} has the key.`;
  const values =
    field.values === undefined
      ? ""
      : ` One of ${[...field.values.keys()].map((value) => `\`${value}\``).join(", ")}.`;
  const form = field.type === "instant" ? " RFC 3339." : "";
  return `The ${name} of the key at ${title}.${form}${values}`;
}
