import { ApiKeysError } from "../../errors";
import type { HttpResponse } from "../../http/request";
import type { Known, Parents } from "../../lifecycle/vendor";
import { sourceOf, succeeded } from "../answers";
import type { CreateDefinition, ServiceDefinition } from "../definition";
import {
  type CreatedKey,
  createdFromWire,
  keyFromWire,
  type RemoteKey,
  type UnidentifiedKey,
} from "../wire/key";
import type { Call, Calls } from "./calls";

/** Looks at a key that has just been made. */
export type Look = (parents: Parents, keyId: string, known: Known) => Promise<RemoteKey | undefined>;

/**
 * Sends one request that makes a key or gives one another value, and reads the value from the answer.
 *
 * @param answer which of the two it is
 * @param look where the answer does not tell all
 * @throws {ApiKeysError} OUTCOME_UNKNOWN when the value was not received
 */
export async function make(
  calls: Calls,
  operation: CreateDefinition,
  answer: "created" | "rotated",
  call: Omit<Call, "operation" | "repeatable">,
  look: Look | undefined,
): Promise<CreatedKey | UnidentifiedKey> {
  const { what, parents } = call;
  const response = await calls.send({ ...call, operation, repeatable: false });
  // A gateway may answer 5xx after the vendor has created the key.
  if (response.status >= 500) throw calls.unknownOutcome(what, `HTTP ${response.status}`);
  if (!succeeded(operation, response)) throw calls.problem(what, response);
  const created =
    createdFromWire(calls.definition, sourceOf(operation, answer, response)) ??
    (await revealed(calls, operation, answer, call, response));
  if (!created) throw calls.unknownOutcome(what, `HTTP ${response.status} without the key's value`);
  if (created.id === undefined || !operation.readBack || !look) return created;
  const told = await seen(look, parents, created);
  if (!told) return created;
  const fields = { ...created.fields, ...told };
  return { ...created, fields: { ...untold(calls.definition, fields), ...fields } };
}

/** The key whose value another request tells; undefined where there is no such request, or nothing to ask for. */
async function revealed(
  calls: Calls,
  operation: CreateDefinition,
  answer: "created" | "rotated",
  { what, parents, known }: Omit<Call, "operation" | "repeatable">,
  response: HttpResponse,
): Promise<CreatedKey | UnidentifiedKey | undefined> {
  const { reveal } = calls.definition.operations;
  const key = keyFromWire(calls.definition, sourceOf(operation, answer, response));
  if (!reveal || !key) return undefined;
  const asked = { ...known, ...key.fields, keyId: key.id };
  const telling = { operation: reveal, parents, known: asked, what, repeatable: false };
  const told = await calls.send(telling).catch((error: unknown) => {
    const why = error instanceof ApiKeysError ? error.message : "for a reason of our own";
    throw calls.unknownOutcome(what, `a key whose value could not be asked for (${why})`);
  });
  if (!succeeded(reveal, told)) {
    throw calls.unknownOutcome(what, `a key, but with HTTP ${told.status} when asked for its value`);
  }
  const created = createdFromWire(calls.definition, sourceOf(reveal, answer, told));
  return created && { ...created, id: key.id, fields: { ...key.fields, ...created.fields } };
}

/** What a look tells; undefined where it fails: the value is in hand and must not be lost. */
async function seen(
  look: Look,
  parents: Parents,
  { id, fields, value }: CreatedKey,
): Promise<Known | undefined> {
  try {
    return (await look(parents, id, { ...fields, value }))?.fields;
  } catch {
    return undefined;
  }
}

/** What even a look does not tell the vendor has not taken, unless it never tells it. */
function untold({ fields }: ServiceDefinition, told: Known): Known {
  const silent = Object.entries(fields).filter(
    ([name, { input, writeOnly, secret, volatile }]) =>
      input !== undefined && !writeOnly && !secret && !volatile && told[name] === undefined,
  );
  return Object.fromEntries(silent.map(([name]) => [name, null]));
}
