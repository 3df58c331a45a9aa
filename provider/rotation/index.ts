export { expiresUnrenewed } from "./expiry";
export { hasOverlap, type Previous, retirement, revokeAt } from "./overlap";
export { isSpent, isTimeUp, owed, type Reason } from "./owed";
export {
  anchorOf,
  datesOf,
  dueAt,
  hasEnded,
  plannedDueMs,
  type RotationArgs,
  type Schedule,
  successorAnchorMs,
} from "./schedule";
