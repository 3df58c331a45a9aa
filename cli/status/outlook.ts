import { instantMs } from "../../provider/base/time";
import type { OperationContext } from "../../provider/lifecycle";
import { askedSchedule, scheduleOf } from "../../provider/lifecycle/state/schedule";
import { plannedDueMs } from "../../provider/rotation";
import { type KnownKey, type UpAction, upAt } from "./upAt";

/** What the next `up` does with a key, and when one is needed after that. */
export interface Outlook {
  /** Empty where it does nothing. */
  readonly now: readonly UpAction[];
  /** The first moment from which an `up` does something; undefined for never, and where there is something now. */
  readonly next?: { readonly atMs: number; readonly actions: readonly UpAction[] };
  /** When the key ends, where no `up` of the unchanged program renews it before. */
  readonly endsMs?: number;
}

/** By the provider's own plan for each moment at which it may change. */
export function outlookOf(operation: OperationContext, key: KnownKey): Outlook {
  const nowMs = operation.now();
  const now = upAt(operation, key, nowMs);
  const expiresMs = instantMs(key.state.fields.expiresAt);
  const dueMs = plannedDueMs(scheduleOf(key.state), askedSchedule(key.asked));
  const moments = [dueMs, instantMs(key.state.previousRevokeAt), expiresMs]
    .filter((moment) => moment !== undefined)
    .filter((moment) => moment > nowMs)
    .sort((one, other) => one - other);
  const ahead = moments.map((atMs) => ({ atMs, actions: upAt(operation, key, atMs) }));
  const next = now.length > 0 ? undefined : ahead.find(({ actions }) => actions.length > 0);
  const isRenewed = [
    ...now,
    ...ahead.filter(({ atMs }) => atMs <= Number(expiresMs)).flatMap(({ actions }) => actions),
  ].some(({ does }) => does === "renew" || does === "replace" || does === "renew-value" || does === "create");
  return {
    now,
    ...(next && { next }),
    ...(expiresMs !== undefined && !isRenewed && key.state.status !== "revoked" && { endsMs: expiresMs }),
  };
}

/** The first moment at which somebody or something has to act, in milliseconds since the epoch; undefined for never. */
export function neededMs({ now, next, endsMs }: Outlook, nowMs: number): number | undefined {
  if (now.length > 0) return nowMs;
  const moments = [next?.atMs, endsMs].filter((moment) => moment !== undefined);
  return moments.length > 0 ? Math.min(...moments) : undefined;
}
