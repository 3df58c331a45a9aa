import { nearestName } from "../compare";
import { ApiKeysError } from "../errors";
import { applications } from "./applications";
import { type ServiceDefinition, serviceDefinition } from "./definition";
import { sendkit } from "./sendkit";
import { xentree } from "./xentree";

const builtIn: ReadonlyMap<string, ServiceDefinition> = new Map(
  [xentree, applications, sendkit].map((data) => [data.name, serviceDefinition.parse(data)]),
);

/** Definitions read from inputs, by their text: a thousand keys of one service are checked once. */
const declared = new Map<string, ServiceDefinition>();

/** Names of the services that need no definition of the user's. */
export function builtInNames(): string[] {
  return [...builtIn.keys()];
}

/**
 * The definition that a resource's inputs or outputs name or carry.
 *
 * @throws {ApiKeysError} INVALID_INPUT, naming every problem with its path
 */
export function resolveService(properties: Readonly<Record<string, unknown>>): ServiceDefinition {
  if (properties.definition !== undefined) return readDefinition(properties.definition);
  const name = properties.service;
  const found = typeof name === "string" ? builtIn.get(name) : undefined;
  if (found) return found;
  const near = typeof name === "string" ? nearestName(name, builtIn.keys()) : undefined;
  throw new ApiKeysError(
    "INVALID_INPUT",
    `There is no service ${JSON.stringify(name)}.${near ? ` Did you mean ${JSON.stringify(near)}?` : ""} ` +
      `Built in are ${builtInNames().join(", ")}; declare any other vendor with defineService().`,
  );
}

/**
 * A user's definition, checked whole.
 *
 * @throws {ApiKeysError} INVALID_INPUT, naming every problem with its path
 */
export function readDefinition(data: unknown): ServiceDefinition {
  const text = JSON.stringify(data);
  const known = declared.get(text);
  if (known) return known;
  const result = serviceDefinition.safeParse(data);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `/${issue.path.join("/")}: ${issue.message}`);
    throw new ApiKeysError("INVALID_INPUT", `The service definition has mistakes: ${problems.join("; ")}.`);
  }
  if (builtIn.has(result.data.name)) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      `The service definition takes the name of a built-in service, ${JSON.stringify(result.data.name)}; give it another.`,
    );
  }
  declared.set(text, result.data);
  return result.data;
}
