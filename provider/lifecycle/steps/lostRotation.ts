import { ApiKeysError } from "../../base/errors";
import { idsText } from "../../redaction/printable";
import { isLive, type RemoteKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { idMayBeReused, isKnown, withoutIdentityFields } from "../remote/identity";
import { find } from "../remote/provenAbsence";
import { revokeProven } from "../remote/revoke";
import { keysAppearing } from "../remote/search";
import type { KeyState } from "../state/key";
import { ownKeys } from "../state/keyState";
import { isMadeUp } from "../state/madeUpName";
import { PartialSuccessError } from "./progress";

/**
 * What to throw for a rotation whose response was lost. Some vendors give the new value another id; such a key is looked
 * for by its name and revoked, for nobody knows its value.
 *
 * @param id the resource's
 */
export async function lostRotation(
  operation: OperationContext,
  context: KeyContext,
  id: string,
  state: KeyState,
  cause: ApiKeysError,
): Promise<Error> {
  const unknown = `It is not known whether the ${context.label} has another value now: ${cause.message}`;
  const looked = await lookedFor(operation, context, state);
  if (looked instanceof ApiKeysError) {
    return new ApiKeysError(
      cause.code,
      `${unknown} It could not be looked for: ${looked.message} A key under another id may be live whose value nobody knows; ` +
        "look for it at the vendor, then run `pulumi up` again.",
    );
  }
  const { left, isLive } = looked;
  if (isLive && left.length === 0) {
    const message =
      `${unknown} If it has, the value in state no longer works, and nobody knows the new one. ` +
      "Run `pulumi up` again, which rotates the key once more.";
    if (!idMayBeReused(context)) return new ApiKeysError(cause.code, message);
    return new PartialSuccessError(id, withoutIdentityFields(state), message);
  }
  const said = await cleared(context, state, left);
  if (said instanceof ApiKeysError) {
    return new ApiKeysError(
      cause.code,
      `${unknown} Key ${idsText(left)} has appeared under its name, nobody knows its value, and it could not be revoked: ${said.message} ` +
        "Revoke it at the vendor, then run `pulumi up` again.",
    );
  }
  // The state calls it revoked where it is gone: the next update replaces it, because there is nothing left to rotate.
  const now: KeyState = isLive ? state : { ...state, status: "revoked" };
  return new PartialSuccessError(id, now, `${unknown}${said} Run \`pulumi up\` again, which makes another.`);
}

/** What the vendor has after a rotation whose response was lost, or why that could not be seen. */
async function lookedFor(
  operation: OperationContext,
  context: KeyContext,
  state: KeyState,
): Promise<{ readonly left: readonly RemoteKey[]; readonly isLive: boolean } | ApiKeysError> {
  return orExpectedError(async () => {
    const left = await successors(operation, context, state);
    const present = await find(operation, context, state, "fresh");
    return { left, isLive: present !== undefined && isLive(present) };
  });
}

async function orExpectedError<T>(act: () => Promise<T>): Promise<T | ApiKeysError> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ApiKeysError) return error;
    throw error;
  }
}

/** Keys of the same name at the vendor that the state does not know. Some vendors leave a rotated key its old age, so that tells nothing. */
async function successors(
  operation: OperationContext,
  context: KeyContext,
  state: KeyState,
): Promise<RemoteKey[]> {
  const { name } = state.fields;
  if (typeof name !== "string" || context.definition.kind === "singleton") return [];
  const known = ownKeys(state);
  return keysAppearing(operation, context, name, (key) => !isKnown(context, key, known) && isLive(key));
}

/** Revokes what bears a name that we made up, and tells of what may be somebody else's; or why that failed. */
async function cleared(
  context: KeyContext,
  state: KeyState,
  left: readonly RemoteKey[],
): Promise<string | ApiKeysError> {
  if (left.length === 0) return " The old one is gone.";
  const { name } = state.fields;
  if (!isMadeUp(state, name)) {
    return ` Key ${idsText(left)} is there under its name. It was not revoked, because it may be someone else's: revoke what nobody uses.`;
  }
  return orExpectedError(async () => {
    for (const { id } of left) await revokeProven(context, id, String(name));
    return ` Key ${idsText(left)}, which came of it and whose value nobody knows, was revoked.`;
  });
}
