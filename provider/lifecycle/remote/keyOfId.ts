import type { ServiceDefinition } from "../../definition/definition";
import { inputFields } from "../../definition/inputFields";
import type { RemoteKey } from "../../vendor";
import type { KeyContext } from "../context";
import { visibleKeys } from "./lists";

/**
 * A key of which no more than its id is known, with its details: to be taken over.
 *
 * @param keyId the vendor's id of it; undefined for a singleton's only key
 * @returns undefined where no such key is seen; at a singleton the key that is there, whatever its id
 */
export async function keyOfId(
  context: KeyContext,
  keyId: string | undefined,
): Promise<RemoteKey | undefined> {
  if (keyId === undefined) return context.vendor.get?.(context.pathParameters, "");
  // A key that is seen on a list that may lack others is there.
  const listed = (await visibleKeys(context, "shared"))?.find(({ id }) => id === keyId);
  return withDetails(context, keyId, listed);
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
export function isIllegible({ fields }: ServiceDefinition, name: string): boolean {
  return fields[name]?.secret === true || fields[name]?.writeOnly === true;
}
