import type { ServiceDefinition } from "../../provider/definition/definition";
import { templateVariables } from "../../provider/json/templates";
import type { Operation } from "../document/operation";
import type { Schema } from "../document/schema";
import { isVariable, segmentsOf, variableName } from "../find/paths";
import { plain } from "../find/words";
import { change, type Difference, news } from "./difference";
import { otherForm, usualForm } from "./forms";
import type { Pair } from "./operations";
import { placeIn } from "./schemaPlace";
import { type Sent, sentBy } from "./sent";

/** What a request to create, update, rotate or revoke has in its body that the document has otherwise. */
export function requestDifferences(
  definition: ServiceDefinition,
  pair: Pair,
  pairs: readonly Pair[],
): Difference[] {
  const { described, role } = pair;
  if (!described) return [];
  const sent = sentBy(definition, pair);
  const { body } = described;
  const refused = role === "create" ? "A create" : `A request to ${role}`;
  if (!body) return bodyGone(pair, sent, refused);
  const { schema } = body;
  // Several requests to one operation may share its fields.
  const others = pairs.filter((other) => other !== pair && other.described === described);
  const elsewhere = others.flatMap((other) => sentBy(definition, other));
  return [
    ...encodingDifference(pair, refused),
    ...sent.flatMap((each) => sentDifferences(each, schema, role, refused)),
    ...(schema
      ? unsent(schema, [], {
          sent,
          elsewhere,
          vendorSet: namesOfVendor(definition, described),
          role,
          refused,
        })
      : []),
  ];
}

function bodyGone({ role, described }: Pair, sent: readonly Sent[], refused: string): Difference[] {
  const names = sent.filter(({ always }) => always).map(({ names }) => names.join("."));
  if (!described || names.length === 0) return [];
  const says = `${role}: the request has no body, in which the definition sends ${names.join(", ")}.`;
  return [change(says, `${refused} would be refused, or would set nothing of it.`, described.pointer)];
}

function encodingDifference({ defined, described, role }: Pair, refused: string): Difference[] {
  const body = described?.body;
  if (!body?.schema || body.encoding === defined.encoding || defined.method === "GET") return [];
  return [
    change(
      `${role}: the request's body is ${body.encoding === "form" ? "a form" : "JSON"}; the definition sends ${defined.encoding === "form" ? "a form" : "JSON"}.`,
      `${refused} would be refused.`,
      body.pointer,
    ),
  ];
}

function sentDifferences(
  { names, field, constant }: Sent,
  body: Schema | undefined,
  role: string,
  refused: string,
): Difference[] {
  const at = names.join(".");
  const found = placeIn(body, names);
  if (found.is === "untold") return [];
  const called = field ? `the field ${field.name}` : JSON.stringify(constant);
  if (found.is === "gone" || found.schema.flag("readOnly")) {
    const pointer = (found.is === "gone" ? found.within : found.schema).pointer;
    const means = field
      ? `${refused} that sets ${field.name} would be refused, or would not set it.`
      : `${refused} may be refused.`;
    return [
      change(
        `${role}: the request takes no ${at} any more, in which the definition sends ${called}.`,
        means,
        pointer,
      ),
    ];
  }
  const { schema } = found;
  if (!field) return constantDifferences(at, constant, schema, role, refused);
  const other = otherForm(
    names.at(-1) ?? "",
    field.of,
    field.of.as?.request ?? usualForm(field.of.type),
    schema,
  );
  if (other)
    return [
      change(
        `${role}: ${at} is now ${other.described}; the definition sends ${field.name} as ${other.defined}.`,
        `${refused} that sets ${field.name} would be refused, or would set something else.`,
        schema.pointer,
      ),
    ];
  return [
    ...valueDifferences(at, field, schema, role, refused),
    ...lengthDifference(at, field, schema, role, refused),
  ];
}

function constantDifferences(
  at: string,
  constant: unknown,
  schema: Schema,
  role: string,
  refused: string,
): Difference[] {
  const { values } = schema;
  if (
    typeof constant === "object" ||
    (typeof constant === "string" && templateVariables(constant).length > 0)
  )
    return [];
  if (!values || values.includes(constant)) return [];
  return [
    change(
      `${role}: ${at} is one of ${listed(values)}; the definition sends ${JSON.stringify(constant)}.`,
      `${refused} would be refused.`,
      schema.pointer,
    ),
  ];
}

