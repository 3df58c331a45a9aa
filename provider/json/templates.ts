import { ApiKeysError } from "../base/errors";
import { isObject, setOwn } from "./members";

/**
 * Texts with `{variables}`, and JSON that holds such texts. There is one rule for a variable without a value: filling
 * is refused with INVALID_INPUT, which names the template and the variable. An operation's query, headers and body are
 * the exception that the documents state: there a text with such a variable is left out (`"omit"`), because an optional
 * field of a key may have no value.
 */
export type TemplateVariables = Readonly<Record<string, unknown>>;

/** What becomes of a text with a variable that has no value. */
export type WhereMissing = "refuse" | "omit";

/** Names of the variables in an RFC 6570 level 1 template, in order; whatever stands in braces is meant for one. */
export function pathVariables(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");
}

/** Names of the variables in any other text, where braces may also be braces. */
export function templateVariables(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

/** Every text in a JSON value, with the path that leads to it. */
export function* textsIn(
  value: unknown,
  path: readonly PropertyKey[] = [],
): Iterable<[string, readonly PropertyKey[]]> {
  if (typeof value === "string") yield [value, path];
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    yield* textsIn(item, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** Names of the variables in all texts of a JSON value, in order. */
export function variablesIn(value: unknown): string[] {
  return [...textsIn(value)].flatMap(([text]) => templateVariables(text));
}

/**
 * A JSON value with the variables of its texts filled in. A text that is one variable and nothing else becomes the
 * variable's value, of whatever type; in any other text a value becomes text.
 *
 * @param whereMissing "omit" leaves out the member or item; a whole value that is omitted is undefined
 * @throws {ApiKeysError} INVALID_INPUT for a variable without a value, where that is refused
 * @example
 * fillJson({ id: "{keyId}", note: "for {name}" }, { keyId: 7, name: "ci" }, "refuse"); // { id: 7, note: "for ci" }
 */
export function fillJson(
  template: unknown,
  variables: TemplateVariables,
  whereMissing: WhereMissing,
): unknown {
  if (typeof template === "string") return fillText(template, variables, whereMissing);
  if (Array.isArray(template)) {
    return template
      .map((item) => fillJson(item, variables, whereMissing))
      .filter((item) => item !== undefined);
  }
  if (!isObject(template)) return template;
  const filled: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(template)) {
    const value = fillJson(item, variables, whereMissing);
    if (value !== undefined) setOwn(filled, key, value);
  }
  return filled;
}

/**
 * Texts by name, such as headers or a query, filled in.
 *
 * @throws {ApiKeysError} INVALID_INPUT for a variable without a value, where that is refused
 */
export function fillTexts(
  templates: Readonly<Record<string, string>>,
  variables: TemplateVariables,
  whereMissing: WhereMissing,
): Record<string, string> {
  const filled = fillJson(templates, variables, whereMissing) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, String(value)]));
}

/**
 * A path with its variables filled in. A value stays within its segment: everything but letters, digits and `-._~`
 * is percent-encoded.
 *
 * @param template such as `/api/admin/api-keys/{keyId}`; simple variables only
 * @param variables values by name, not yet encoded
 * @throws {ApiKeysError} INVALID_INPUT for a variable without a value, a value that is empty, `.` or `..`,
 *   text that is no Unicode, and an expression beyond level 1
 * @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.2
 * @example
 * fillPath("/keys/{keyId}", { keyId: "a/b" }); // "/keys/a%2Fb"
 */
export function fillPath(template: string, variables: TemplateVariables): string {
  const path = template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    if (!/^\w+$/.test(name)) throw unfillable(template, `{${name}} is no simple variable`);
    return encodeSegment(template, name, String(required(template, variables, name)));
  });
  if (/[{}]/.test(path)) throw unfillable(template, "it has an unmatched brace");
  // A value cannot walk up, but the template itself may.
  if (hasDotSegment(path)) throw unfillable(template, 'a segment of it becomes "." or ".."');
  return path;
}

/** Whether a URL parser would walk up or stay in place at some segment, and so arrive at another path. */
export function hasDotSegment(path: string): boolean {
  return path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

function fillText(template: string, variables: TemplateVariables, whereMissing: WhereMissing): unknown {
  const isMissing = (name: string) => variableValue(variables, name) === undefined;
  if (whereMissing === "omit" && templateVariables(template).some(isMissing)) return undefined;
  const alone = /^\{(\w+)\}$/.exec(template)?.[1];
  if (alone !== undefined) return required(template, variables, alone);
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(required(template, variables, name)));
}

function required(template: string, variables: TemplateVariables, name: string): unknown {
  const value = variableValue(variables, name);
  if (value === undefined) throw unfillable(template, `{${name}} has no value`);
  return value;
}

function variableValue(variables: TemplateVariables, name: string): unknown {
  return Object.hasOwn(variables, name) ? (variables[name] ?? undefined) : undefined;
}

function encodeSegment(template: string, name: string, value: string): string {
  if (value === "") throw unfillable(template, `the value of {${name}} is empty`);
  if (value === "." || value === "..") {
    throw unfillable(
      template,
      `the value of {${name}} is ${JSON.stringify(value)}, which means another path`,
    );
  }
  try {
    // encodeURIComponent spares five characters that RFC 6570 counts as reserved.
    return encodeURIComponent(value).replaceAll(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw unfillable(template, `the value of {${name}} is no valid Unicode`);
  }
}

function unfillable(template: string, problem: string): ApiKeysError {
  const what = template.startsWith("/") ? `The path ${template}` : `The template ${JSON.stringify(template)}`;
  return new ApiKeysError("INVALID_INPUT", `${what} cannot be filled: ${problem}.`);
}
