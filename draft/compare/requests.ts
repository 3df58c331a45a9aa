import type { ServiceDefinition } from "../../provider/definition/definition";
import type { Schema } from "../document/schema";
import { change, type Difference } from "./difference";
import { otherForm, usualForm } from "./forms";
import { type Pair, requestNames } from "./operations";
import { placeIn } from "./schemaPlace";
import { type Sent, sentBy } from "./sent";
import { unsent, vendorSet } from "./unsent";
import { constantDifferences, lengthDifference, valueDifferences } from "./values";

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
  const refused = requestNames[role];
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
          vendorSet: vendorSet(definition, described),
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
  return [change(says, `${refused} would be refused, or would have no effect.`, described.pointer)];
}

function encodingDifference({ defined, described, role }: Pair, refused: string): Difference[] {
  const body = described?.body;
  if (!body?.schema || body.encoding === defined.encoding || defined.method === "GET") return [];
  const [is, sends] = body.encoding === "form" ? ["a form", "JSON"] : ["JSON", "a form"];
  const says = `${role}: the request's body is ${is}; the definition sends ${sends}.`;
  return [change(says, `${refused} would be refused.`, body.pointer)];
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
  const called = field ? field.name : JSON.stringify(constant);
  if (found.is === "gone" || found.schema.flag("readOnly")) {
    const pointer = (found.is === "gone" ? found.within : found.schema).pointer;
    const means = field
      ? `${refused} that sets ${field.name} would be refused, or would not set it.`
      : `${refused} may be refused.`;
    return [
      change(`${role}: the request has no ${at}, in which the definition sends ${called}.`, means, pointer),
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
        `${role}: the request has ${at} as ${other.described}; the definition sends ${field.name} as ${other.defined}.`,
        `${refused} that sets ${field.name} would be refused, or would set something else.`,
        schema.pointer,
      ),
    ];
  return [
    ...valueDifferences(at, field, schema, role, refused),
    ...lengthDifference(at, field, schema, role, refused),
  ];
}
