import { ApiKeysError } from "../../base/errors";
import { printable } from "../../redaction/printable";
import type { KeyContext, OperationContext } from "../context";
import { warnings } from "../notice";
import { visibleKeys } from "../remote/provenAbsence";
import type { KeyInputs } from "../state/key";
import { adoptedValue, mirroredInputs } from "../state/keyState";
import { mergeRemote } from "../state/mergeRemote";
import { divergentInputs } from "../state/requestedValue";
import type { Creation } from "./issueKey";

/**
 * Takes over a key that exists already, without creating one. Where the program asks for something else than
 * the key is, nothing is changed and a warning says so.
 *
 * @param keyId the vendor's id of the key
 * @throws {ApiKeysError} KEY_CONFLICT when there is no key of that id
 */
export async function adopt(
  operation: OperationContext,
  context: KeyContext,
  inputs: KeyInputs,
  keyId: string,
): Promise<Creation> {
  const { definition, vendor, pathParameters, label } = context;
  // A key that is seen on a list that may lack others is there.
  const listed = await visibleKeys(context, "shared");
  const key = listed?.find(({ id }) => id === keyId) ?? (await vendor.get?.(pathParameters, keyId));
  if (key?.id !== keyId) {
    throw new ApiKeysError(
      "KEY_CONFLICT",
      `The ${label} cannot be taken over: there is no key ${printable(keyId)}${key ? `; the one that exists is ${printable(key.id)}` : ""}. ` +
        "It may have been rotated or revoked since. Correct `adopt`, or remove it to create a key.",
    );
  }
  const mirrored = mirroredInputs(context, inputs);
  // A name that we made up was never the adopted key's.
  const asked = inputs.autonamed === true ? { ...mirrored.fields, name: undefined } : mirrored.fields;
  const { fields, status } = mergeRemote(definition, { fields: asked }, key, operation.now());
  if (status !== "active") {
    throw new ApiKeysError(
      "KEY_CONFLICT",
      `The ${label} cannot be taken over: key ${printable(keyId)} is ${status}. Name a key that works, or remove \`adopt\` to create one.`,
    );
  }
  operation.memory.takenOver.add(keyId);
  const divergent = divergentInputs(definition, inputs, fields);
  const value = typeof inputs.adoptValue === "string" ? inputs.adoptValue : undefined;
  const differing = Object.entries(divergent ?? {}).flatMap(([name, wanted]) =>
    wanted === null || (name === "name" && inputs.autonamed) ? [] : [name],
  );
  return {
    id: keyId,
    state: {
      ...mirrored,
      fields,
      status,
      keyId,
      origin: vendor.origin,
      ...(value === undefined ? { valueAvailable: false } : adoptedValue(value)),
      asked: divergent,
    },
    warnings: warnings(
      differing.length > 0
        ? [
            `The ${label} was taken over as it is, but the program asks for something else in: ${differing.join(", ")}. To apply the program, change rotation.triggers.`,
          ]
        : [],
    ),
  };
}
