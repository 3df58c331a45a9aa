export { anchorOf, datesOf, dueAt, hasEnded, plannedDueMs, successorAnchorMs } from "./dueDates";
export { expiresUnrenewed } from "./expiry";
export { hasOverlap, type Previous, previousRevocation, revokeAt } from "./overlap";
export { isInactive, isTimeUp, type RenewalReason, renewalReason } from "./renewalReason";
export type { RotationArgs, Schedule } from "./schedule";
