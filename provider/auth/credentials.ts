import { ApiKeysError } from "../base/errors";
import { variableName } from "../base/settingNames";
import type { Credentials } from "../connection/names";
import { isHeaderValue } from "../http/headerValue";

/** Whose credentials they are, for messages. */
export interface Holder {
  readonly connection: string;
  readonly service: string;
}

/**
 * A credential that fits into a header; a line break would start a header of its own.
 *
 * @throws {ApiKeysError} CONFIGURATION when it does not
 */
export function sendable(holder: Holder, name: string, credentials: Credentials): string {
  const value = credentials[name] ?? "";
  if (value === "") throw refuse(holder, name, "is empty");
  if (value.trim() !== value) throw refuse(holder, name, "starts or ends with white space");
  if (!isHeaderValue(value)) {
    throw refuse(holder, name, "holds a line break or another character that cannot be sent in a header");
  }
  return value;
}

export function refuse({ connection, service }: Holder, name: string, problem: string): ApiKeysError {
  return new ApiKeysError(
    "CONFIGURATION",
    `The ${name} of connection "${connection}" for ${service} ${problem}. ` +
      `Correct the environment variable ${variableName(connection, name)} or the connection's ${name}.`,
  );
}
