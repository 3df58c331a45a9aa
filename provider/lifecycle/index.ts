export { type Checked, check } from "./check";
export { type OperationContext, revokeUsedVariable } from "./context";
export { create } from "./create";
export { type ChangeReason, diff, type Plan, type PropertyChange } from "./diff";
export { type CreateJournal, type CreateNote, OperationMemory } from "./memory";
export type { Notice } from "./notice";
export { type ReadArguments, readArguments } from "./plan/arguments";
export { deliveryProblems } from "./plan/deliveryProblems";
export { type Reading, read } from "./read";
export type { InterruptedCreate, TrackedKey } from "./recover";
export { remove } from "./remove";
export { asSentence } from "./sentence";
export type { KeyInputs, KeyState, RecordedKey, Status } from "./state/key";
export {
  type Properties,
  readInputs,
  readService,
  readState,
  writeInputs,
  writeState,
} from "./state/properties";
export type { Creation } from "./steps/issueKey";
export { PartialSuccessError } from "./steps/progress";
export { type Updated, update } from "./update";
