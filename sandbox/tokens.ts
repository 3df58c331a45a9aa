import { createHmac } from "node:crypto";
import type { VendorName } from "./types";

export interface Claims {
  readonly iss: VendorName;
  readonly sub: string;
  readonly use: "access" | "refresh";
  readonly jti?: string;
  /** Number of changes of the vendor's credentials before the token was issued. @default 0 */
  readonly generation?: number;
  /** Seconds since the epoch with a fraction, so that an injected clock is exact to the millisecond. */
  readonly exp?: number;
}

/** Fixed and public, because a restarted sandbox has to accept the tokens in a user's environment. */
const SIGNING_KEY = "pulumi-apikeys sandbox, guards nothing";

export function signToken(claims: Claims): string {
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${signatureOf(content)}`;
}

export function verifyToken(
  token: string,
  expected: Required<Pick<Claims, "iss" | "use" | "generation">>,
  now: number,
): Claims | "invalid" | "expired" {
  const end = token.lastIndexOf(".");
  const content = token.slice(0, end);
  if (token.slice(end + 1) !== signatureOf(content)) return "invalid";
  const payload = content.split(".")[1] ?? "";
  const claims: Claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  if (claims.iss !== expected.iss || claims.use !== expected.use) return "invalid";
  if ((claims.generation ?? 0) !== expected.generation) return "invalid";
  return claims.exp !== undefined && claims.exp * 1000 <= now ? "expired" : claims;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function signatureOf(content: string): string {
  return createHmac("sha256", SIGNING_KEY).update(content).digest("base64url");
}
