import { nearestHint } from "../../base/words";
import { captured } from "../captured";
import type { ListDefinition, ServiceDefinition } from "../definition";
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
  const account = accountOfLogin(definition, list);
  if (account === undefined) return undefined;
  return (
    `The list is asked for by {${account}}, which comes from the login, so that with another user's credentials an empty list ` +
    "would drop every key from the state. Declare `tenant` with `whoami`, or `get`."
  );
}

/** A variable of the login that may say of which account the list is; undefined where none does. */
function accountOfLogin(definition: ServiceDefinition, list: ListDefinition): string | undefined {
  const told = new Set(captured(definition));
  const sent = definition.auth.map((scheme) => ("send" in scheme && scheme.send?.headers) || {});
  const inHeaders = [list.headers, ...sent].flatMap(Object.entries<string>).flatMap(([header, template]) => {
    const names = [
      ...templatedNames({ path: "", query: {}, body: undefined, headers: { [header]: template } }),
    ];
    return names.filter((name) => !proofs.test(header) && !proofs.test(name));
  });
  return [...templatedNames({ ...list, headers: {} }), ...inHeaders].find((name) => told.has(name));
}

/** Names of headers and variables that prove something to the vendor, such as a CSRF token, and choose no account. */
const proofs = /token|csrf|xsrf|session|secret|nonce|ticket|jwt|^authorization$|^cookie$/i;
