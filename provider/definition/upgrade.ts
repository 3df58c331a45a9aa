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
  return changed(written, (definition) => {
    const { auth, operations, fields, ...rest } = upgradeConditions(
      renamed(definition, { parents: "pathParameters", absent: "notFound" }),
    );
    return {
      ...rest,
      ...(auth !== undefined && { auth: each(auth, upgradeScheme) }),
      ...(operations !== undefined && { operations: changed(operations, upgradeOperations) }),
      ...(fields !== undefined && {
        fields: changed(fields, (all) => mapped(all, (field) => changed(field, upgradeField))),
      }),
    };
  });
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

function upgradeScheme(written: Json): Json {
  const scheme = upgradeConditions(renamed(written, { rejected: "unauthorized", provides: "captures" }));
  if (scheme.scheme === "header" && typeof scheme.header === "string") return upgradeHeader(scheme);
  const { lifetimeSeconds, login, refresh, ...rest } = scheme;
  return {
    ...rest,
    // The place goes before the number: where a response has no lifetime there, one of its own ends the session.
    ...(lifetimeSeconds !== undefined && { expiresInSeconds: rest.expiresInSeconds ?? lifetimeSeconds }),
    ...(login !== undefined && {
      login: changed(login, (request) =>
        withBody(request, { usernameField: "{username}", passwordField: "{password}" }),
      ),
    }),
    ...(refresh !== undefined && {
      refresh: changed(refresh, (request) => withBody(request, { tokenField: "{refreshToken}" })),
    }),
  };
}

function upgradeHeader({ header, prefix = "", accepts, ...rest }: Json): Json {
  return {
    ...rest,
    scheme: "headers",
    headers: { [header as string]: `${prefix}{apiKey}` },
    ...(accepts !== undefined && { accepts: { apiKey: accepts } }),
  };
}

/** Properties that once named single fields of a body, in the body itself, before which they went. */
function withBody(request: Json, variables: Readonly<Record<string, string>>): Json {
  const named = Object.keys(variables).filter((name) => typeof request[name] === "string");
  if (named.length === 0) return request;
  const body: Record<string, unknown> = isObject(request.body) ? { ...request.body } : {};
  for (const name of named) setOwn(body, request[name] as string, variables[name]);
  return { ...without(request, named), body };
}

function upgradeOperations(operations: Json): Json {
  return entries(operations, ([name, operation]) => [
    name,
    each(operation, (one) => upgradeOperation(name, one)),
  ]);
}

function upgradeOperation(name: string, written: Json): Json {
  const operation = upgradeConditions(
    renamed(written, { absent: "notFound", readBack: "verify", confirm: "verify" }),
  );
  if (name === "get") return upgradeCompleteness(operation);
  return name === "list" ? upgradeList(operation) : operation;
}

function upgradeList(operation: Json): Json {
  const { items, keyedBy, scalarAs, pagination, ...rest } = upgradeCompleteness(operation);
  const isOld = keyedBy !== undefined || scalarAs !== undefined;
  return {
    ...rest,
    ...(items !== undefined && { envelope: items }),
    ...(isOld && {
      entries: {
        ...(keyedBy !== undefined && { key: keyedBy }),
        ...(scalarAs !== undefined && { value: scalarAs }),
      },
    }),
    ...(pagination !== undefined && {
      pagination: changed(pagination, (pages) =>
        pages.style === "url" ? { ...pages, style: "link" } : pages,
      ),
    }),
  };
}

function upgradeCompleteness(operation: Json): Json {
  const { totals, cap, provesAbsence } = operation;
  const parts = [
    ...(provesAbsence === false ? ["partial"] : []),
    ...(cap === undefined ? [] : [{ cap }]),
    ...(totals === "ignored" ? ["uncounted"] : []),
  ];
  const rest = without(operation, ["totals", "cap", "provesAbsence"]);
  return parts.length === 0 ? rest : { ...rest, completeness: parts.length === 1 ? parts[0] : parts };
}

function upgradeField(field: Json): Json {
  return Object.hasOwn(field, "when") ? { ...field, when: changed(field.when, upgradeCondition) } : field;
}

/** The conditions of a definition, an operation or a way to authenticate. */
function upgradeConditions(object: Json): Json {
  const names = ["success", "notFound", "unauthorized", "only"];
  return entries(object, ([key, value]) => [
    key,
    names.includes(key) ? each(value, upgradeCondition) : value,
  ]);
}

function upgradeCondition(condition: Json): Json {
  const { oneOf, all, not, ...rest } = condition;
  return {
    ...rest,
    // Of both, which would be the narrower one, equals.
    ...(oneOf !== undefined && { equals: rest.equals ?? oneOf }),
    ...(all !== undefined && { all: each(all, upgradeCondition) }),
    ...(not !== undefined && { not: changed(not, upgradeCondition) }),
  };
}

/** An object with its properties called by today's names; one that has both is a mistake, which is left to be told. */
function renamed(object: Json, names: Readonly<Record<string, string>>): Json {
  return entries(object, ([key, value]) => {
    const name = Object.hasOwn(names, key) ? (names[key] as string) : key;
    return [name !== key && Object.hasOwn(object, name) ? key : name, value];
  });
}

function without(object: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
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
