import { ApiKeysError } from "../../base/errors";
import { type Knowable, unknownValue } from "../../base/unknown";
import type { ServiceDefinition } from "../../definition/definition";
import { resolveService } from "../../definition/registry";
import { isObject, pick } from "../../json/members";
import type { RotationArgs } from "../../rotation";
import { readDeliveries, readDeliveryArguments, withoutUnwantedValues } from "./deliveries";
import type { KeyFields, KeyInputs, KeySchedule, KeyService, KeyState, Status } from "./key";

/** A resource's inputs or outputs as an engine keeps them: flat, by name. */
export type Properties = Readonly<Record<string, unknown>>;

type Spread = "pathParameters" | "fields";
type DerivedName = keyof KeySchedule | "autonamed" | "status";

// Objects and not lists: the compiler then finds a name that is missing here, and one too many.
const derived = {
  autonamed: true, rotatedAt: true, anchorAt: true, extendedAt: true, dueAt: true, generation: true,
  previousRevokeAt: true, status: true,
} satisfies Record<DerivedName, true>; // biome-ignore format: one list
const given = {
  service: true, connection: true, expiresIn: true, rotation: true, adopt: true, adoptValue: true, deliver: true,
  valueInState: true, onLostDelivery: true, encryptTo: true, revokeWhenIdleFor: true,
} satisfies Record<Exclude<keyof KeyInputs, DerivedName | Spread>, true>; // biome-ignore format: one list
const outputs = {
  keyId: true, origin: true, value: true, fingerprint: true, valueAvailable: true, asked: true, unconfirmed: true, refused: true, rendered: true,
  unsettledSince: true, previousKeyId: true, previousValue: true, previousCreatedAt: true, previousPrefix: true, adoptedKeyId: true,
  delivered: true, encryptedValue: true, previousFingerprint: true,
} satisfies Record<Exclude<keyof KeyState, keyof KeyInputs | "succeededAt">, true>; // biome-ignore format: one list

/** Names of the inputs that every service's keys have; all others are path parameters and fields. */
const namesOfInputs: ReadonlySet<string> = new Set(["definition", ...Object.keys({ ...given, ...derived })]);

/** Names of the inputs and outputs that every service's keys have; all others are path parameters and fields. */
export const namesOfState: ReadonlySet<string> = new Set([...namesOfInputs, ...Object.keys(outputs)]);

/** Whether a property is one of those that `check` and `read` add to what a program gives. */
export function isDerivedInput(name: string): boolean {
  return Object.hasOwn(derived, name);
}

/**
 * The service that properties name or carry.
 *
 * @throws {ApiKeysError} INVALID_INPUT when there is none such, or its definition has mistakes
 */
export function readService(properties: Properties): KeyService {
  return {
    name: text(properties, "service"),
    written: properties.definition,
    definition: resolveService(properties),
  };
}

/**
 * Inputs as `check` has returned them.
 *
 * @param service what they are read as. Default: the service that they name or carry
 * @throws {ApiKeysError} INVALID_INPUT when the service cannot be told
 */
export function readInputs(properties: Properties, service = readService(properties)): KeyInputs {
  const { definition } = service;
  return {
    service,
    connection: knowable(properties, "connection") ?? definition.name,
    pathParameters: readPathParameters(definition, properties),
    fields: readFields(definition, properties, namesOfInputs),
    ...readShared(properties),
    adoptValue: knowable(properties, "adoptValue"),
    status: readStatus(properties),
  };
}

/**
 * A key's state: the outputs that a create, read or update has returned.
 *
 * @param corrected the program's service, by which it is read where its own definition has mistakes. Default: none
 * @throws {ApiKeysError} INVALID_INPUT when these are no outputs of a key, or their service cannot be told
 */
export function readState(properties: Properties, corrected?: KeyService): KeyState {
  const service = readServiceOr(properties, corrected);
  return {
    service,
    connection: required(properties, "connection"),
    pathParameters: requiredPathParameters(service.definition, properties),
    fields: readFields(service.definition, properties, namesOfState),
    ...readShared(properties),
    keyId: required(properties, "keyId"),
    origin: required(properties, "origin"),
    status: readStatus(properties) ?? "active",
    value: text(properties, "value"),
    fingerprint: text(properties, "fingerprint"),
    valueAvailable: flag(properties, "valueAvailable"),
    asked: isObject(properties.asked) ? properties.asked : undefined,
    unconfirmed: readNames(properties.unconfirmed),
    refused: readNames(properties.refused),
    rendered: isObject(properties.rendered) ? properties.rendered : undefined,
    unsettledSince: text(properties, "unsettledSince"),
    adoptedKeyId: text(properties, "adoptedKeyId"),
    previousKeyId: text(properties, "previousKeyId"),
    previousValue: text(properties, "previousValue"),
    previousCreatedAt: text(properties, "previousCreatedAt"),
    previousPrefix: text(properties, "previousPrefix"),
    previousFingerprint: text(properties, "previousFingerprint"),
    encryptedValue: text(properties, "encryptedValue"),
    delivered: readDeliveries(properties.delivered),
  };
}

