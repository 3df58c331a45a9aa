import { ApiKeysError, reasonOf } from "../../base/errors";
import { instantText } from "../../base/time";
import { unknownValue } from "../../base/unknown";
import { fieldParts, placeOf, previousValuePart, valuePart } from "../../delivery/fields";
import type { Content, Store, Target, Written } from "../../delivery/store";
import { canonicalText } from "../../json/canonical";
import type { OperationContext } from "../context";
import { type PlannedWrite, planDeliveries } from "../plan/deliveries";
import { intactWrite, keepsValue, targetsOf } from "../state/deliveries";
import type { Delivery, DeliveryArguments, KeyState } from "../state/key";
import { readBack } from "./readBack";

/** What became of a key's deliveries. */
export interface Delivered {
  readonly state: KeyState;
  /** Why some stores do not hold what they should, in sentences. */
  readonly failures: readonly string[];
  /** Puts back what stood in the stores before; for a key that must not stay. */
  undo(): Promise<void>;
}

/**
 * Fails where a key could not be delivered, before the vendor is asked for one.
 *
 * @param delivered where the key before was taken; undefined for one that exists, whose value may be there already
 * @throws {ApiKeysError} DELIVERY_FAILED, naming the store and the reason
 */
export async function probeStores(
  operation: OperationContext,
  inputs: DeliveryArguments,
  delivered?: readonly Delivery[],
): Promise<void> {
  await Promise.all(
    targetsOf(inputs).map(async (target) => {
      const store = await operation.stores.open(target);
      await store.probe(delivered && { before: deliveryAt(target, delivered)?.written });
    }),
  );
}

function deliveryAt(target: Target, deliveries: readonly Delivery[]): Delivery | undefined {
  const place = placeOf(target);
  return deliveries.find((one) => placeOf(one.target) === place);
}

/**
 * Takes the key to every store that lacks it, and out of those that the program no longer names. Each that is done is
 * kept, even where another fails; but of a key whose value is nowhere else, the first failure ends it.
 *
 * @param state of the key, its value included where that is known
 * @param inputs what is asked
 * @param isAllOrNothing whether a store that fails is to be the end of it, and of what the others were given. Default:
 *   where the state keeps no value
 * @param replaced where the key was taken whose place this one takes
 */
export async function deliver(
  operation: OperationContext,
  state: KeyState,
  inputs: DeliveryArguments,
  isAllOrNothing = !keepsValue(inputs),
  replaced: readonly Delivery[] = [],
): Promise<Delivered> {
  const { writes, removals, seals, lost } = planDeliveries(state, inputs);
  const undone: (() => Promise<unknown>)[] = [];
  const failures: string[] = [];
  // The value is at hand, so that it is another secret which the vendor has not told.
  if (state.value !== undefined) {
    failures.push(
      ...lost.map((place) => `${place} is to hold a part of the key that the vendor has not told.`),
    );
  }
  const results = new Map((state.delivered ?? []).map((known) => [placeOf(known.target), known]));
  for (const { write, store } of await inOrder(operation, writes, failures, results)) {
    if (failures.length > 0 && isAllOrNothing) break;
    try {
      const before = earlierWrite(write, replaced);
      if (isAllOrNothing) undone.push(await backup(store, write, before));
      const receipt = await store.write(write.content, before);
      const written = { fields: write.fingerprints, receipt };
      results.set(placeOf(write.target), delivery(operation, state, write.target, store, written));
      for (const field of fieldsAt(write.target, store, written)) operation.memory.deliveredFields.add(field);
    } catch (error) {
      failures.push(reasonOf(error));
      results.set(placeOf(write.target), failed(write, store.label));
    }
  }
  if (failures.length === 0) {
    for (const removed of removals) {
      try {
        const others = [...results.values()].filter((one) => one !== removed);
        await removeDelivery(operation, removed, others);
        results.delete(placeOf(removed.target));
      } catch (error) {
        failures.push(reasonOf(error));
      }
    }
  }
  const sealed = seals ? await seal(operation, state, inputs, failures) : {};
  const delivered = [...results.values()];
  return {
    state: { ...state, ...sealed, delivered: delivered.length > 0 ? delivered : undefined },
    failures,
    undo: async () => {
      for (const act of undone.toReversed()) await act().catch(() => {});
    },
  };
}

/** Those first that can be put back as they were: should a later one fail, nothing has changed. */
async function inOrder(
  operation: OperationContext,
  writes: readonly PlannedWrite[],
  failures: string[],
  results: Map<string, Delivery>,
): Promise<{ write: PlannedWrite; store: Store }[]> {
  const opened: { write: PlannedWrite; store: Store }[] = [];
  for (const write of writes) {
    try {
      opened.push({ write, store: await operation.stores.open(write.target) });
    } catch (error) {
      failures.push(reasonOf(error));
      results.set(placeOf(write.target), failed(write, write.before?.place ?? write.target.store));
    }
  }
  const isReadable = ({ store }: { store: Store }) => store.read !== undefined;
  return [...opened.filter(isReadable), ...opened.filter((one) => !isReadable(one))];
}

