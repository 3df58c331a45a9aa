import { ApiKeysError } from "../../base/errors";
import { printable } from "../../redaction/printable";
import type { KeyContext, OperationContext } from "../context";
import { find } from "../remote/find";
import { idMayBeReused, withoutIdentityFields } from "../remote/identity";
import { revokeProven } from "../remote/revoke";
import { keysAppearing } from "../remote/search";
import type { KeyState } from "../state/key";
import { ownIds } from "../state/keyState";
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
  const { label } = context;
  const unknown = `It is not known whether the ${label} has another value now: ${cause.message}`;
  try {
    const left = await successors(operation, context, state);
    const present = await find(operation, context, state, "fresh");
    if (present && present.fields.active !== false && left.length === 0) {
      const message =
        `${unknown} If it has, the value in state no longer works, and nobody knows the new one. ` +
        "Run `pulumi up` again, which rotates the key once more.";
      if (!idMayBeReused(context)) return new ApiKeysError(cause.code, message);
      return new PartialSuccessError(id, withoutIdentityFields(state), message);
    }
    const said = await cleared(context, state, left);
    // Dead in state, it is replaced: there is nothing left to be rotated.
    const isLive = present !== undefined && present.fields.active !== false;
    const now: KeyState = isLive ? state : { ...state, status: "revoked" };
    return new PartialSuccessError(
      id,
      now,
      `${unknown}${said} Run \`pulumi up\` again, which makes another.`,
    );
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    return new ApiKeysError(
      cause.code,
      `${unknown} It could not be looked for: ${error.message} A key under another id may be live whose value nobody knows; ` +
        "look for it at the vendor, then run `pulumi up` again.",
    );
  }
}

/** Keys of the name that the state does not know. Some vendors leave a rotated key its old age, so that tells nothing. */
async function successors(operation: OperationContext, context: KeyContext, state: KeyState) {
  const { name } = state.fields;
  if (typeof name !== "string" || context.definition.kind === "singleton") return [];
  const known = ownIds(state);
  return keysAppearing(
    operation,
    context,
    name,
    ({ id, fields }) => !known.has(id) && fields.active !== false,
  );
}

/** Revokes what is ours by its name alone, and tells of what may be somebody else's. */
async function cleared(
  context: KeyContext,
  { fields, autonamed }: KeyState,
  left: readonly { readonly id: string }[],
): Promise<string> {
  if (left.length === 0) return " The old one is gone.";
  const ids = left.map((key) => printable(key.id)).join(", ");
  if (autonamed !== true) {
    return ` Key ${ids} has appeared under its name; it was not revoked, for it may be someone else's: revoke what nobody uses.`;
  }
  for (const key of left) await revokeProven(context, key.id, String(fields.name));
  return ` Key ${ids}, which came of it and whose value nobody knows, was revoked.`;
}
