/** A schema of OpenAPI 3, of any version, without references. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly minimum?: number;
}

type Extent = "everything" | "required";

/**
 * A value that a schema allows, from its examples where it has some.
 *
 * @param extent whether objects get each property, or only those that may not be missing
 */
export function sample(schema: Schema, extent: Extent = "everything"): unknown {
  const given = schema.const ?? schema.example ?? schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined && !(extent === "required" && isObject(schema))) return structuredClone(given);
  if (isObject(schema)) {
    const required = new Set(requiredOf(schema));
    const properties = Object.entries(propertiesOf(schema)).filter(
      ([name]) => extent === "everything" || required.has(name),
    );
    return Object.fromEntries(properties.map(([name, property]) => [name, sample(property, extent)]));
  }
  const [alternative] = alternativesOf(schema);
  if (alternative) return sample(alternative, extent);
  return plain(schema, extent);
}

function plain(schema: Schema, extent: Extent): unknown {
  switch (typeOf(schema)) {
    case "array":
      return extent === "required" ? [] : [sample(schema.items ?? {}, extent)];
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return false;
    case "null":
      return null;
    default:
      if (schema.format === "uuid") return "123e4567-e89b-42d3-a456-426614174000";
      return schema.format === "date-time" ? "2026-01-01T00:00:00Z" : "text";
  }
}

/** The properties of an object, those of its parts included. */
export function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  const parts = [...(schema.allOf ?? []), ...alternativesOf(schema).slice(0, 1)];
  return Object.assign({}, ...parts.map(propertiesOf), schema.properties);
}

/** The schema at a JSON Pointer; nothing where the schema has no such place. */
export function schemaAt(schema: Schema | undefined, pointer: string): Schema | undefined {
  let found = schema;
  for (const segment of pointer.split("/").slice(1)) {
    found = found && (found.items ?? propertiesOf(found)[segment]);
  }
  return found;
}

/** Whether null is allowed. */
export function isNullable(schema: Schema): boolean {
  const types = [schema.type ?? []].flat();
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return schema.nullable === true || types.includes("null") || alternatives.some(isNullable);
}

/** The one type besides null. */
export function typeOf(schema: Schema): string | undefined {
  const [own] = [schema.type ?? []].flat().filter((type) => type !== "null");
  return own ?? ([schema.type].flat().includes("null") ? "null" : alternativesOf(schema).map(typeOf)[0]);
}

function requiredOf(schema: Schema): readonly string[] {
  return [...(schema.required ?? []), ...(schema.allOf ?? []).flatMap(requiredOf)];
}

function isObject(schema: Schema): boolean {
  return typeOf(schema) === "object" || Object.keys(propertiesOf(schema)).length > 0;
}

function alternativesOf({ oneOf = [], anyOf = [] }: Schema): readonly Schema[] {
  const all = [...oneOf, ...anyOf].filter(({ type }) => type !== "null");
  return all.toSorted((one, other) => Number(hasProperties(other)) - Number(hasProperties(one)));
}

function hasProperties({ properties, allOf }: Schema): boolean {
  return properties !== undefined || allOf !== undefined;
}
