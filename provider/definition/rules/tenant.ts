import { nearestHint } from "../../base/words";
import { pathVariables } from "../../json/templates";
import type { ServiceDefinition } from "../definition";
import type { ReportProblem } from "./report";

/** Whether the field that tells whose a key is can be compared. */
export function checkTenant({ tenant, fields }: ServiceDefinition, report: ReportProblem): void {
  if (!tenant) return;
  const { field, whoami } = tenant;
  for (const variable of pathVariables(whoami?.path ?? "")) {
    report(["tenant", "whoami", "path"], `{${variable}} is no variable here; there is none`);
  }
  if (!Object.hasOwn(fields, field)) {
    report(["tenant", "field"], `${field} is not among the fields${nearestHint(field, Object.keys(fields))}`);
  } else if (fields[field]?.volatile) {
    report(["tenant", "field"], `${field} is volatile, so it is not in state to be compared`);
  }
}
