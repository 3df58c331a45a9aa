import { ApiKeysError } from "../base/errors";
import { protect } from "../redaction/redactor";
import type { Holder } from "./credentials";

/**
 * The value of Authorization for a user name and a password.
 *
 * @throws {ApiKeysError} CONFIGURATION for a colon in the user name, or a control character
 * @see RFC 7617, section 2
 */
export function basicAuthorization(holder: Holder, username: string, password: string): string {
  const problem = username.includes(":")
    ? "has a user name with a colon, which would end it"
    : /\p{Cc}/u.test(username + password)
      ? "has a user name or password with a line break or another control character"
      : undefined;
  if (problem !== undefined) {
    const { connection, service } = holder;
    throw new ApiKeysError(
      "CONFIGURATION",
      `Connection "${connection}" for ${service} ${problem}. Correct its credentials.`,
    );
  }
  const encoded = Buffer.from(`${username}:${password}`, "utf8").toString("base64");
  protect(encoded);
  return `Basic ${encoded}`;
}
