import type { Schedule } from "../../rotation";
import type { KeyInputs, KeyState, Status } from "./key";

/** The schedule of a key in state. */
export function scheduleOf(state: KeyState): Schedule & { readonly status: Status } {
  return { ...state, expiresAt: state.fields.expiresAt };
}

/** The schedule that inputs ask for. */
export function askedSchedule(inputs: KeyInputs): Schedule {
  return { ...inputs, expiresAt: inputs.fields.expiresAt };
}
