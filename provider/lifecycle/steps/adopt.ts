import { ApiKeysError } from "../../base/errors";
import { printable } from "../../redaction/printable";
import type { KeyContext, OperationContext } from "../context";
import { divergentInputs, handedIn, mergeRemote, mirroredInputs } from "../state/outputs";
import { type Properties, requiredText, text } from "../state/properties";
import type { Creation } from "./issueKey";

/**
 * Takes over a key that exists already, without creating one. Where the program asks for something else than
 * the key is, nothing is changed and a warning says so.
 *
 * @throws {ApiKeysError} KEY_CONFLICT when there is no key of that id
 */
export async function adopt(
  operation: OperationContext,
  context: KeyContext,
  inputs: Properties,
): Promise<Creation> {
  const { definition, vendor, pathParameters, label } = context;
  const keyId = requiredText(inputs, "adopt");
  const listed = await vendor.list?.(pathParameters, "shared");
  const key = listed?.find(({ id }) => id === keyId) ?? (await vendor.get?.(pathParameters, keyId));
  if (key?.id !== keyId) {
    throw new ApiKeysError(
      "KEY_CONFLICT",
      `The ${label} cannot be taken over: there is no key ${printable(keyId)}${key ? `; the one that exists is ${printable(key.id)}` : ""}. ` +
        "It may have been rotated or revoked since. Correct `adopt`, or remove it to create a key.",
    );
  }
  const { name: _, ...unnamed } = mirroredInputs(definition, inputs);
  const seen = mergeRemote(
    definition,
    inputs.autonamed === true ? unnamed : mirroredInputs(definition, inputs),
    key,
    operation.now(),
  );
  if (seen.status !== "active") {
    throw new ApiKeysError(
      "KEY_CONFLICT",
      `The ${label} cannot be taken over: key ${printable(keyId)} is ${seen.status}. Name a key that works, or remove \`adopt\` to create one.`,
    );
  }
  operation.adoptions.takenOver.add(keyId);
  const deviating = divergentInputs(definition, inputs, seen);
  const value = text(inputs, "adoptValue");
  const outputs = {
    ...seen,
    keyId,
    origin: vendor.origin,
    ...(value === undefined ? { valueAvailable: false } : handedIn(value)),
    ...(deviating && { asked: deviating }),
  };
  const differing = Object.entries(deviating ?? {}).flatMap(([name, asked]) =>
    asked === null || (name === "name" && inputs.autonamed) ? [] : [name],
  );
  const warnings =
    differing.length > 0
      ? [
          `The ${label} was taken over as it is: its ${differing.join(", ")} differs from the program. Rotate it to apply the program.`,
        ]
      : [];
  return { id: keyId, outputs, warnings };
}
