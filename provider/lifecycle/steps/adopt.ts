import { ApiKeysError } from "../../base/errors";
import { pick } from "../../json/members";
import { printable } from "../../redaction/printable";
import type { KeyContext, OperationContext } from "../context";
import { warnings } from "../notice";
import { isIllegible, keyOfId } from "../remote/keyOfId";
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
  const { definition, vendor, label } = context;
  const key = await keyOfId(context, keyId);
  if (key?.id !== keyId) {
    throw new ApiKeysError(
      "KEY_CONFLICT",
      `The ${label} cannot be taken over: there is no key ${printable(keyId)}${key ? `; the one that exists is ${printable(key.id)}` : ""}. ` +
        "It may have been rotated or revoked since. Correct `adopt`, or remove it to create a key.",
    );
  }
  const mirrored = mirroredInputs(context, inputs);
  // A name that we made up was never the adopted key's, and what nobody can read may be anything.
  const asked = pick(
    mirrored.fields,
    (name) => !(name === "name" && inputs.autonamed === true) && !isIllegible(definition, name),
  );
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
