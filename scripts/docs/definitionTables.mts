/** The parts of a JSON Schema that the tables read. */
export interface Schema {
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
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

/** A table of the reference: what it is headed, and which properties it tells of. */
interface Section {
  readonly title: string;
  readonly intro?: string;
  readonly rows: readonly Row[];
}

/** A property, and where it stands where a table tells of several objects. */
interface Row {
  readonly name: string;
  readonly of?: string;
  readonly schema: Schema;
  readonly required?: boolean;
}

/** The reference of a definition: a table for each object in it, from its schema. */
export function definitionTables(root: Schema): string {
  return sections(inline(root, root.$defs ?? {}))
    .map(table)
    .join("\n\n");
}

/**
 * The schema with every shared part put in its place.
 *
 * @param within names of the shared parts around this one, which may refer to themselves
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
  const common = Object.keys(objectIn(property(operations, "remove")).properties ?? {});
  const list = objectIn(property(operations, "list"));
  const schemes = choicesIn(property(root, "auth"));
  const kindOf = (schema: Schema, name: string) => `\`${constantOf(schema, name)}\``;
  const place = property(perOperation(field), "created");
  const pathParameter = objectIn(property(root, "pathParameters").additionalProperties as Schema);
  const errors = property(root, "errors").items ?? {};
  return [
    {
      title: "A definition",
      intro:
        "The six properties that stand in *Every operation* as well are for all operations that do not say otherwise. " +
        "Wherever `evidence` may stand, it says whether the vendor's documentation says so (`documented`, the default) or it is `assumed`.",
      rows: rowsOf(
        root,
        common.filter((name) => name !== "path"),
      ),
    },
    {
      title: "fields.&lt;name&gt;",
      intro: "A text in its place says `wire` alone; null takes a field away.",
      rows: rowsOf(field),
    },
    {
      title: "fields.&lt;name&gt;.wire",
      intro: "A text in its place stands for all of them.",
      rows: rowsOf(perOperation(field)),
    },
    {
      title: "Places in responses",
      intro:
        "A text is a property's name, or a JSON Pointer where it begins with `/`. An object is one of these forms. " +
        "In the response to a login there are `header` and `cookie`.",
      rows: merged([
        ...formsIn(place).map((schema) => ["", schema] as const),
        ...formsIn(property(schemes.find(isLogin) ?? {}, "accessToken")).map(
          (schema) => ["", schema] as const,
        ),
      ]),
    },
    {
      title: "Conditions",
      intro:
        "For `success`, `notFound` and `unauthorized`. `when` and `only` have no `status`: they judge the key's own object.",
      rows: rowsOf(objectIn(property(root, "success"))),
    },
    { title: "pathParameters.&lt;name&gt;", rows: rowsOf(pathParameter) },
    { title: "operations", rows: rowsOf(operations) },
    { title: "Every operation", rows: rowsOf(objectIn(property(operations, "remove"))) },
    {
      title: "Some operations",
      intro: "Beside what every operation has.",
      rows: merged(
        ["create", "rotate", "update", "revoke", "list", "get"].map(
          (name) => [`\`${name}\``, objectIn(property(operations, name))] as const,
        ),
        // Of what every operation has, the list takes one in another form.
        (name, of) => !common.includes(name) || (name === "envelope" && of === "`list`"),
      ),
    },
    {
      title: "operations.list.pagination",
      rows: merged(
        choicesIn(property(list, "pagination")).map((schema) => [kindOf(schema, "style"), schema] as const),
      ),
    },
    {
      title: "auth",
      intro: schemes.map((schema) => `- ${kindOf(schema, "scheme")}: ${schema.description ?? ""}`).join("\n"),
      rows: merged(
        schemes.flatMap((schema) =>
          nested(schema).map(([prefix, part]) => [kindOf(schema, "scheme"), part, prefix] as const),
        ),
      ),
    },
    { title: "errors[]", rows: rowsOf(errors) },
    { title: "tenant", rows: rowsOf(objectIn(property(root, "tenant"))) },
    {
      title: "tenant.whoami",
      rows: rowsOf(objectIn(property(objectIn(property(root, "tenant")), "whoami"))),
    },
  ];
}

/** Properties that tell objects of one table apart. */
const discriminators = ["style", "scheme"];

/** What tables leave out: told once, or for people who read the definition. */
const toldOnce = ["evidence", "description"];

function rowsOf(schema: Schema, without: readonly string[] = []): Row[] {
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => !without.includes(name) && !toldOnce.includes(name))
    .map(([name, part]) => ({
      name,
      schema: part,
      ...(schema.required?.includes(name) && { required: true }),
    }));
}

