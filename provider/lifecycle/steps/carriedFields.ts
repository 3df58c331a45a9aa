import { instantMs, instantText } from "../../base/time";
import { inputFields } from "../../definition/inputFields";
import type { KeyContext } from "../context";
import type { KeyFields, KeyInputs, KeyState } from "../state/key";
import { adoptedKeyIdOf } from "../state/keyState";

/**
 * What a resource that began with an adopted key keeps of it in a renewal where the program says nothing: the vendor's
 * defaults may be wider than what the key could do, or for ever where it was to end.
 *
 * @param state of the key that is renewed
 * @param inputs what the program asks
 */
export function carriedFields(state: KeyState, inputs: KeyInputs, nowMs: number): KeyFields {
  const carried = unsaidFields(state, inputs).map(
    (name) => [name, name === "expiresAt" ? nextEnd(state, nowMs) : state.fields[name]] as const,
  );
  return Object.fromEntries(carried.filter(([, value]) => value !== undefined));
}

/** Whether an adopted key was to end, and its successor will not, for nobody can tell how long it lived. */
export function losesEnd(state: KeyState, inputs: KeyInputs, nowMs: number): boolean {
  return unsaidFields(state, inputs).includes("expiresAt") && nextEnd(state, nowMs) === undefined;
}

/** Fields of a resource that began with an adopted key of which the program says nothing, and the key has something. */
function unsaidFields(state: KeyState, inputs: KeyInputs): string[] {
  if (adoptedKeyIdOf(state) === undefined) return [];
  const { definition } = inputs.service;
  return inputFields(definition).filter((name) => {
    const field = definition.fields[name];
    const isSaid =
      inputs.fields[name] !== undefined || (name === "expiresAt" && inputs.expiresIn !== undefined);
    return (
      !isSaid && name !== "name" && !field?.secret && !field?.writeOnly && state.fields[name] !== undefined
    );
  });
}

/** The end of a key that lives as long as the one before; undefined where that one's life is not known. */
function nextEnd({ service, fields }: KeyState, nowMs: number): string | undefined {
  const [beganMs, endsMs] = [instantMs(fields.createdAt), instantMs(fields.expiresAt)];
  if (beganMs === undefined || endsMs === undefined || endsMs <= beganMs) return undefined;
  // Of a few lifetimes that the vendor names, a moment is none.
  if (service.definition.fields.expiresAt?.lifetimes !== undefined) return undefined;
  return instantText(nowMs + endsMs - beganMs);
}

/** The inputs with what is carried over. */
export function withCarried(inputs: KeyInputs, carried: KeyFields): KeyInputs {
  return { ...inputs, fields: { ...carried, ...inputs.fields } };
}

/** The state of a key that was made with what is carried over: the program has not asked for it. */
export function withoutAsking(state: KeyState, carried: KeyFields): KeyState {
  const names = Object.keys(carried);
  if (names.length === 0) return state;
  return { ...state, asked: { ...state.asked, ...Object.fromEntries(names.map((name) => [name, null])) } };
}

/** What the user should know of it. */
export function carriedMessages({ label }: KeyContext, carried: KeyFields): string[] {
  const names = Object.keys(carried);
  if (names.length === 0) return [];
  return [
    `The new ${label} keeps ${names.join(", ")} of the key that was adopted, because the program does not say otherwise.`,
  ];
}
