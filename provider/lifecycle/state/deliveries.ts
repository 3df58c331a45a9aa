import { fingerprint } from "../../base/fingerprint";
import { type Knowable, unknownValue } from "../../base/unknown";
import type { ServiceDefinition } from "../../definition/definition";
import { placeOf } from "../../delivery/fields";
import type { Target, Written } from "../../delivery/store";
import { isObject, pick } from "../../json/members";
import type { Delivery, DeliveryArguments, DeliveryStatus, KeyFields, KeyState } from "./key";

/** The arguments that say where the value is taken, from properties. */
export function readDeliveryArguments(properties: Readonly<Record<string, unknown>>): DeliveryArguments {
  const { deliver, valueInState, onLostDelivery, encryptTo } = properties;
  return {
    deliver: known(deliver, isTargets),
    valueInState: known(valueInState, (value) => typeof value === "boolean"),
    onLostDelivery: known(onLostDelivery, (value) => value === "rotate" || value === "fail"),
    encryptTo: known(encryptTo, isTexts),
  };
}

function known<T>(value: unknown, is: (value: unknown) => value is T): Knowable<T> | undefined {
  return value === unknownValue || is(value) ? value : undefined;
}

function isTexts(value: unknown): value is readonly Knowable<string>[] {
  return Array.isArray(value) && value.every((item) => item === unknownValue || typeof item === "string");
}

function isTargets(value: unknown): value is readonly Knowable<Target>[] {
  return Array.isArray(value) && value.every((item) => item === unknownValue || isTarget(item));
}

function isTarget(value: unknown): value is Target {
  return isObject(value) && typeof value.store === "string";
}

const statuses: readonly DeliveryStatus[] = ["delivered", "changed", "missing", "failed"];

/** What became of the deliveries, from properties; what cannot be read is left out, and is then owed again. */
export function readDeliveries(value: unknown): readonly Delivery[] | undefined {
  return Array.isArray(value) ? value.flatMap(readDelivery) : undefined;
}

function readDelivery(value: unknown): Delivery[] {
  if (!isObject(value) || !isTarget(value.target)) return [];
  const { target, place, deliveredAt, fingerprint, written, attempted } = value;
  return [
    {
      target,
      place: typeof place === "string" ? place : target.store,
      status: statuses.find((status) => status === value.status) ?? "failed",
      ...(typeof deliveredAt === "string" && { deliveredAt }),
      ...(typeof fingerprint === "string" && { fingerprint }),
      ...(isWritten(written) && { written }),
      ...(isFingerprints(attempted) && { attempted }),
    },
  ];
}

function isFingerprints(value: unknown): value is Written["fields"] {
  return isObject(value) && Object.values(value).every((item) => typeof item === "string");
}

function isWritten(value: unknown): value is Written {
  return isObject(value) && isObject(value.fields) && isObject(value.receipt);
}

/** Where the program has the value taken. Empty as long as that is not known. */
export function targetsOf({ deliver }: DeliveryArguments): readonly Target[] {
  return deliver === undefined || deliver === unknownValue
    ? []
    : deliver.filter((target) => target !== unknownValue);
}

/** The deliveries with what the program now says of their places, such as whether they are left behind. */
export function withCurrentTargets(state: KeyState, inputs: DeliveryArguments): KeyState["delivered"] {
  const current = new Map(targetsOf(inputs).map((target) => [placeOf(target), target]));
  return state.delivered?.map((delivery) => ({
    ...delivery,
    target: current.get(placeOf(delivery.target)) ?? delivery.target,
  }));
}

/**
 * What a later write can build on: a write that failed has left what it was not to change, and what was found changed or
 * missing is nothing.
 */
export function intactWrite(delivery: Delivery | undefined): Written | undefined {
  return delivery?.status === "delivered" || delivery?.status === "failed" ? delivery.written : undefined;
}

/** Whether the state keeps the value. */
export function keepsValue({ valueInState }: DeliveryArguments): boolean {
  return valueInState !== false;
}

/** The state without what the program does not want in it: the values, and the secrets that are shown with them. */
export function withoutUnwantedValues(state: KeyState): KeyState {
  if (keepsValue(state)) return state;
  const { value: _, previousValue, ...rest } = state;
  const previousFingerprint =
    state.previousFingerprint ?? (previousValue === undefined ? undefined : fingerprint(previousValue));
  return {
    ...rest,
    previousFingerprint,
    fields: withoutShownSecrets(state.service.definition, state.fields),
  };
}

function withoutShownSecrets({ fields: declared }: ServiceDefinition, fields: KeyFields): KeyFields {
  return pick(fields, (name) => declared[name]?.secret !== true || declared[name].input !== undefined);
}
