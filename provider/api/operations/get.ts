import type { GetDefinition } from "../../definition/definition";
import { printable } from "../../redaction/printable";
import type { Known, PathParameters, RemoteKey } from "../../vendor";
import { saysNotFound, sourceOf, succeeded } from "../answers";
import { keyFromWire } from "../wire/key";
import type { OperationClient } from "./calls";

/** One key (a singleton's only one), or undefined on the vendor's word that it does not exist. */
export async function get(
  calls: OperationClient,
  operation: GetDefinition,
  pathParameters: PathParameters,
  keyId: string,
  known: Known = {},
): Promise<RemoteKey | undefined> {
  const what = keyId === "" ? "read the API key" : `read API key ${printable(keyId)}`;
  const response = await calls.send({
    operation,
    pathParameters,
    known: { ...known, keyId },
    what,
    repeatable: true,
  });
  if (saysNotFound(calls.definition, operation, response)) return undefined;
  if (!succeeded(operation, response)) throw calls.problem(what, response);
  const key = keyFromWire(calls.definition, sourceOf(operation, "read", response));
  if (key) return key;
  throw calls.invalid(what, "something that is no key");
}
