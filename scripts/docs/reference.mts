/** The parts of a JSON Schema that the reference reads. */
export interface Schema {
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
}

/** A table of the reference: what it is headed, and which part of the schema it tells of. */
interface Section {
  readonly title: string;
  readonly intro?: string;
  readonly schema: Schema;
  /** Properties that another table tells of. */
  readonly without?: readonly string[];
}

/** The reference of a definition: a table for each object in it, from what its schema says. */
export function reference(root: Schema): string {
  return sections(inline(root, root.$defs ?? {}))
    .map(table)
    .join("\n\n");
}

/**
 * The schema with every part in its place, that others share.
 *
 * @param within names of the shared parts that this one is in: JSON may hold JSON
 */
function inline<Part>(
  part: Part,
  shared: Readonly<Record<string, Schema>>,
  within: readonly string[] = [],
): Part {
  if (Array.isArray(part)) return part.map((item) => inline(item, shared, within)) as Part;
  if (typeof part !== "object" || part === null) return part;
  const { $ref = "", ...own } = part as Schema;
  const name = $ref.replace("#/$defs/", "");
  const referred = within.includes(name) ? {} : shared[name];
  const entries = Object.entries({ ...referred, ...own });
  return Object.fromEntries(
    entries.map(([key, value]) => [key, inline(value, shared, [...within, name])]),
  ) as Part;
}

function sections(root: Schema): Section[] {
  const field = objectIn(property(root, "fields").additionalProperties as Schema);
  const operations = objectIn(property(root, "operations"));
  const of = (name: string) => objectIn(property(operations, name));
  const common = Object.keys(of("revoke").properties ?? {}).filter((name) => name !== "confirm");
  const specific = (name: string, intro: string): Section => ({
    title: `operations.${name}`,
    intro,
    schema: of(name),
    without: common,
  });
  const schemes = choicesIn(property(root, "auth"));
  const styles = choicesIn(property(of("list"), "pagination"));
  const place = property(perOperation(field), "created");
  return [
    { title: "A definition", schema: root },
    {
      title: "fields.&lt;name&gt;",
      intro: "A text in its place says `wire` alone; null takes a field away.",
      schema: field,
    },
    {
      title: "fields.&lt;name&gt;.wire",
      intro: "A text in its place stands for all of them.",
      schema: perOperation(field),
    },
    {
      title: "Places in answers",
      intro:
        "A text is a property's name, or a JSON Pointer where it begins with `/`. An object is one of these forms.",
      schema: together(formsIn(place)),
    },
    {
      title: "Conditions",
      intro:
        "For `success`, `notFound` and `unauthorized`. `when` and `only` have no `status`: they judge the key's own object.",
      schema: objectIn(property(root, "success")),
    },
    {
      title: "pathParameters.&lt;name&gt;",
      schema: objectIn(property(root, "pathParameters").additionalProperties as Schema),
    },
    { title: "operations", schema: operations },
    { title: "Every operation", schema: of("revoke"), without: ["confirm"] },
    specific("create", "Beside what every operation has; `rotate` has the same."),
    specific("list", "Beside what every operation has."),
    specific("get", "Beside what every operation has."),
    specific(
      "update",
      "Beside what every operation has; a list of them where fields are changed by different requests.",
    ),
    specific("revoke", "Beside what every operation has."),
    ...styles.map((schema) => ({
      title: `pagination, style “${constantOf(schema, "style")}”`,
      schema,
      without: ["style"],
    })),
    ...schemes.map((schema) => ({
      title: `auth, scheme “${constantOf(schema, "scheme")}”`,
      ...(schema.description !== undefined && { intro: schema.description }),
      schema,
      without: ["scheme"],
    })),
    ...nested(schemes, "login", ["login", "refresh", "send"]),
    { title: "errors[]", schema: property(root, "errors").items ?? {} },
    { title: "tenant", schema: objectIn(property(root, "tenant")) },
  ];
}

/** The form of a field's wire that says each operation's place. */
function perOperation(field: Schema): Schema {
  const forms = formsIn(property(field, "wire"));
  const found = forms.find(({ properties }) => properties?.created);
  if (!found) throw new Error("The schema of wire has no form with created any more.");
  return found;
}

/** Objects within a way to authenticate that have several properties of their own. */
function nested(schemes: readonly Schema[], scheme: string, names: readonly string[]): Section[] {
  const found = schemes.find((schema) => constantOf(schema, "scheme") === scheme) ?? {};
  return names.map((name) => {
    const schema = property(found, name);
    const intro = schema.description;
    return {
      title: `auth, ${scheme}: ${name}`,
      ...(intro !== undefined && { intro }),
      schema: objectIn(schema),
    };
  });
}

function table({ title, intro, schema, without = [] }: Section): string {
  const rows = Object.entries(schema.properties ?? {})
    .filter(([name]) => !without.includes(name))
    .map(([name, part]) => `| \`${name}\` | ${takes(part)} | ${meaning(name, part, schema)} |`);
  const head = ["| property | takes | meaning |", "| --- | --- | --- |"];
  const body = rows.length > 0 ? [...head, ...rows] : ["It has no other properties."];
  return [`### ${title}`, ...(intro === undefined ? [] : ["", intro]), "", ...body].join("\n");
}

function meaning(name: string, part: Schema, owner: Schema): string {
  const text = (part.description ?? "").replaceAll("|", "\\|");
  return owner.required?.includes(name) ? `**Required.** ${text}`.trim() : text;
}

function takes(schema: Schema): string {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) {
    const kinds = [...new Set(options.flatMap((option) => takes(option).split(", or ")))];
    return kinds.length > 4 ? "JSON" : kinds.join(", or ");
  }
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  switch (schema.type) {
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "integer":
      return "whole number";
    case "array":
      return `list of ${takes(schema.items ?? {})}`;
    case "object":
      return "object";
    case "number":
    case "null":
      return schema.type;
    default:
      return "JSON";
  }
}

function property(schema: Schema, name: string): Schema {
  const found = schema.properties?.[name];
  if (!found) throw new Error(`The schema has no ${name} any more.`);
  return found;
}

/** The one object among the forms that a part may take. */
function objectIn(schema: Schema): Schema {
  if (schema.properties) return schema;
  for (const option of schema.anyOf ?? schema.oneOf ?? []) {
    const found = option.properties ? option : (option.anyOf ?? option.oneOf) ? objectIn(option) : undefined;
    if (found?.properties) return found;
  }
  return {};
}

/** The objects that a part may be, each with a constant that tells them apart. */
function choicesIn(schema: Schema): readonly Schema[] {
  const options = schema.anyOf ?? schema.oneOf ?? [];
  return options.flatMap((option) =>
    option.properties ? [option] : option.type === "array" ? [] : choicesIn(option),
  );
}

function formsIn(schema: Schema): readonly Schema[] {
  return (schema.anyOf ?? schema.oneOf ?? []).filter(({ properties }) => properties);
}

/** Several objects as one, for a table of all their properties. */
function together(schemas: readonly Schema[]): Schema {
  return { properties: Object.assign({}, ...schemas.map(({ properties }) => properties)) };
}

function constantOf(schema: Schema, name: string): string {
  const { const: constant, enum: names } = property(schema, name);
  return String(constant ?? names?.[0]);
}