function delivery(
  operation: OperationContext,
  { fingerprint }: KeyState,
  target: Target,
  store: Store,
  written: Written,
): Delivery {
  return {
    target,
    place: store.label,
    status: "delivered",
    deliveredAt: instantText(operation.now()),
    fingerprint,
    written,
  };
}

function failed({ target, before, fingerprints }: PlannedWrite, place: string): Delivery {
  return {
    ...before,
    ...{ target, place, status: "failed" },
    written: intactWrite(before),
    attempted: fingerprints,
  };
}

/**
 * What stands at a place by an earlier write of ours: of the key itself, or of the one whose place it takes. Fields that
 * only that one has are removed when it ends.
 */
function earlierWrite(
  { target, before, content }: PlannedWrite,
  replaced: readonly Delivery[],
): Written | undefined {
  if (before !== undefined) return before.written;
  const written = deliveryAt(target, replaced)?.written;
  if (written === undefined) return undefined;
  const kept = Object.entries(written.fields).filter(([name]) => Object.hasOwn(content, name));
  return { ...written, fields: Object.fromEntries(kept) };
}

/** What puts a place back as it is now. */
async function backup(
  store: Store,
  { fingerprints, content }: PlannedWrite,
  before: Written | undefined,
): Promise<() => Promise<unknown>> {
  const there = await store.read?.();
  const fields = Object.keys(fingerprints);
  const stood = Object.fromEntries(
    fields.flatMap((name) => (there?.[name] === undefined ? [] : [[name, there[name]]])),
  );
  const ours: Written = { fields: fingerprints, receipt: before?.receipt ?? {} };
  if (Object.keys(stood).length > 0) return () => store.write(stood satisfies Content, ours);
  const written = Object.fromEntries(
    fields.filter((name) => content[name] !== null).map((name) => [name, fingerprints[name] ?? ""]),
  );
  return () => store.remove({ ...ours, fields: written });
}

async function seal(
  operation: OperationContext,
  state: KeyState,
  { encryptTo }: DeliveryArguments,
  failures: string[],
): Promise<Pick<KeyState, "encryptedValue">> {
  if (encryptTo === undefined) return { encryptedValue: undefined };
  if (state.value === undefined || encryptTo === unknownValue) return {};
  try {
    const recipients = encryptTo.filter((recipient) => recipient !== unknownValue);
    return { encryptedValue: await operation.stores.encrypt(state.value, recipients) };
  } catch (error) {
    failures.push(reasonOf(error));
    return { encryptedValue: undefined };
  }
}

/**
 * Removes what was delivered, unless the program said to leave it. What a successor, or another delivery of the key, has
 * written into the same fields stays.
 *
 * @param others that stay
 * @returns what the user should know of
 * @throws {ApiKeysError} DELIVERY_FAILED when it may still be there
 */
export async function removeDelivery(
  operation: OperationContext,
  { target, place, written, attempted }: Delivery,
  others: readonly Delivery[] = [],
): Promise<string | undefined> {
  // Of a write that failed nobody knows whether it arrived.
  const receipt = written?.receipt ?? {};
  const mayBe = [...(attempted ? [{ fields: attempted, receipt }] : []), ...(written ? [written] : [])];
  if (mayBe.length === 0 || target.leaveBehind === true) return undefined;
  const store = await operation.stores.open(target);
  const taken = new Set(operation.memory.deliveredFields);
  for (const other of others.filter((one) => one.target.store === target.store)) {
    // One that cannot be asked at all cannot be the place that just could.
    const there = await operation.stores.open(other.target).catch(() => undefined);
    if (there !== undefined)
      for (const field of fieldsAt(other.target, there, other.written)) taken.add(field);
  }
  for (const one of mayBe) {
    const left = Object.entries(one.fields).filter(([name]) => !taken.has(fieldAt(target, store, name)));
    if (left.length === 0) return undefined;
    const found = await store.remove({ ...one, fields: Object.fromEntries(left) });
    if (found !== "changed") return undefined;
  }
  if (written === undefined) return undefined;
  return `${place} was changed by somebody else since the key was delivered, so what is there now was left alone.`;
}

function fieldsAt(target: Target, store: Store, written: Written | undefined): string[] {
  return Object.keys(written?.fields ?? {}).map((name) => fieldAt(target, store, name));
}

/** Tells a field from all others, however its place is said. */
function fieldAt(target: Target, { address = placeOf(target) }: Store, name: string): string {
  return canonicalText([target.store, address, name]);
}

/**
 * The state with the value of its key, read back from a store that still holds it: a consumer that tries both keys
 * wants it once the key has a successor. As it is where no store does.
 */
export async function withReadBackValue(operation: OperationContext, state: KeyState): Promise<KeyState> {
  const wantsPrevious = targetsOf(state).some((target) =>
    [...fieldParts(target).values()].includes(previousValuePart),
  );
  if (state.value !== undefined || !wantsPrevious) return state;
  const { text } = await readBack(operation.stores, state.delivered ?? [], valuePart, state.fingerprint);
  return text === undefined ? state : { ...state, value: text };
}

/** The failure of a delivery, with what is true of the key now. */
export function undelivered(label: string, failures: readonly string[], consequence: string): ApiKeysError {
  return new ApiKeysError(
    "DELIVERY_FAILED",
    `The ${label} could not be delivered: ${failures.join(" ")} ${consequence}`,
  );
}
