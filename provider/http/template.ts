import { ApiKeysError } from "../base/errors";

/**
 * Fills the variables of a path template. A value stays within its path segment: everything but letters,
 * digits and `-._~` is percent-encoded.
 *
 * @param template such as `/api/admin/api-keys/{keyId}`; simple variables only
 * @param variables values by name, not yet encoded
 * @throws {ApiKeysError} INVALID_INPUT for a variable without a value, a value that is empty, `.` or `..`,
 *   text that is no Unicode, and an expression beyond level 1
 * @see RFC 6570, section 3.2.2
 */
export function expandPath(template: string, variables: Readonly<Record<string, string>>): string {
  const path = template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    if (!/^\w+$/.test(name)) throw invalid(template, `{${name}} is no simple variable`);
    if (!Object.hasOwn(variables, name)) throw invalid(template, `{${name}} has no value`);
    return encode(template, name, String(variables[name]));
  });
  if (/[{}]/.test(path)) throw invalid(template, "it has an unmatched brace");
  // Also catches "." beside ".": two variables in one segment that are harmless apart.
  if (hasDotSegment(path)) throw invalid(template, 'a segment of it becomes "." or ".."');
  return path;
}

/** Whether a URL parser would walk up or stay in place at some segment, and so arrive at another path. */
export function hasDotSegment(path: string): boolean {
  return path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

function encode(template: string, name: string, value: string): string {
  if (value === "") throw invalid(template, `the value of {${name}} is empty`);
  if (value === "." || value === "..") {
    throw invalid(template, `the value of {${name}} is ${JSON.stringify(value)}, which means another path`);
  }
  try {
    // encodeURIComponent spares five characters that RFC 6570 counts as reserved.
    return encodeURIComponent(value).replaceAll(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw invalid(template, `the value of {${name}} is no valid Unicode`);
  }
}

function invalid(template: string, problem: string): ApiKeysError {
  return new ApiKeysError("INVALID_INPUT", `The path ${template} cannot be filled: ${problem}.`);
}
