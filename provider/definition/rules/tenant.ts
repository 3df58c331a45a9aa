import { nearestHint } from "../../base/words";
import { captured } from "../captured";
import type { ServiceDefinition } from "../definition";
import { templatedNames, variablesOfTemplates } from "../templates";
import type { ReportProblem } from "./report";

/** Whether the field that tells whose a key is can be compared. */
export function checkTenant(definition: ServiceDefinition, report: ReportProblem): void {
  const { tenant, fields } = definition;
  if (!tenant) return;
  const { field, whoami } = tenant;
  const variables = captured(definition);
  const templates = { path: whoami?.path ?? "", headers: whoami?.headers ?? {}, query: {}, body: undefined };
  for (const [variable, where] of variablesOfTemplates(templates)) {
    if (variables.includes(variable)) continue;
    const hint = nearestHint(variable, variables) || `; there is ${variables.join(", ") || "none"}`;
    report(["tenant", "whoami", ...where], `{${variable}} is no variable here${hint}`);
  }
  if (!Object.hasOwn(fields, field)) {
    report(["tenant", "field"], `${field} is not among the fields${nearestHint(field, Object.keys(fields))}`);
  } else if (fields[field]?.volatile) {
    report(["tenant", "field"], `${field} is volatile, so it is not in state to be compared`);
  }
}

/**
 * Why an empty list may be another user's, as a sentence; undefined where it cannot be. It is no mistake that refuses a
 * definition: those in state have to work on.
 */
export function identityProblem(definition: ServiceDefinition): string | undefined {
  const { tenant, operations } = definition;
  const { list, get } = operations;
  if (!list?.provesAbsence || tenant?.whoami || get?.provesAbsence) return undefined;
  const told = new Set(captured(definition));
  // A header may hold what a login tells, such as a CSRF token, and say nothing of the account.
  const place = [...templatedNames({ ...list, headers: {} })].find((name) => told.has(name));
  if (place === undefined) return undefined;
  return (
    `The list is asked for by {${place}}, which comes from the login, so that with another user's credentials an empty list ` +
    "would drop every key from the state. Declare `tenant` with `whoami`, or `get`."
  );
}
