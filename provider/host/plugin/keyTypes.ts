import { ApiKeysError } from "../../base/errors";
import { builtInNames, resolveService } from "../../definition/registry";
import { isObject, omit, parsedObject } from "../../json/members";
import { namesOfState } from "../../lifecycle/state/properties";
import type { Bag } from "../engineProperties";

/** Name of the package whose resources are keys of the built-in services, and keys of a definition in the program. */
export const packageName = "apikeys";

/** A definition of a user's that is a package of its own. */
export interface OwnPackage {
  readonly name: string;
  readonly version: string;
  /** The definition as it was written. */
  readonly definition: unknown;
}

/**
 * How keys of one type look to programs, and to the lifecycle. They differ where a type says something that the lifecycle
 * is told by a property.
 */
export interface KeyType {
  /** Properties as the lifecycle takes them. */
  toLifecycle(properties: Bag): Bag;
  /**
   * Properties as a program has them.
   *
   * @param like those that came with the request: what they leave in one place stays there
   */
  toProgram(properties: Bag, like: Bag): Bag;
}

/**
 * The type behind a token such as `apikeys:xentree:ApiKey`.
 *
 * @param own the packages that this process was given definitions for
 * @throws {ApiKeysError} INVALID_INPUT for any other token
 */
export function keyTypeOf(token: string, own: ReadonlyMap<string, OwnPackage>): KeyType {
  const [pkg = "", module = "", name = ""] = token.split(":");
  const [service] = module.split("/");
  if (name === "ApiKey") {
    const declared = own.get(pkg);
    if (declared && service === "index") return ownType(declared);
    if (pkg === packageName && service === "index") return genericType;
    if (pkg === packageName && service !== undefined && builtInNames().includes(service)) {
      return builtInType(service);
    }
  }
  throw new ApiKeysError(
    "INVALID_INPUT",
    `There is no resource type ${token}. There are ${typeTokens(own).join(", ")}.`,
  );
}

/** The tokens of all types. */
export function typeTokens(own: ReadonlyMap<string, OwnPackage>): string[] {
  return [
    ...[...builtInNames(), "index"].map((module) => `${packageName}:${module}:ApiKey`),
    ...[...own.keys()].map((name) => `${name}:index:ApiKey`),
  ];
}

function builtInType(service: string): KeyType {
  return {
    toLifecycle: (properties) => ({ ...properties, service }),
    toProgram: (properties) => properties,
  };
}

/** The definition is kept with the provider, and not with each key. One that has it still was of the generic type before. */
function ownType({ name, definition }: OwnPackage): KeyType {
  return {
    toLifecycle(properties) {
      const own = properties.definition === undefined ? properties : genericType.toLifecycle(properties);
      return { ...own, service: name, definition };
    },
    toProgram: (properties) => omit(properties, "definition") as Bag,
  };
}

/** Keys of a service that the program names or declares; without generated code, its fields are in `fields`. */
const genericType: KeyType = {
  toLifecycle(properties) {
    const { fields, ...rest } = withDefinition(properties);
    return isNested(properties)
      ? { ...rest, ...(isObject(fields) ? fields : {}) }
      : { ...rest, ...withFields(fields) };
  },
  toProgram(properties, like) {
    if (!isNested(like)) return properties;
    const entries = Object.entries(properties);
    const fields = entries.filter(([name]) => !namesOfState.has(name));
    const shared = entries.filter(([name]) => namesOfState.has(name));
    return { ...Object.fromEntries(shared), fields: Object.fromEntries(fields) };
  },
};

function withFields(fields: unknown): Bag {
  return fields === undefined ? {} : { fields };
}

/** Whether the service's fields are in `fields`, and not beside what every key has. */
function isNested(properties: Bag): boolean {
  return properties.fields !== undefined && !declaresFields(properties);
}

function declaresFields(properties: Bag): boolean {
  try {
    return Object.hasOwn(resolveService(withDefinition(properties)).fields, "fields");
  } catch {
    return false;
  }
}

/** The definition may be the text of a file, and then names the service too. */
function withDefinition(properties: Bag): Bag {
  const { definition } = properties;
  const read = typeof definition === "string" ? (parsedObject(definition) ?? definition) : definition;
  const named = isObject(read) && typeof read.name === "string" ? { service: read.name } : {};
  return read === undefined ? properties : { ...properties, definition: read, ...named };
}
