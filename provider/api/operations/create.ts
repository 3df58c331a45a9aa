import { ApiKeysError } from "../../base/errors";
import { pollUntil } from "../../base/poll";
import type { CreateDefinition, ServiceDefinition } from "../../definition/definition";
import { isLifetime } from "../../definition/instantForms";
import type { HttpResponse } from "../../http/request";
import { isSuccess } from "../../http/status";
import { anyHolds } from "../../json/conditions";
import type { CreatedKey, Known, PathParameters, RemoteKey, UnidentifiedKey } from "../../vendor";
import { jsonBody, sourceOf, succeeded } from "../answers";
import { readProblem } from "../problem";
import { createdFromWire, keyFromWire } from "../wire/key";
import { type Source, toldAt } from "../wire/places";
import type { OperationCall, OperationClient } from "./calls";

/** How long a vendor that makes a key in the background may take, in milliseconds. */
const patienceMs = 60_000;

/** Looks at a key that has just been made. */
export type ReadKey = (
  pathParameters: PathParameters,
  keyId: string,
  known: Known,
) => Promise<RemoteKey | undefined>;

/**
 * Sends one request that makes a key or gives one another value, and reads the value from the response.
 *
 * @param answer which of the two it is
 * @param look where the response does not say all
 * @throws {ApiKeysError} OUTCOME_UNKNOWN when the value was not received
 */
export async function make(
  calls: OperationClient,
  operation: CreateDefinition,
  answer: "created" | "rotated",
  call: Omit<OperationCall, "operation" | "repeatable">,
  look: ReadKey | undefined,
): Promise<CreatedKey | UnidentifiedKey> {
  const { what, pathParameters } = call;
  const response = await calls.send({ ...call, operation, repeatable: false });
  // A gateway may answer 5xx after the vendor has created the key.
  if (response.status >= 500) throw calls.unknownOutcome(what, `HTTP ${response.status}`);
  const source = sourceOf(operation, answer, response);
  if (!succeeded(operation, response)) throw refusal(calls, what, response, source);
  const told = calls.definition.operations.reveal
    ? await revealed(calls, answer, call, source)
    : createdFromWire(calls.definition, source);
  const made = told && identifiedBy(told, answer === "rotated" ? call.known?.keyId : undefined);
  if (!made) throw calls.unknownOutcome(what, `HTTP ${response.status} without the key's value`);
  if (made.id === undefined || !operation.verify || !look) return made;
  const looked = await seen(look, pathParameters, made);
  if (!looked) return made;
  const fields = { ...made.fields, ...looked };
  return { ...made, fields: { ...untold(calls.definition, source, fields), ...fields } };
}

/** A rotation whose response has no id has kept the key's own. */
function identifiedBy(made: CreatedKey | UnidentifiedKey, keyId: unknown): CreatedKey | UnidentifiedKey {
  return made.id === undefined && typeof keyId === "string" ? { ...made, id: keyId } : made;
}

/** A key may exist under any 2xx, whatever the definition takes for a success, unless the vendor says otherwise. */
function refusal(calls: OperationClient, what: string, response: HttpResponse, source: Source): ApiKeysError {
  const { definition } = calls;
  const problem = readProblem(definition, response.status, jsonBody(response));
  const mayHaveMade = createdFromWire(definition, source) !== undefined || problem === undefined;
  if (!isSuccess(response.status) || !mayHaveMade) return calls.problem(what, response);
  return calls.unknownOutcome(what, `HTTP ${response.status}, which the definition takes for no success`);
}

/** The key whose value another request tells; undefined where nothing says of which key it is to be asked. */
async function revealed(
  calls: OperationClient,
  answer: "created" | "rotated",
  { what, pathParameters, known = {} }: Omit<OperationCall, "operation" | "repeatable">,
  source: Source,
): Promise<CreatedKey | UnidentifiedKey | undefined> {
  const { reveal } = calls.definition.operations;
  const key = keyFromWire(calls.definition, source);
  const keyId = key?.id ?? (answer === "rotated" ? known.keyId : undefined);
  if (!reveal || typeof keyId !== "string") return undefined;
  const asked = { ...known, ...key?.fields, keyId };
  const telling = { operation: reveal, pathParameters, known: asked, what, repeatable: false };
  const ask = async () => {
    const told = await calls.send(telling).catch((error: unknown) => {
      const why = error instanceof ApiKeysError ? error.message : "for a reason of our own";
      throw calls.unknownOutcome(what, `a key whose value could not be asked for (${why})`);
    });
    if (succeeded(reveal, told)) return told;
    throw calls.unknownOutcome(what, `a key, but with HTTP ${told.status} when asked for its value`);
  };
  const { until } = reveal;
  const isThere = ({ status, body }: HttpResponse) =>
    until === undefined || anyHolds(until, status, body.kind === "json" ? body.value : undefined, isSuccess);
  const told = await pollUntil(calls.clock, until ? patienceMs : 0, ask, isThere);
  if (!isThere(told)) throw calls.unknownOutcome(what, "a key whose value has not come within a minute");
  const made = createdFromWire(calls.definition, sourceOf(reveal, answer, told));
  // What the response to create told was a job's.
  const own = until && keyFromWire(calls.definition, sourceOf(reveal, "read", told));
  return (
    made && { ...made, id: own?.id ?? keyId, fields: { ...key?.fields, ...own?.fields, ...made.fields } }
  );
}

/** What a look tells; undefined where it fails: the value is in hand and must not be lost. */
async function seen(
  look: ReadKey,
  pathParameters: PathParameters,
  { id, fields, value }: CreatedKey,
): Promise<Known | undefined> {
  try {
    return (await look(pathParameters, id, { ...fields, value }))?.fields;
  } catch {
    return undefined;
  }
}

/** What even a look does not tell the vendor has not taken, unless it never tells it or we cannot read it. */
function untold({ fields }: ServiceDefinition, source: Source, told: Known): Known {
  const silent = Object.entries(fields).filter(([name, field]) => {
    const { input, writeOnly, secret, volatile, as } = field;
    if (name === "name" || input === undefined || writeOnly || secret || volatile) return false;
    if (as && isLifetime(as.response)) return false;
    return told[name] === undefined && toldAt(fields, name, source) === undefined;
  });
  return Object.fromEntries(silent.map(([name]) => [name, null]));
}
