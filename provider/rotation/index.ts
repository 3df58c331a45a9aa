export { anchorOf, datesOf, dueAt, hasEnded, plannedDueMs, successorAnchorMs } from "./dueDates";
export { expiresUnrenewed } from "./expiry";
export { hasOverlap, type Previous, retirement, revokeAt } from "./overlap";
export { isSpent, isTimeUp, owed, type Reason } from "./owed";
export type { RotationArgs, Schedule } from "./schedule";
