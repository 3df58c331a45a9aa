import { hasUnknown, unknownValue } from "../../base/unknown";
import { nearestName, withArticle } from "../../base/words";
import { argumentSchemas } from "../../definition/arguments";
import type { ServiceDefinition } from "../../definition/definition";
import { inputFields } from "../../definition/inputFields";
import { isObject, pick } from "../../json/members";
import type { KeyInputs, KeyService } from "../state/key";
import { isDerivedInput, type Properties, readInputs } from "../state/properties";

/** The arguments of a program, and why they cannot be kept, in sentences. */
export interface ReadArguments {
  /** What could be read; an argument with a mistake is missing from it. */
  readonly inputs: KeyInputs;
  readonly problems: readonly string[];
}

/** Reads what a program asks. What is not known yet is judged once it is known. */
export function readArguments(service: KeyService, given: Properties): ReadArguments {
  const { definition } = service;
  const schemas = argumentSchemas(definition);
  const problems: string[] = [];
  const wrong = new Set<string>();
  const wrongParts = new Set<string>();
  for (const [name, value] of Object.entries(given)) {
    const schema = schemas.get(name);
    if (schema === undefined) {
      if (isDerivedInput(name) || name === "service" || name === "definition") continue;
      const near = nearestName(name, schemas.keys());
      problems.push(
        `${name} is no argument of ${withArticle(definition.title)} key${near ? `; did you mean ${near}?` : ""}`,
      );
      wrong.add(name);
      continue;
    }
    const known = knownPart(name, value);
    for (const issue of known === undefined ? [] : (schema.safeParse(known).error?.issues ?? [])) {
      problems.push(`${pathText(name, issue.path)} ${issue.message}`);
      const [part] = issue.path;
      if (name === "rotation" && typeof part === "string") wrongParts.add(part);
      else wrong.add(name);
    }
  }
  const missing = (names: readonly string[], why: string) =>
    names
      .filter((name) => given[name] === undefined)
      .map((name) => `${name === "expiresAt" ? "expiresAt or expiresIn" : name} is missing: ${why}`);
  problems.push(
    ...missing(Object.keys(definition.pathParameters), "say where the key belongs"),
    ...missing(requiredFields(definition, given), `${definition.title} requires it`),
  );
  const right = {
    ...pick(given, (name) => !wrong.has(name)),
    // Another connection than the one that was meant must not be judged in its place.
    ...(wrong.has("connection") && { connection: unknownValue }),
  };
  const { rotation } = given;
  const sound = isObject(rotation)
    ? { ...right, rotation: pick(rotation, (part) => !wrongParts.has(part)) }
    : right;
  return { inputs: readInputs(sound, service), problems };
}

/** What of an argument can be judged already: nothing that is not known yet, but each part of a rotation by itself. */
function knownPart(name: string, value: unknown): unknown {
  if (name !== "rotation" || !isObject(value)) return hasUnknown(value) ? undefined : value;
  return pick(value, (part) => !hasUnknown(value[part]));
}

/** A lifetime says when a key ends as well. */
function requiredFields(definition: ServiceDefinition, { expiresIn }: Properties): string[] {
  const required = inputFields(definition).filter((name) => definition.fields[name]?.input === "required");
  return required.filter((name) => name !== "expiresAt" || expiresIn === undefined);
}

function pathText(name: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (soFar, part) => (typeof part === "number" ? `${soFar}[${part}]` : `${soFar}.${String(part)}`),
    name,
  );
}