function readServiceOr(properties: Properties, corrected: KeyService | undefined): KeyService {
  try {
    return readService(properties);
  } catch (error) {
    if (corrected?.written === undefined || properties.service !== corrected.name) throw error;
    return corrected;
  }
}

/** Inputs as an engine keeps them. */
export function writeInputs({ service, pathParameters, fields, ...rest }: KeyInputs): Properties {
  return write(service, pathParameters, fields, rest);
}

/** State as an engine keeps it: without values, where the program says so. */
export function writeState(state: KeyState): Properties {
  const { service, pathParameters, fields, ...rest } = withoutUnwantedValues(state);
  return write(service, pathParameters, fields, rest);
}

function write(
  { name, written }: KeyService,
  pathParameters: Properties,
  fields: KeyFields,
  rest: Properties,
): Properties {
  const all = { service: name, definition: written, ...fields, ...pathParameters, ...rest };
  // An `undefined` among them would fail the operation after the key was made. In order of their names, as the engine
  // keeps them, what did not change reads the same.
  const told = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readShared(
  properties: Properties,
): Omit<KeyInputs, "service" | "connection" | "pathParameters" | "fields"> {
  return {
    expiresIn: knowable(properties, "expiresIn"),
    revokeWhenIdleFor: knowable(properties, "revokeWhenIdleFor"),
    rotation: readRotation(properties.rotation),
    adopt: knowable(properties, "adopt"),
    autonamed: flag(properties, "autonamed"),
    ...readDeliveryArguments(properties),
    ...readSchedule(properties),
  };
}

function readSchedule(properties: Properties): KeySchedule {
  const { generation } = properties;
  return {
    rotatedAt: text(properties, "rotatedAt"),
    anchorAt: text(properties, "anchorAt"),
    extendedAt: text(properties, "extendedAt"),
    dueAt: text(properties, "dueAt"),
    previousRevokeAt: text(properties, "previousRevokeAt"),
    generation: typeof generation === "number" ? generation : undefined,
  };
}

/** `check` has judged its parts, and they are judged again wherever a duration is read of them. */
function readRotation(rotation: unknown): Knowable<RotationArgs> | undefined {
  return rotation === unknownValue || isObject(rotation) ? rotation : undefined;
}

const statuses: readonly Status[] = ["active", "revoked", "expired", "rotated"];

function readStatus({ status }: Properties): Status | undefined {
  return statuses.find((known) => known === status);
}

function readNames(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : undefined;
}

function readPathParameters(
  definition: ServiceDefinition,
  properties: Properties,
): Readonly<Record<string, Knowable<string>>> {
  const entries = Object.keys(definition.pathParameters).map(
    (name) => [name, knowable(properties, name)] as const,
  );
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Knowable<string>] => entry[1] !== undefined),
  );
}

function requiredPathParameters(
  definition: ServiceDefinition,
  properties: Properties,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(definition.pathParameters).map((name) => [name, required(properties, name)]),
  );
}

/** Fields of which every service that has them has text. */
const textFields: ReadonlySet<string> = new Set(["name", "expiresAt"]);

/** All that is neither of every key nor a path parameter, so that nothing is lost of a field that a definition dropped. */
function readFields(
  definition: ServiceDefinition,
  properties: Properties,
  others: ReadonlySet<string>,
): KeyFields {
  const isField = (name: string) =>
    !others.has(name) && !textFields.has(name) && !Object.hasOwn(definition.pathParameters, name);
  const fields = pick(properties, isField);
  const name = knowable(properties, "name");
  const expiresAt = knowable(properties, "expiresAt");
  const texts: KeyFields = {
    ...(name !== undefined && { name }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
  return Object.assign(fields, texts);
}

/** Text at a name, or undefined. */
export function text(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}

function knowable(properties: Properties, name: string): Knowable<string> | undefined {
  return properties[name] === unknownValue ? unknownValue : text(properties, name);
}

function flag(properties: Properties, name: string): boolean | undefined {
  const value = properties[name];
  return typeof value === "boolean" ? value : undefined;
}

function required(properties: Properties, name: string): string {
  const value = text(properties, name);
  if (value !== undefined) return value;
  throw new ApiKeysError(
    "INVALID_INPUT",
    `The state of this API key has no ${name}, so it is not known which key it is. Restore the state from a backup, or remove the resource with \`pulumi state delete\`.`,
  );
}
