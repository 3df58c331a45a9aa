import { ApiKeysError } from "../../base/errors";
import type { ServiceDefinition } from "../../definition/definition";
import { inputFields } from "../../definition/inputFields";
import { pick } from "../../json/members";
import { printable } from "../../redaction/printable";
import type { RemoteKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { warnings } from "../notice";
import { visibleKeys } from "../remote/lists";
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
  // A key that is seen on a list that may lack others is there.
  const listed = (await visibleKeys(context, "shared"))?.find(({ id }) => id === keyId);
  const key = await withDetails(context, keyId, listed);
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

/** A key as the list has it, with what only a look at the key itself tells: a renewal carries that over. */
async function withDetails(
  { definition, vendor, pathParameters }: KeyContext,
  keyId: string,
  listed: RemoteKey | undefined,
): Promise<RemoteKey | undefined> {
  const lacks = inputFields(definition).some(
    (name) => listed?.fields[name] === undefined && !isIllegible(definition, name),
  );
  if (listed !== undefined && !lacks) return listed;
  const looked = await vendor.get?.(pathParameters, keyId, listed?.fields);
  if (listed === undefined || looked?.id !== keyId) return listed ?? looked;
  return { ...listed, fields: { ...listed.fields, ...looked.fields } };
}

/** Whether the vendor never shows a field, or masks it. */
function isIllegible({ fields }: ServiceDefinition, name: string): boolean {
  return fields[name]?.secret === true || fields[name]?.writeOnly === true;
}
