import { STATUS_CODES } from "node:http";
import type { Reply } from "./http";

const MESSAGES: Readonly<Record<number, string>> = {
  400: "The request contains invalid parameters or malformed data",
  401: "Authentication required. Please provide a valid API token",
  403: "You don't have permission to access this resource",
  404: "The requested resource was not found",
};

export interface Detail {
  readonly field: string;
  readonly message: string;
}

/** The error shape that Applications and SendKit share word for word. */
export function envelope(status: number, details?: readonly Detail[]): Reply {
  const error = STATUS_CODES[status] ?? "Error";
  const body = { error, message: MESSAGES[status] ?? error, code: status };
  return { status, body: details === undefined ? body : { ...body, details } };
}
