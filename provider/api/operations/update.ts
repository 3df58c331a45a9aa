import { ApiKeysError } from "../../base/errors";
import type { UpdateDefinition } from "../../definition/definition";
import { sameField } from "../../definition/sameField";
import { printable } from "../../redaction/printable";
import type { Known, PathParameters, RemoteKey } from "../../vendor";
import { isAboutKey, sourceOf, succeeded } from "../answers";
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

/** The refusal with what can be done, for it is refused in each run as long as the program stays as it is. */
function notRemoved(
  { code, message }: ApiKeysError,
  { sends }: UpdateDefinition,
  removed: readonly string[],
): ApiKeysError {
  const names = removed.join(", ");
  const [said, other] =
    sends === "all"
      ? ["left out", 'if this vendor removes it by null, give the definition\'s update sends: "changed"']
      : [
          "sent null for",
          'if this vendor removes what is left out, give the definition\'s update sends: "all"',
        ];
  return new ApiKeysError(
    code,
    `${message} The request ${said} ${names}, which the program no longer sets. If the vendor cannot remove it, set ${names} ` +
      `to what it is to be, or change rotation.triggers, too, for another key without it; ${other}.`,
  );
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
  if (!succeeded(operation, response)) {
    const problem = calls.problem(what, response);
    const removed = concerned.filter((name) => inputs[name] === undefined);
    throw isAboutKey(response.status) && removed.length > 0
      ? notRemoved(problem, operation, removed)
      : problem;
  }
  const key = keyFromWire(calls.definition, sourceOf(operation, "read", response));
  return key?.id === known.keyId ? key : undefined;
}
