import { ApiKeysError } from "../base/errors";
import { instantText } from "../base/time";
import { printable } from "../redaction/printable";
import { type OperationContext, resolveKey } from "./context";
import { keyOfId } from "./remote/keyOfId";
import type { KeyInputs, KeyService, KeyState } from "./state/key";
import { askedFields } from "./state/keyState";
import { mergeRemote } from "./state/mergeRemote";
import { divergentInputs } from "./state/requestedValue";

/** A key that exists already, as the state of a resource that takes it over. */
export interface Imported {
  readonly state: KeyState;
  /** What a program would ask for to have just this key. */
  readonly inputs: KeyInputs;
}

/**
 * Looks up a key by an import id: its path parameters in the order of the path, then the vendor's id of it, with slashes
 * between them; of a singleton the path parameters alone. Its value no vendor shows, so the state has none.
 *
 * @param connection Default: the service's own
 * @returns undefined where the vendor has no such key
 * @throws {ApiKeysError} INVALID_INPUT for an id of another form; KEY_CONFLICT for a key that no longer works
 */
export async function importKey(
  operation: OperationContext,
  service: KeyService,
  importId: string,
  connection = service.definition.name,
): Promise<Imported | undefined> {
  const { definition } = service;
  const { pathParameters, keyId } = partsOf(service, importId);
  const asked: KeyInputs = { service, connection, pathParameters, fields: {} };
  const context = resolveKey(operation, { ...asked, keyId });
  const key = await keyOfId(context, keyId);
  if (key === undefined || (keyId !== undefined && key.id !== keyId)) return undefined;
  const { fields, status } = mergeRemote(definition, { fields: {} }, key, operation.now());
  if (status !== "active") {
    throw new ApiKeysError(
      "KEY_CONFLICT",
      `The ${context.label} cannot be imported: it is ${status}. Import a key that works, or declare a new one.`,
    );
  }
  const state: KeyState = {
    ...{ service, connection, pathParameters, fields, status },
    keyId: key.id,
    adoptedKeyId: key.id,
    origin: context.vendor.origin,
    valueAvailable: false,
    rotatedAt: instantText(operation.now()),
    // Nothing was asked: a program that leaves out what the vendor chose agrees with it.
    asked: divergentInputs(definition, asked, fields),
  };
  const { rotatedAt } = state;
  return { state, inputs: { service, connection, pathParameters, rotatedAt, fields: askedFields(state) } };
}

function partsOf({ definition }: KeyService, importId: string) {
  const names = Object.keys(definition.pathParameters);
  const parts = importId.split("/");
  const isSingleton = definition.kind === "singleton";
  const values = parts.slice(0, names.length);
  const keyId = isSingleton ? undefined : parts.slice(names.length).join("/");
  const wanted = names.length + (isSingleton ? 0 : 1);
  const isComplete = parts.length >= wanted && values.every((value) => value !== "") && keyId !== "";
  if (!isComplete || (isSingleton && parts.length > wanted)) {
    const form = [...names.map((name) => `<${name}>`), ...(isSingleton ? [] : ["<keyId>"])].join("/");
    throw new ApiKeysError(
      "INVALID_INPUT",
      `${printable(importId)} is no import id of a ${definition.title} key: give ${form}.`,
    );
  }
  return {
    keyId,
    pathParameters: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""])),
  };
}
