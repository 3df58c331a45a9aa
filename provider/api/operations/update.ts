import type { UpdateDefinition } from "../../definition/definition";
import { sameField } from "../../definition/sameField";
import { printable } from "../../redaction/printable";
import type { Known, PathParameters, RemoteKey } from "../../vendor";
import { sourceOf, succeeded } from "../answers";
import { keyFromWire } from "../wire/key";
import type { OperationClient } from "./calls";
import type { PollKey } from "./polling";

/**
 * Changes fields of a key in place, by as many requests as it takes.
 *
 * @param known the key as it is recorded
 * @param changed names of the fields that are to change
 * @param look where a response has nothing
 * @returns the key as the vendor then tells of it; undefined where it tells nothing
 */
export async function update(
  calls: OperationClient,
  pathParameters: PathParameters,
  known: Known,
  inputs: Known,
  changed: readonly string[],
  look: PollKey,
): Promise<RemoteKey | undefined> {
  let latest: RemoteKey | undefined;
  let unseen = false;
  for (const operation of calls.definition.operations.update) {
    const concerned = operation.fields.filter((name) => changed.includes(name));
    if (concerned.length === 0) continue;
    const answered = await sendUpdate(calls, operation, concerned, pathParameters, known, inputs);
    latest = answered ?? latest;
    unseen ||= operation.verify === true;
  }
  const keyId = String(known.keyId);
  if (!unseen) return latest;
  const { fields } = calls.definition;
  const isDone = (key: RemoteKey | undefined) =>
    changed.every((name) => {
      const field = fields[name];
      return !field || field.expands || sameField(field, inputs[name], key?.fields[name]);
    });
  const seen = await look(pathParameters, keyId, known, isDone);
  if (seen) return seen;
  throw calls.invalid(`update API key ${printable(keyId)}`, "a success, but has no such key");
}

async function sendUpdate(
  calls: OperationClient,
  operation: UpdateDefinition,
  concerned: readonly string[],
  pathParameters: PathParameters,
  known: Known,
  inputs: Known,
): Promise<RemoteKey | undefined> {
  const what = `update ${concerned.join(", ")} of API key ${printable(String(known.name ?? known.keyId))}`;
  const names = operation.sends === "all" ? operation.fields : concerned;
  // What is not in the whole of a key is not part of it; a change has to say so.
  const clears = operation.sends === "all" ? [] : concerned;
  const sent = { place: "update", names, inputs, clears } as const;
  const asked = Object.fromEntries(operation.fields.map((name) => [name, inputs[name]]));
  const response = await calls.send({
    operation,
    pathParameters,
    known: { ...known, ...asked },
    what,
    sent,
    repeatable: true,
  });
  if (!succeeded(operation, response)) throw calls.problem(what, response);
  const key = keyFromWire(calls.definition, sourceOf(operation, "read", response));
  return key?.id === known.keyId ? key : undefined;
}
