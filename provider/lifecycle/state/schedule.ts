import { instantMs, instantText } from "../../base/time";
import { plannedDueMs, type Schedule } from "../../rotation";
import type { KeyInputs, KeyState, Status } from "./key";
import { requestedValue } from "./requestedValue";

/** The schedule of a key in state. */
export function scheduleOf(state: KeyState): Schedule & { readonly status: Status } {
  return { ...state, expiresAt: state.fields.expiresAt };
}

/** The schedule that inputs ask for. */
export function askedSchedule(inputs: KeyInputs): Schedule {
  return { ...inputs, expiresAt: inputs.fields.expiresAt };
}

/** The schedule that the program asks for, as far as state tells. */
export function requestedSchedule(state: KeyState): Schedule {
  const expiresAt = requestedValue(state, "expiresAt");
  return {
    rotation: state.rotation,
    expiresIn: state.expiresIn,
    expiresAt: typeof expiresAt === "string" ? expiresAt : undefined,
  };
}

/** The state with the date until which the key is good, where the vendor has granted less than was asked for. */
export function withGrantedDue(state: KeyState): KeyState {
  const [dueMs, shownMs] = [
    plannedDueMs(scheduleOf(state), requestedSchedule(state)),
    instantMs(state.dueAt),
  ];
  if (dueMs === undefined || shownMs === undefined || dueMs >= shownMs) return state;
  return { ...state, dueAt: instantText(dueMs) };
}