/** Texts that a field may be, against those that the document allows. */
function valueDifferences(
  at: string,
  { name, of }: NonNullable<Sent["field"]>,
  schema: Schema,
  role: string,
  refused: string,
): Difference[] {
  const allowed = allowedBy(schema.items) ?? allowedBy(schema);
  const own = of.values ?? of.lifetimes;
  if (!own || !allowed) return [];
  const sent = [...own.values()];
  const gone = sent.filter((value) => !allowed.includes(value));
  const added = allowed.filter((value) => !sent.includes(value));
  const { pointer } = schema.items && allowedBy(schema.items) ? schema.items : schema;
  return [
    ...(gone.length > 0
      ? [
          change(
            `${role}: ${at} can no longer be ${listed(gone)}.`,
            `${refused} with ${name} ${listed(gone)} would be refused.`,
            pointer,
          ),
        ]
      : []),
    ...(added.length > 0 ? [news(`${role}: ${at} can also be ${listed(added)}.`, pointer)] : []),
  ];
}

/** The only values, also as some documents list those to which others may be added. */
function allowedBy(schema: Schema | undefined): readonly unknown[] | undefined {
  const open = schema?.first("x-enum");
  return schema?.values ?? (Array.isArray(open) ? open : undefined);
}

function lengthDifference(
  at: string,
  { name, of }: NonNullable<Sent["field"]>,
  schema: Schema,
  role: string,
  refused: string,
): Difference[] {
  const most = schema.number("maxLength");
  if (of.maxLength === undefined || most === undefined || most >= of.maxLength) return [];
  return [
    change(
      `${role}: ${at} has at most ${most} characters; the definition allows ${of.maxLength}.`,
      `${refused} with a longer ${name} would be refused.`,
      schema.pointer,
    ),
  ];
}

interface Request {
  readonly sent: readonly Sent[];
  /** What other requests of the definition send to the same operation. */
  readonly elsewhere: readonly Sent[];
  /** Members that no program sets, in one spelling. */
  readonly vendorSet: ReadonlySet<string>;
  readonly role: string;
  readonly refused: string;
}

/** Members of the request that the definition does not send, or not always. */
function unsent(schema: Schema, names: readonly string[], request: Request): Difference[] {
  const { sent, elsewhere, vendorSet, role, refused } = request;
  return [...schema.properties].flatMap(([name, member]): Difference[] => {
    if (member.flag("readOnly")) return [];
    const here = [...names, name];
    const at = here.join(".");
    const isHere = (each: Sent) => here.every((part, index) => each.names[index] === part);
    const own = sent.filter(isHere);
    if (own.some((each) => each.names.length > here.length)) return unsent(member, here, request);
    const needed = schema.required.has(name);
    if (own.some(({ always }) => always) || (own.length > 0 && !needed)) return [];
    if (needed) {
      const [first] = own;
      const why = first ? "which the definition leaves to the program" : "which the definition does not send";
      const means = first
        ? `${refused} without ${first.field?.name ?? at} would be refused.`
        : `${refused} would be refused.`;
      return [change(`${role}: the request needs ${at}, ${why}.`, means, member.pointer)];
    }
    if (vendorSet.has(plain(name)) || elsewhere.some(isHere) || (role !== "create" && role !== "update"))
      return [];
    return [
      news(`${role}: the request can also have ${at}, which the definition leaves out.`, member.pointer),
    ];
  });
}

/** What only the vendor tells, and what the path says already: requests often share a schema with responses. */
function namesOfVendor(
  { fields, pathParameters }: ServiceDefinition,
  { path }: Operation,
): ReadonlySet<string> {
  const told = Object.values(fields).flatMap(({ input, wire }) =>
    input === undefined ? [wire.created, wire.read].filter((place) => typeof place === "string") : [],
  );
  const ofPath = segmentsOf(path).filter(isVariable).map(variableName);
  return new Set([...told, ...ofPath, ...Object.keys(pathParameters)].map(plain));
}

function listed(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}
