import { isDeepStrictEqual } from "node:util";
import { ApiKeysError } from "../../base/errors";
import { fingerprint } from "../../base/fingerprint";
import { fieldParts, placeOf, previousValuePart, valuePart } from "../../delivery/fields";
import type { Content, Target } from "../../delivery/store";
import { intactWrite, keepsValue, targetsOf } from "../state/deliveries";
import type { Delivery, DeliveryArguments, KeyInputs, KeyState } from "../state/key";

/** A write that is owed to a store. */
export interface PlannedWrite {
  readonly target: Target;
  /** The delivery as it was left or found; undefined for the first. */
  readonly before: Delivery | undefined;
  readonly content: Content;
  /** Fingerprint of each field's text. */
  readonly fingerprints: Readonly<Record<string, string>>;
}

/** What is owed to the stores of a key. */
export interface PlannedDeliveries {
  readonly writes: readonly PlannedWrite[];
  /** Deliveries that the program no longer asks for. */
  readonly removals: readonly Delivery[];
  /** Whether `encryptedValue` has to be made anew. */
  readonly seals: boolean;
  /**
   * How messages call the places, `encryptedValue` among them, that need the value while nothing here holds it: only
   * another key has one.
   */
  readonly lost: readonly string[];
}

/**
 * Derived from what was done and what is asked alone, so that what failed is still owed.
 *
 * @param state what was done
 * @param inputs what is asked
 */
export function planDeliveries(state: KeyState, inputs: DeliveryArguments): PlannedDeliveries {
  const known = new Map((state.delivered ?? []).map((delivery) => [placeOf(delivery.target), delivery]));
  const targets = targetsOf(inputs);
  const writes: PlannedWrite[] = [];
  const lost: string[] = [];
  for (const target of targets) {
    const before = known.get(placeOf(target));
    const write = owedWrite(state, target, before);
    if (write === "lost") lost.push(before?.place ?? target.store);
    else if (write !== undefined) writes.push(write);
  }
  const places = new Set(targets.map(placeOf));
  const seals = owesSeal(state, inputs);
  if (seals && state.value === undefined) lost.push("encryptedValue");
  return {
    writes,
    removals: [...known].flatMap(([place, delivery]) => (places.has(place) ? [] : [delivery])),
    seals,
    lost,
  };
}

/** Whether any store is owed something that can be given to it. */
export function owesDelivery({ writes, removals, seals }: PlannedDeliveries): boolean {
  return writes.length > 0 || removals.length > 0 || seals;
}

/**
 * @param steps what is done about it
 * @throws {ApiKeysError} DELIVERY_FAILED when only another key could be delivered, and the program forbids one for that
 */
export function assertDeliverable(
  { deliveries, by }: { readonly deliveries: PlannedDeliveries; readonly by: "key" | "value" | undefined },
  { onLostDelivery }: DeliveryArguments,
): void {
  const { lost } = deliveries;
  if (lost.length === 0 || by !== undefined || onLostDelivery !== "fail") return;
  throw new ApiKeysError(
    "DELIVERY_FAILED",
    `The key's value is needed for ${lost.join(" and ")} and is in no state, so only another key can be delivered, which ` +
      'onLostDelivery: "fail" forbids. To renew the key, change rotation.triggers.',
  );
}

function owesSeal(state: KeyState, { encryptTo }: DeliveryArguments): boolean {
  if (encryptTo === undefined) return state.encryptedValue !== undefined;
  return state.encryptedValue === undefined || !isDeepStrictEqual(encryptTo, state.encryptTo);
}

function owedWrite(
  state: KeyState,
  target: Target,
  before: Delivery | undefined,
): PlannedWrite | "lost" | undefined {
  const there = intactWrite(before)?.fields ?? {};
  const content: Record<string, string | null> = {};
  const fingerprints: Record<string, string> = {};
  let isLost = false;
  for (const [field, name] of fieldParts(target)) {
    const part = partOf(state, name) ?? shownOnce(state, name, field, before);
    if (part === undefined) continue;
    const stays = there[field] === part.fingerprint;
    // The key before can do without, where nobody knows its value any more.
    if (!stays && part.text === undefined && name === previousValuePart) continue;
    isLost ||= !stays && part.text === undefined;
    content[field] = stays ? null : (part.text ?? null);
    fingerprints[field] = part.fingerprint;
  }
  if (before?.status === "delivered" && isDeepStrictEqual(fingerprints, there)) return undefined;
  return isLost ? "lost" : { target, before, content, fingerprints };
}

/** What can be written of a key. */
interface Part {
  /** Undefined where nothing here holds it. */
  readonly text: string | undefined;
  readonly fingerprint: string;
}

function partOf(state: KeyState, name: string): Part | undefined {
  if (name === valuePart) {
    return state.fingerprint === undefined
      ? undefined
      : { text: state.value, fingerprint: state.fingerprint };
  }
  if (name === previousValuePart) return previousPart(state);
  const text = textOf(name === "keyId" ? state.keyId : state.fields[name]);
  return text === undefined ? undefined : { text, fingerprint: fingerprint(text) };
}

/** A secret that is shown with the value, where the state keeps neither: it is told by what was written of it. */
function shownOnce(
  state: KeyState,
  name: string,
  field: string,
  before: Delivery | undefined,
): Part | undefined {
  if (keepsValue(state) || state.service.definition.fields[name]?.secret !== true) return undefined;
  const isOfThisKey = before?.fingerprint !== undefined && before.fingerprint === state.fingerprint;
  return {
    text: undefined,
    fingerprint: (isOfThisKey ? before.written?.fields[field] : undefined) ?? "unknown",
  };
}

function previousPart(state: KeyState): Part | undefined {
  const { previousKeyId, previousValue: text, previousFingerprint } = state;
  if (previousKeyId === undefined) return undefined;
  const known = previousFingerprint ?? (text === undefined ? undefined : fingerprint(text));
  return known === undefined ? undefined : { text, fingerprint: known };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

/** Names of the parts of a service's keys that can be written. */
export function partNames({ service }: Pick<KeyInputs, "service">): string[] {
  const { fields, pathParameters } = service.definition;
  const told = Object.keys(fields).filter(
    (name) => name !== "id" && name !== "active" && !fields[name]?.volatile,
  );
  const others = told.filter((name) => !Object.hasOwn(pathParameters, name) && name !== valuePart);
  return [valuePart, "keyId", ...others];
}
