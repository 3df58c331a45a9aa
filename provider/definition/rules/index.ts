import type { ServiceDefinition } from "../definition";
import type { WrittenDefinition } from "../schema/definition";
import type { Problem } from "../schema/problems";
import { checkAuth } from "./auth";
import { checkFields } from "./fields";
import { checkOperations } from "./operations";
import type { ReportProblem } from "./report";
import { checkRequests } from "./requests";
import { checkVariables } from "./templates";
import { checkTenant } from "./tenant";

export { reservedNames } from "./fields";

/** What no single part of a definition can tell: whether the parts fit each other. */
export function mistakesAsAWhole(written: WrittenDefinition, definition: ServiceDefinition): Problem[] {
  const problems: Problem[] = [];
  const report: ReportProblem = (path, message) => problems.push({ path, message });
  checkFields(definition, report);
  checkOperations(written, definition, report);
  checkVariables(written, definition, report);
  checkTenant(definition, report);
  checkAuth(written, definition, report);
  checkRequests(written, definition, report);
  return problems;
}
