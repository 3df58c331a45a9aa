import type { FieldDefinition, ServiceDefinition } from "../../provider/definition/definition";
import { inputFields } from "../../provider/definition/inputFields";
import { isObject, memberTokens } from "../../provider/json/members";
import { pointerTokens } from "../../provider/json/pointer";
import { variablesIn } from "../../provider/json/templates";
import type { Pair } from "./operations";

/** Something that a definition sends in the body of a request. */
export interface Sent {
  /** The names that lead to it from the whole body. */
  readonly names: readonly string[];
  /** Whether every request has it. */
  readonly always: boolean;
  /** The field that it is, by its name; undefined for what is the same in each request. */
  readonly field?: { readonly name: string; readonly of: FieldDefinition };
  /** What is sent, where it is the same in each request. */
  readonly constant?: unknown;
}

/** All that a request sends in its body: fields of the key, and what stands beside them. */
export function sentBy(definition: ServiceDefinition, pair: Pair): readonly Sent[] {
  const { role, defined } = pair;
  const envelope = pointerTokens(defined.bodyEnvelope);
  const { path, query, headers, body } = defined;
  const templated = new Set(variablesIn([path, query, headers, body]));
  const fields = fieldsSent(definition, pair).flatMap((name): Sent[] => {
    const of = definition.fields[name];
    // What a template names is sent there alone.
    if (!of || templated.has(name)) return [];
    const at = role === "update" ? of.wire.update : of.wire.create;
    // A key without a name is called after its resource.
    const always = role === "update" || of.input === "required" || name === "name";
    return [{ names: [...envelope, ...memberTokens(at)], always, field: { name, of } }];
  });
  return [...fields, ...leavesOf(body, [])];
}

function fieldsSent(definition: ServiceDefinition, { role, defined }: Pair): readonly string[] {
  if (role === "create") return inputFields(definition);
  return definition.operations.update.find((update) => update === defined)?.fields ?? [];
}

function leavesOf(value: unknown, names: readonly string[]): Sent[] {
  if (value === undefined) return [];
  if (isObject(value))
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...names, name]));
  return [{ names, always: true, constant: value }];
}
