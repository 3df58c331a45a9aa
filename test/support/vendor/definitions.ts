import type { ServiceDefinition, ServiceDefinitionInput } from "../../../provider/definition/definition";
import { resolveService } from "../../../provider/definition/registry";

export const xentree = resolveService({ service: "xentree" });
export const applications = resolveService({ service: "applications" });
export const sendkit = resolveService({ service: "sendkit" });

/** The least that a definition says; a new copy each time, for tests to spoil. */
export function acme() {
  const path = "/v1/keys";
  return {
    name: "acme",
    title: "Acme",
    baseUrl: "https://acme.example",
    kind: "collection",
    auth: [{ scheme: "bearer" }],
    fields: {
      id: { type: "string" },
      name: { type: "string", input: "optional" },
      value: { type: "string" },
    },
    operations: {
      create: { method: "POST", path, evidence: "assumed" },
      list: { method: "GET", path, evidence: "assumed" },
      revoke: { method: "DELETE", path: `${path}/{keyId}`, evidence: "assumed" },
    },
    errors: [{ message: "/message" }],
  } satisfies ServiceDefinitionInput;
}

const written = new WeakMap<ServiceDefinition, object>();

/** A definition with its defaults; `writtenAs` returns the data that it was parsed from. */
export function parse(data: ServiceDefinitionInput): ServiceDefinition {
  return parseJson(data);
}

/** The same of a definition that is a file of JSON, of whose texts TypeScript knows only that they are texts. */
export function parseJson(data: object): ServiceDefinition {
  const definition = resolveService({ definition: data });
  written.set(definition, data);
  return definition;
}

/** What a program would carry of a definition. */
export function writtenAs(definition: ServiceDefinition): object {
  const data = written.get(definition);
  if (data) return data;
  throw new TypeError(`${definition.name} was not parsed here.`);
}

const somewhere = { uuid: "123e4567-e89b-12d3-a456-426614174000", text: "ws_production" };

/** A place for a key of any service. */
export function pathParametersOf(definition: ServiceDefinition): Record<string, string> {
  return Object.fromEntries(
    Object.entries(definition.pathParameters).map(([name, { format }]) => [
      name,
      somewhere[format ?? "text"],
    ]),
  );
}
