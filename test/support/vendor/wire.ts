import { createdFromWire, keyFromWire } from "../../../provider/api/wire/key";
import type { Source } from "../../../provider/api/wire/places";
import { completeFields } from "../../../provider/definition/completeFields";
import type {
  FieldDefinition,
  ServiceDefinition,
  ServiceDefinitionInput,
} from "../../../provider/definition/definition";
import { examine } from "../../../provider/definition/examine";
import { problemText } from "../../../provider/definition/registry";
import type { FieldInput } from "../../../provider/definition/schema/field";

export const nowMs = Date.parse("2026-06-01T12:00:00Z");

/** A field with its defaults. */
export function field(name: string, written: FieldInput): FieldDefinition {
  const complete = completeFields({ [name]: written })[name];
  if (complete) return complete;
  throw new TypeError(`There is no ${name}.`);
}

/** A service of these fields and parts, with everything else as it usually is. */
export function service(
  fields: NonNullable<ServiceDefinitionInput["fields"]>,
  others: Partial<ServiceDefinitionInput> = {},
): ServiceDefinition {
  const { definition, problems } = examine({ name: "acme", path: "/keys", ...others, fields });
  if (definition) return definition;
  throw new TypeError(problems.map(problemText).join("; "));
}

/** An answer whose body is the key, but for what is said. */
export function answer(body: unknown, others: Partial<Source> = {}): Source {
  return { answer: "read", item: body, body, headers: {}, ...others };
}

/** What is made of a key in an answer to get. */
export function read(definition: ServiceDefinition, body: unknown, others: Partial<Source> = {}) {
  return keyFromWire(definition, answer(body, others));
}

/** What is made of the answer to create. */
export function created(definition: ServiceDefinition, body: unknown, others: Partial<Source> = {}) {
  return createdFromWire(definition, answer(body, { answer: "created", ...others }));
}
