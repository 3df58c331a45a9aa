export { expiresUnrenewed } from "./expiry";
export { hasOverlap, mustRetire, type Previous, revokeAt } from "./overlap";
export { isTimeUp, owed, type Reason } from "./owed";
export {
  datesOf,
  dueAt,
  hasEnded,
  plannedDueMs,
  type RotationArgs,
  type Schedule,
  successorAnchorMs,
} from "./schedule";
