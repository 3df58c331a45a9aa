import { isDeepStrictEqual } from "node:util";
import { isObject, setOwn } from "../json/members";

type Json = Readonly<Record<string, unknown>>;

/**
 * An older written definition in today's spelling. State holds the definition that a key was created with, so every
 * spelling of a landed version is accepted for ever. What is written today, and what no version understood, stays
 * as it is.
 *
 * @param written a definition as a program or state has it, not yet checked
 * @returns the same in today's spelling; the given value is left alone
 * @example
 * upgradeDefinition({ name: "acme", path: "/{team}/keys", parents: { team: {} } });
 * // { name: "acme", path: "/{team}/keys", pathParameters: { team: {} } }
 */
export function upgradeDefinition(written: unknown): unknown {
  return changed(written, (definition) =>
    within(
      within(renamed(definition, { parents: "pathParameters", absent: "notFound" }), "auth", (auth) =>
        each(auth, upgradeScheme),
      ),
      "operations",
      (operations) => changed(operations, upgradeOperations),
    ),
  );
}

/**
 * Whether two written definitions say the same, each in the spelling of its own time.
 *
 * @example
 * sameDefinition({ name: "a", parents: { b: {} } }, { name: "a", pathParameters: { b: {} } }); // true
 */
export function sameDefinition(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(upgradeDefinition(a), upgradeDefinition(b));
}

function upgradeScheme(scheme: Json): Json {
  return renamed(scheme, { rejected: "unauthorized", provides: "captures" });
}

function upgradeOperations(operations: Json): Json {
  return mapped(operations, (operation) => each(operation, upgradeOperation));
}

function upgradeOperation(operation: Json): Json {
  return renamed(operation, { absent: "notFound" });
}

/** An object with its properties called by today's names; one that has both is a mistake, which is left to be told. */
function renamed(object: Json, names: Readonly<Record<string, string>>): Json {
  return entries(object, ([key, value]) => {
    const name = Object.hasOwn(names, key) ? (names[key] as string) : key;
    return [name !== key && Object.hasOwn(object, name) ? key : name, value];
  });
}

/** A property changed where it is there. */
function within(object: Json, key: string, change: (value: unknown) => unknown): Json {
  return Object.hasOwn(object, key)
    ? entries(object, ([name, value]) => [name, name === key ? change(value) : value])
    : object;
}

/** The value of every property changed. */
function mapped(object: Json, change: (value: unknown) => unknown): Json {
  return entries(object, ([key, value]) => [key, change(value)]);
}

/** One object or a list of them; anything else is no older spelling. */
function each(value: unknown, change: (object: Json) => Json): unknown {
  return Array.isArray(value) ? value.map((item) => changed(item, change)) : changed(value, change);
}

function changed(value: unknown, change: (object: Json) => Json): unknown {
  return isObject(value) ? change(value) : value;
}

function entries(object: Json, change: (entry: [string, unknown]) => [string, unknown]): Json {
  const result: Record<string, unknown> = {};
  for (const entry of Object.entries(object)) setOwn(result, ...change(entry));
  return result;
}
