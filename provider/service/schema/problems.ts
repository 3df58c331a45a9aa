import type { z } from "zod";
import { nearestName } from "../../compare";

/** A mistake in a definition. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** The mistakes that zod has found; of a choice of forms, those in the form that was meant. */
export function problemsOf(issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...issue.path, key], message: unknownProperty(issue, key) }));
    }
    if (issue.code !== "invalid_union") return [{ path: issue.path, message: issue.message }];
    const meant = meantForm(issue.errors);
    if (!meant) return [{ path: issue.path, message: issue.message }];
    return problemsOf(meant).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
  });
}

/** The schema's message names the properties that there are, one a line after the first. */
function unknownProperty({ message }: Issue, key: string): string {
  const names = message.split("\n");
  const near = nearestName(key, names);
  const hint = near === undefined ? `there is ${names.join(", ")}` : `did you mean ${JSON.stringify(near)}?`;
  return `there is no such property; ${hint}`;
}

/** The form whose own kind of JSON it is, and that it comes nearest to; undefined where it is none or several. */
function meantForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = forms.filter((issues) => issues.length > 0 && !issues.some(isOtherKind));
  const nearest = fitting.filter((issues) => issues.every(({ path }) => path.length > 0));
  const candidates = nearest.length > 0 ? nearest : fitting;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Text where an object is wanted, or the like: another form was meant. */
function isOtherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return issue.errors.every((form) => form.some(isOtherKind));
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}
