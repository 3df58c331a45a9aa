import { AsyncLocalStorage } from "node:async_hooks";

/** How far one call of the engine may go, beyond what the connection allows. */
export interface CallLimits {
  /** Milliseconds since the epoch after which the call begins nothing new. Undefined: as long as it takes. */
  readonly deadlineMs?: number | undefined;
  /** Why nothing that cannot be repeated may be begun any more; undefined while it may. */
  stopped(): string | undefined;
}

/** What a call may still take once its time is over: what was begun has to be looked for and put right. */
export const settlingMs = 15_000;

const limits = new AsyncLocalStorage<CallLimits>();
const none: CallLimits = { stopped: () => undefined };

/** Acts within limits, which hold for all that it begins. */
export function withinLimits<T>(of: CallLimits, act: () => Promise<T>): Promise<T> {
  return limits.run(of, act);
}

/** The limits of the call that is being answered. */
export function callLimits(): CallLimits {
  return limits.getStore() ?? none;
}
