import path from "node:path";
import type { RunResult, TestStack } from "./stack";

/** Saves the plan of a preview, and runs an `up` with that plan, which may fail. */
export async function upAsPlanned(stack: TestStack): Promise<RunResult> {
  const plan = path.join(stack.dir, "plan.json");
  await stack.preview("--save-plan", plan);
  return stack.pulumi(["up", "--yes", "--skip-preview", "--plan", plan], { allowFailure: true });
}
