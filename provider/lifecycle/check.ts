import { ApiKeysError } from "../base/errors";
import { instantMs } from "../base/time";
import { hasUnknown } from "../base/unknown";
import { nearestName, withArticle } from "../base/words";
import { argumentSchemas } from "../definition/arguments";
import type { ServiceDefinition } from "../definition/definition";
import { resolveService } from "../definition/registry";
import type { OperationContext } from "./context";
import { noteComparison } from "./plan/comparison";
import { expiryProblems } from "./plan/lifetime";
import { planned } from "./plan/plannedInputs";
import { scheduleProblems } from "./plan/scheduleProblems";
import { scheduleWarnings } from "./plan/scheduleWarnings";
import { derivedInputs, type Properties, text } from "./state/properties";

/** Inputs as they will be kept, and every reason why they cannot be, in sentences. */
export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
}

/** Name of the argument by which the SDK tells a resource's logical name; `check` makes a key's name of it. */
const logicalName = "logicalName";

/**
 * Validates what a program asks, gives the key a name and a date, and leaves alone what is not known yet.
 *
 * @param olds inputs of the last successful update; empty for a new key and for a replacement
 */
export function check(operation: OperationContext, olds: Properties, news: Properties): Checked {
  const { [logicalName]: _, ...asked } = news;
  const name = text(news, logicalName) ?? text(news, "name") ?? "";
  const unchecked = (error: unknown): Checked => ({
    inputs: asked,
    failures: [prefixed(news, messageOf(error))],
    warnings: [],
  });
  let definition: ServiceDefinition;
  try {
    definition = resolveService(asked);
  } catch (error) {
    return unchecked(error);
  }
  const given = asked.connection === undefined ? { ...asked, connection: definition.name } : asked;

  const failures = [
    ...wrongArguments(definition, given),
    ...contradictions(definition, given),
    ...expiryProblems(definition, olds, given, operation.now()),
    ...scheduleProblems(definition, given),
    ...connectionProblems(operation, definition, given),
  ];
  const expiry = elapsedExpiry(operation, definition, olds, given);
  if (expiry?.changed) failures.push(expiry.message);

  const whole = named(operation, definition, olds, given, name);
  const inputs = planned(operation, definition, name, olds, whole);
  noteComparison(operation, olds, inputs);
  // The engine shows failures beside their resource, and warnings beside the stack.
  const warnings = [
    ...(expiry && !expiry.changed ? [expiry.message] : []),
    ...scheduleWarnings(operation, definition, olds, whole),
  ].map((warning) => prefixed(news, warning, ` ${JSON.stringify(name)}`));
  return { inputs, failures: failures.map((failure) => prefixed(news, failure)), warnings };
}

function wrongArguments(definition: ServiceDefinition, given: Properties): string[] {
  const schemas = argumentSchemas(definition);
  const failures: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const schema = schemas.get(name);
    if (schema === undefined) {
      if ((derivedInputs as readonly string[]).includes(name) || name === "service" || name === "definition")
        continue;
      const near = nearestName(name, schemas.keys());
      failures.push(
        `${name} is no argument of ${withArticle(definition.title)} key${near ? `; did you mean ${near}?` : ""}`,
      );
      continue;
    }
    const known = knownPart(name, value);
    const issues = known === undefined ? [] : (schema.safeParse(known).error?.issues ?? []);
    failures.push(...issues.map((issue) => `${pathText(name, issue.path)} ${issue.message}`));
  }
  const missing = (names: string[], why: string) =>
    names.filter((name) => given[name] === undefined).map((name) => `${name} is missing: ${why}`);
  return [
    ...failures,
    ...missing(Object.keys(definition.pathParameters), "say where the key belongs"),
    ...missing(requiredFields(definition), `${definition.title} requires it`),
  ];
}

/** What of an argument can be judged already: nothing that is not known yet, but each part of a rotation by itself. */
function knownPart(name: string, value: unknown): unknown {
  if (name !== "rotation" || typeof value !== "object" || value === null) {
    return hasUnknown(value) ? undefined : value;
  }
  return Object.fromEntries(Object.entries(value).filter(([, part]) => !hasUnknown(part)));
}

function requiredFields(definition: ServiceDefinition): string[] {
  return Object.entries(definition.fields).flatMap(([name, field]) =>
    field.input === "required" ? [name] : [],
  );
}

function contradictions(definition: ServiceDefinition, given: Properties): string[] {
  const failures: string[] = [];
  // What is not known yet may turn out to be absent.
  const has = (name: string) => given[name] !== undefined && !hasUnknown(given[name]);
  if (has("expiresAt") && has("expiresIn")) {
    failures.push(
      "expiresAt and expiresIn exclude each other: give a moment, or a lifetime that begins with each new key",
    );
  }
  if (has("expiresIn") && definition.fields.expiresAt?.input === undefined) {
    failures.push(
      `expiresIn cannot be kept: ${definition.title} keys do not expire; use rotation.every to renew the key in time`,
    );
  }
  const lifetimes = definition.fields.expiresAt?.lifetimes;
  if (has("expiresAt") && lifetimes) {
    failures.push(
      `expiresAt cannot be kept: ${definition.title} has only the lifetimes ${[...lifetimes.keys()].join(", ")}; use expiresIn`,
    );
  }
  if (has("adoptValue") && given.adopt === undefined) {
    failures.push("adoptValue is the value of the key that adopt names, so adopt is missing");
  }
  return failures;
}

function connectionProblems(
  operation: OperationContext,
  definition: ServiceDefinition,
  given: Properties,
): string[] {
  if (typeof given.connection !== "string" || given.connection === "") return [];
  try {
    operation.vendor(definition, operation.connections.resolve(given.connection, definition));
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}

/** A fixed expiry that has passed: a mistake where it is new, a matter of course in a program that did not change. */
function elapsedExpiry(
  operation: OperationContext,
  definition: ServiceDefinition,
  olds: Properties,
  given: Properties,
) {
  const expiresMs = instantMs(given.expiresAt);
  if (definition.fields.expiresAt === undefined || expiresMs === undefined || expiresMs > operation.now())
    return undefined;
  const changed = instantMs(olds.expiresAt) !== expiresMs;
  const message = changed
    ? "expiresAt lies in the past, so the key would never work; give a later moment, or expiresIn for one that renews itself"
    : "expiresAt has passed, so the key no longer works; give a later moment, or expiresIn for one that renews itself";
  return { changed, message };
}

/** A key is called as its resource, with a suffix that lets a successor stand beside it; the name then stays. */
function named(
  operation: OperationContext,
  definition: ServiceDefinition,
  olds: Properties,
  given: Properties,
  logical: string,
): Properties {
  const field = definition.fields.name;
  if (field?.input === undefined || given.name !== undefined) return given;
  if (typeof olds.name === "string") {
    return { ...given, name: olds.name, ...(olds.autonamed === true && { autonamed: true }) };
  }
  const suffix = `-${operation.suffix()}`;
  const stem = logical.slice(0, (field.maxLength ?? logical.length + suffix.length) - suffix.length);
  return { ...given, name: `${stem}${suffix}`, autonamed: true };
}

function prefixed(news: Properties, message: string, key = ""): string {
  const service = text(news, "service");
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
  return service ? `${service}.ApiKey${key}: ${sentence}` : sentence;
}

function pathText(name: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (soFar, part) => (typeof part === "number" ? `${soFar}[${part}]` : `${soFar}.${String(part)}`),
    name,
  );
}

function messageOf(error: unknown): string {
  if (error instanceof ApiKeysError) return error.message;
  throw error;
}