/** The properties of several objects in one table; those that mean the same are one row. */
function merged(
  objects: readonly (readonly [of: string, schema: Schema, prefix?: string])[],
  isTold: (name: string, of: string) => boolean = () => true,
): Row[] {
  const rows = new Map<string, Row>();
  for (const [of, schema, prefix = ""] of objects) {
    for (const row of rowsOf(schema)) {
      if (!isTold(row.name, of) || discriminators.includes(row.name)) continue;
      const name = prefix + row.name;
      const key = JSON.stringify([name, row.schema.description, of === ""]);
      const earlier = rows.get(key);
      const among = earlier?.of === undefined ? of : `${earlier.of}, ${of}`;
      rows.set(key, { ...row, name, ...(of !== "" && { of: among }) });
    }
  }
  return [...rows.values()];
}

/** A way to authenticate, and the objects within it that have properties of their own, each with what goes before. */
function nested(scheme: Schema): (readonly [prefix: string, schema: Schema])[] {
  const within = ["login", "refresh", "send"].filter((name) => scheme.properties?.[name]);
  return [["", scheme], ...within.map((name) => [`${name}.`, objectIn(property(scheme, name))] as const)];
}

function isLogin(scheme: Schema): boolean {
  return constantOf(scheme, "scheme") === "login";
}

/** The form of a field's `wire` that has a place for each operation. */
function perOperation(field: Schema): Schema {
  const forms = formsIn(property(field, "wire"));
  const found = forms.find(({ properties }) => properties?.created);
  if (!found) throw new Error("The schema of wire has no form with created any more.");
  return found;
}

function table({ title, intro, rows }: Section): string {
  const isOfSeveral = rows.some(({ of }) => of !== undefined);
  const cells = rows.map((row) => [
    `\`${row.name}\``,
    ...(isOfSeveral ? [row.of ?? ""] : []),
    takes(row.schema),
    meaning(row),
  ]);
  const head = ["property", ...(isOfSeveral ? ["of"] : []), "takes", "meaning"];
  const body = [head, head.map(() => "---"), ...cells].map((row) => `| ${row.join(" | ")} |`);
  return [`### ${title}`, ...(intro === undefined ? [] : ["", intro]), "", ...body].join("\n");
}

function meaning({ schema, required }: Row): string {
  const text = (schema.description ?? "").replaceAll("|", "\\|");
  return required ? `**Required.** ${text}`.trim() : text;
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

/** The one object among the forms of a part. */
function objectIn(schema: Schema): Schema {
  if (schema.properties) return schema;
  for (const option of schema.anyOf ?? schema.oneOf ?? []) {
    const found = option.properties ? option : (option.anyOf ?? option.oneOf) ? objectIn(option) : undefined;
    if (found?.properties) return found;
  }
  return {};
}

/** The objects among the forms of a part. A constant tells them apart. */
function choicesIn(schema: Schema): readonly Schema[] {
  const options = schema.anyOf ?? schema.oneOf ?? [];
  return options.flatMap((option) =>
    option.properties ? [option] : option.type === "array" ? [] : choicesIn(option),
  );
}

function formsIn(schema: Schema): readonly Schema[] {
  return (schema.anyOf ?? schema.oneOf ?? []).filter(({ properties }) => properties);
}

function constantOf(schema: Schema, name: string): string {
  const { const: constant, enum: names } = property(schema, name);
  return String(constant ?? names?.[0]);
}
