import { dynamicDiff } from "../../../provider/host/dynamic";
import * as resource from "../../../provider/host/resource";
import type { Notice, OperationContext, Properties } from "../../../provider/lifecycle";

export { interruptedCreate, trackedKeys } from "../../../provider/host/interruptedCreate";
export { PartialSuccess as PartialSuccessError } from "../../../provider/host/resource";
export type {
  CreateJournal,
  InterruptedCreate,
  OperationContext,
  Properties,
} from "../../../provider/lifecycle";
export { OperationMemory } from "../../../provider/lifecycle";

/** The lifecycle over properties, with what it tells the user as plain sentences. */
export function check(operation: OperationContext, olds: Properties, news: Properties) {
  return plain(resource.check(operation, olds, news));
}

/** A plan, and what the dynamic host makes of it. */
export function diff(operation: OperationContext, outputs: Properties, inputs: Properties) {
  const plan = resource.diff(operation, outputs, inputs);
  const visible = resource.engineSeesDifference(operation, inputs);
  const { replaces = [], deleteBeforeReplace = false } = dynamicDiff(plan, visible);
  const warnings = messages(plan.notices);
  return { changes: plan.changes.length > 0, visible, replaces, deleteBeforeReplace, warnings };
}

export async function create(operation: OperationContext, inputs: Properties) {
  return plain(await resource.create(operation, inputs));
}

export async function read(operation: OperationContext, id: string, outputs: Properties) {
  const reading = await resource.read(operation, id, outputs);
  return reading && plain(reading);
}

export async function update(
  operation: OperationContext,
  id: string,
  outputs: Properties,
  inputs: Properties,
) {
  return plain(await resource.update(operation, id, outputs, inputs));
}

export async function remove(operation: OperationContext, outputs: Properties) {
  return messages(await resource.remove(operation, outputs));
}

function plain<Result extends { readonly warnings: readonly Notice[] }>(result: Result) {
  return { ...result, warnings: messages(result.warnings) };
}

/** What asks for attention; what is only told has tests of its own. */
function messages(notices: readonly Notice[]): string[] {
  return notices.flatMap(({ severity, message }) => (severity === "warning" ? [message] : []));
}
