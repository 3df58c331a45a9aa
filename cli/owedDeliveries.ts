import { reasonOf } from "../provider/base/errors";
import { placeOf, previousValuePart, valuePart } from "../provider/delivery/fields";
import type { Store, Stores, Target } from "../provider/delivery/store";
import type { KeyState } from "../provider/lifecycle";
import {
  type PlannedDeliveries,
  type PlannedWrite,
  planDeliveries,
} from "../provider/lifecycle/plan/deliveries";
import { readDeliveryArguments, targetsOf } from "../provider/lifecycle/state/deliveries";
import { readBack } from "../provider/lifecycle/steps/readBack";
import { protect } from "../provider/redaction/redactor";
import type { StackKey } from "./stackKeys";

/** A delivery that is owed to a place. */
export interface OwedDelivery {
  readonly key: StackKey;
  /** How messages call the place. */
  readonly place: string;
  /** What is to be written, or why nothing can be, in sentences. */
  readonly act: { readonly store: Store; readonly write: PlannedWrite } | { readonly problem: string };
  /** Whether the state has the value. Without it, the next `up` makes another key unless a refresh has looked before. */
  readonly isValueInState: boolean;
}

/**
 * What the stores of a stack's keys are owed, by its state.
 *
 * @param stores opened only where something is owed
 */
export async function owedDeliveries(
  keys: readonly StackKey[],
  stores: () => Promise<Stores>,
): Promise<OwedDelivery[]> {
  const owed: OwedDelivery[] = [];
  for (const key of keys) owed.push(...(await owedByKey(key, stores)));
  return owed;
}

async function owedByKey(key: StackKey, stores: () => Promise<Stores>): Promise<OwedDelivery[]> {
  const state = key.state();
  const deliver = targetsAsked(key, state);
  const plan = (state: KeyState): PlannedDeliveries =>
    // What is sealed is an output, so only an `up` can make it.
    planDeliveries({ ...state, encryptedValue: undefined }, { deliver });
  const owed = (place: string, act: OwedDelivery["act"]): OwedDelivery => ({
    key,
    place,
    act,
    isValueInState: state.value !== undefined,
  });
  const known = plan(state);
  const places = [...known.writes.map(placeIn), ...known.lost];
  if (places.length === 0) return [];
  if (state.status !== "active") {
    const problem = `The ${key.label} is ${state.status}, so it is delivered to no store. Run \`pulumi up\` to renew it.`;
    return places.map((place) => owed(place, { problem }));
  }
  const { state: whole, reasons } =
    known.lost.length > 0 ? await withValues(state, await stores()) : { state, reasons: [] };
  const { writes, lost } = plan(whole);
  const why = reasons.length > 0 ? reasons.join("; ") : "no store was given it";
  return [
    ...(await Promise.all(
      writes.map(async (write) => {
        try {
          const store = await (await stores()).open(write.target);
          return owed(store.label, { store, write });
        } catch (error) {
          return owed(placeIn(write), { problem: reasonOf(error) });
        }
      }),
    )),
    ...lost.map((place) =>
      owed(place, {
        problem: `${place} needs the value of the ${key.label}, which is not in the stack's state and cannot be read back: ${why}. Run \`pulumi up\`, which makes another key.`,
      }),
    ),
  ];
}

/**
 * Where the program wants the key, by the last `up`. Of an update that failed in part the engine keeps the older inputs, so
 * what it tried to deliver is newer.
 */
function targetsAsked({ inputs }: StackKey, { delivered = [] }: KeyState): Target[] {
  const tried = new Map(delivered.map(({ target }) => [placeOf(target), target]));
  const asked = new Map(targetsOf(readDeliveryArguments(inputs)).map((target) => [placeOf(target), target]));
  const failed = delivered.filter(({ status, target }) => status === "failed" && !asked.has(placeOf(target)));
  return [
    ...[...asked].map(([place, target]) => tried.get(place) ?? target),
    ...failed.map(({ target }) => target),
  ];
}

function placeIn({ before, target }: PlannedWrite): string {
  return before?.place ?? target.store;
}

/** The state with the values that a store still shows, and why it lacks the current one. */
async function withValues(state: KeyState, stores: Stores): Promise<{ state: KeyState; reasons: string[] }> {
  const { delivered = [], fingerprint, previousFingerprint } = state;
  const value = await readBack(stores, delivered, valuePart, fingerprint);
  const previous =
    previousFingerprint === undefined
      ? undefined
      : await readBack(stores, delivered, previousValuePart, previousFingerprint);
  for (const text of [value.text, previous?.text]) if (text !== undefined) protect(text);
  return {
    state: {
      ...state,
      value: state.value ?? value.text,
      previousValue: state.previousValue ?? previous?.text,
    },
    reasons: value.text === undefined ? value.reasons : [],
  };
}
