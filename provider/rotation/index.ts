export {
  datesAfter,
  datesOf,
  dueAt,
  hasEnded,
  plannedDueMs,
  type ScheduleDates,
  successorAnchorMs,
} from "./dueDates";
export { expiresUnrenewed } from "./expiry";
export { idleForMs, latestRevocationMs, nextLookAt } from "./idleness";
export { hasOverlap, previousRevocation, revokeAt } from "./overlap";
export { isInactive, isTimeUp, type RenewalReason, renewalReason } from "./renewalReason";
export { type RotationArgs, rotationOf, type Schedule } from "./schedule";
