import { durationMs, instantText } from "../../provider/base/time";
import type { FieldDefinition, ServiceDefinition } from "../../provider/definition/definition";

const uuid = "00000000-0000-4000-8000-000000000000";
const lifetime = "90d";
const sampleName = "example-0a1b2c3";

/** Example arguments, to show what a request looks like. */
export function sampleInputs(definition: ServiceDefinition, nowMs: number): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.input !== undefined) inputs[name] = sampleOf(name, field, nowMs);
  }
  if (definition.fields.expiresAt?.input === undefined) return inputs;
  const [first = lifetime] = definition.fields.expiresAt.lifetimes?.keys() ?? [];
  return withExpiry({ ...inputs, expiresIn: first }, nowMs);
}

/** Arguments with the expiry that follows from a lifetime among them. */
export function withExpiry(
  inputs: Readonly<Record<string, unknown>>,
  nowMs: number,
): Record<string, unknown> {
  const lifetimeMs = durationMs(inputs.expiresIn);
  return lifetimeMs === undefined ? { ...inputs } : { ...inputs, expiresAt: instantText(nowMs + lifetimeMs) };
}

/** Arguments with the name that `check` would give the key, where they have none. */
export function withName(
  { fields }: ServiceDefinition,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return fields.name?.input === undefined ? { ...inputs } : { name: sampleName, ...inputs };
}

/** Example values of where a key belongs. */
export function samplePathParameters(definition: ServiceDefinition): Record<string, string> {
  const entries = Object.entries(definition.pathParameters);
  return Object.fromEntries(
    entries.map(([name, { format, type }]) => [
      name,
      format === "uuid" ? uuid : type === "integer" ? "1001" : placeholder(name),
    ]),
  );
}

/** An example id. */
export function sampleKeyId({ fields }: ServiceDefinition): string {
  const { type, format } = fields.id ?? {};
  return format === "uuid" ? uuid : type === "integer" ? "4711" : placeholder("keyId");
}

/** `PROJECT-ID` for `projectId`: clearly not a real value. */
export function placeholder(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter}`).toUpperCase();
}

function sampleOf(name: string, field: FieldDefinition, nowMs: number): unknown {
  const [first] = field.values?.keys() ?? [];
  switch (field.type) {
    case "integer":
    case "number":
      return field.minimum ?? field.maximum ?? 1;
    case "boolean":
      return true;
    case "instant":
      return instantText(nowMs + (durationMs(lifetime) ?? 0));
    case "strings":
      return [first ?? sampleText(name, field)];
    case "json":
      return {};
    default:
      return first ?? (name === "name" ? sampleName : sampleText(name, field));
  }
}

function sampleText(name: string, { format, maxLength = 100 }: FieldDefinition): string {
  if (format === "uuid") return uuid;
  return format === "ip-range" ? "203.0.113.0/24" : placeholder(name).slice(0, maxLength);
}
