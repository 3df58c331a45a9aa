import { HttpProblemError } from "../../base/errors";
import type { OperationDefinition } from "../../definition/definition";
import type { HttpResponse } from "../../http/request";
import { printable } from "../../redaction/printable";
import type { Known, PathParameters, Revocation } from "../../vendor";
import { isAboutKey, saysNotFound, succeeded } from "../answers";
import type { OperationClient } from "./calls";
import type { PollKey } from "./polling";

/**
 * Revokes a key, and deletes what is left of it where that takes another step.
 *
 * @param name how messages call it
 * @param known what requests may name it by
 * @param look where a success proves nothing
 */
export async function revoke(
  calls: OperationClient,
  pathParameters: PathParameters,
  { keyId, name: called }: { readonly keyId: string; readonly name: string },
  known: Known,
  look: PollKey,
): Promise<Revocation> {
  const { revoke, remove } = calls.definition.operations;
  const name = JSON.stringify(printable(called));
  // A key without a name is called by its id.
  const which = called === keyId ? name : `${name} (${printable(keyId)})`;
  const key = { ...known, keyId };
  const revoking = () => end(calls, revoke, pathParameters, key, `revoke API key ${which}`);
  const removing = () => end(calls, remove ?? revoke, pathParameters, key, `delete API key ${which}`);

  const outcome = remove ? await both(revoking, removing) : await revoking();
  if (outcome !== "revoked" || !revoke.verify) return outcome;
  const left = await look(
    pathParameters,
    keyId,
    known,
    (seen) => seen === undefined || seen.fields.active === false,
  );
  if (left === undefined) return "absent";
  return left.fields.active === false ? "revoked" : "unproven";
}

/** One that was revoked before may be refused the first step, and has to go all the same. */
async function both(
  revoking: () => Promise<Revocation>,
  removing: () => Promise<Revocation>,
): Promise<Revocation> {
  let refusal: HttpProblemError | undefined;
  try {
    await revoking();
  } catch (error) {
    if (!(error instanceof HttpProblemError) || !isAboutKey(error.status)) throw error;
    refusal = error;
  }
  const outcome = await removing();
  if (refusal && outcome !== "revoked") throw refusal;
  return outcome;
}

async function end(
  calls: OperationClient,
  operation: OperationDefinition,
  pathParameters: PathParameters,
  known: Known,
  what: string,
): Promise<Revocation> {
  const response = await calls.send({ operation, pathParameters, known, what, repeatable: true });
  // Declared, it may be any status: 200 as well.
  if (operation.notFound && saysNotFound(calls.definition, operation, response)) return "absent";
  if (succeeded(operation, response)) return isForeign(operation, response) ? "unproven" : "revoked";
  if (saysNotFound(calls.definition, operation, response)) return "absent";
  if (response.status === 404) return "unproven";
  throw calls.problem(what, response);
}

/** A login page under 200 is nobody's word that the key is gone; a mere "OK" is one where the definition says so. */
function isForeign({ success }: OperationDefinition, { body }: HttpResponse): boolean {
  return body.kind === "other" && (success === undefined || /html/i.test(body.contentType));
}
