import { ApiKeysError } from "../base/errors";
import { nearestName } from "../base/words";
import { isObject } from "../json/members";
import { pointerToken } from "../json/pointer";
import { applications } from "./builtin/applications";
import { sendkit } from "./builtin/sendkit";
import { xentree } from "./builtin/xentree";
import { complete } from "./complete";
import type { ServiceDefinition, ServiceDefinitionInput } from "./definition";
import type { WrittenDefinition } from "./schema/definition";
import type { Problem } from "./schema/problems";

const ours: readonly ServiceDefinitionInput[] = [xentree, applications, sendkit];

/** Not examined at each start: a test examines them. */
const builtIn: ReadonlyMap<string, ServiceDefinition> = new Map(
  ours.map((data) => [data.name, complete(data as WrittenDefinition)]),
);

/** Definitions read from inputs, by their text: a thousand keys of one service are checked once. */
const declared = new Map<string, ServiceDefinition>();

/** The same by identity: within one call of the engine a definition is looked up several times. */
const read = new WeakMap<object, ServiceDefinition>();

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
  const known = isObject(data) ? read.get(data) : undefined;
  if (known) return known;
  const text = JSON.stringify(data);
  const definition = declared.get(text) ?? checked(data);
  declared.set(text, definition);
  if (isObject(data)) read.set(data, definition);
  return definition;
}

/** Loaded with the first definition of a user's: its schema takes a fifth of the time in which the provider starts. */
function examination(): typeof import("./examine") {
  return require("./examine");
}

function checked(data: unknown): ServiceDefinition {
  const { definition, problems } = examination().examine(data);
  if (!definition) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      withFullStop(`The service definition has mistakes: ${problems.map(problemText).join("; ")}`),
    );
  }
  if (builtIn.has(definition.name)) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      `The service definition takes the name of a built-in service, ${JSON.stringify(definition.name)}; give it another.`,
    );
  }
  return definition;
}

function withFullStop(text: string): string {
  return text.endsWith("?") ? text : `${text}.`;
}

/** A mistake in a definition, behind its JSON Pointer. */
export function problemText({ path, message }: Problem): string {
  return `/${path.map((key) => pointerToken(String(key))).join("/")}: ${message}`;
}
