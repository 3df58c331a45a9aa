import type { z } from "zod";
import { nearestHint } from "../../base/words";

/** A mistake in a definition. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** Kinds of JSON, in words. */
const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** The mistakes that zod has found; of a choice of forms, those in the form that was meant. */
export function problemsOf(issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...issue.path, key], message: unknownProperty(issue, key) }));
    }
    if (isMissing(issue)) return [{ path: issue.path, message: "is missing" }];
    if (issue.code === "invalid_key") {
      return issue.issues.map(({ message }) => ({ path: issue.path, message: `its name ${message}` }));
    }
    if (issue.code !== "invalid_union") return [{ path: issue.path, message: inWords(issue) }];
    const meant = meantForm(issue.errors);
    if (!meant) return [{ path: issue.path, message: issue.message }];
    return problemsOf(meant).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
  });
}

/** Told where zod was asked to report inputs. */
function isMissing(issue: Issue): boolean {
  return "input" in issue && issue.input === undefined && issue.code !== "unrecognized_keys";
}

/** What is said where the schema itself says nothing: zod's own sentences are for programmers. */
function inWords(issue: Issue): string {
  if (issue.code !== "invalid_type" || !issue.message.startsWith("Invalid input")) return issue.message;
  return `must be ${kinds[issue.expected] ?? issue.expected}`;
}

/** Why there is no property of such a name, where people look for one. */
const reasons: ReadonlyMap<string, string> = new Map([
  [
    "logout",
    "there is no logout: the engine ends a provider without notice, so that none could be sent. Each command logs in once " +
      "in each of its two processes; a vendor that allows fewer sessions at a time needs a fixed credential",
  ],
  ["poll", 'there is no poll: operations.reveal with "until" is sent again until the value is there'],
]);

/** The schema's message names the properties that there are, one a line after the first. */
function unknownProperty({ message }: Issue, key: string): string {
  const reason = reasons.get(key);
  if (reason !== undefined) return reason;
  const names = message.split("\n");
  return `there is no such property${nearestHint(key, names) || `; there is ${names.join(", ")}`}`;
}

/** The form whose own kind of JSON it is, and that it comes nearest to; undefined where it is none or several. */
function meantForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = forms.filter((issues) => issues.length > 0 && !issues.some(isOtherKind));
  const least = Math.min(...fitting.map(mistakesIn));
  const candidates = fitting.filter((issues) => mistakesIn(issues) === least);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function mistakesIn(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
}

/** Text where an object is wanted, or the like: another form was meant. */
function isOtherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return issue.errors.every((form) => form.some(isOtherKind));
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}
