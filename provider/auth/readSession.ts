import type { Credentials } from "../connection/names";
import type { AuthDefinition } from "../definition/schema/auth";
import type { SetCookie } from "../http/cookies";
import { isHeaderValue } from "../http/headerValue";
import type { HttpResponse } from "../http/request";
import { fillTexts, variablesIn } from "../json/templates";
import { protect } from "../redaction/redactor";
import type { Holder } from "./credentials";
import { asHeaders } from "./fixed";
import { headersIn, type LoginResponse, loginResponse, loginValueAt, placeName } from "./loginResponse";
import type { Session } from "./session";

export type SessionDefinition = Extract<AuthDefinition, { scheme: "login" | "oauth2" }>;

/** Names of the response headers that a definition reads from the response to a login. */
export function headersReadBy(definition: SessionDefinition): string[] {
  const { accessToken, expiresInSeconds, captures = {} } = definition;
  const refreshToken = definition.scheme === "login" ? definition.refreshToken : undefined;
  const lifetime = typeof expiresInSeconds === "number" ? undefined : expiresInSeconds;
  return headersIn([accessToken, lifetime, refreshToken, ...Object.values(captures)]);
}

/** What a response lacks, in words. */
export class Lacking {
  constructor(readonly what: string) {}
}

/**
 * The session that a response begins, or what it lacks for one.
 *
 * @param previous the session that it continues, whose refresh token and variables stay where the response brings no
 *   new ones (RFC 6749, section 6)
 */
export function readSession(
  holder: Holder,
  definition: SessionDefinition,
  credentials: Credentials,
  response: HttpResponse,
  nowMs: number,
  previous?: Session,
): Session | Lacking {
  const answer = loginResponse(response);
  const { accessToken: tokenPlace, send } = definition;
  const accessToken = tokenPlace === undefined ? undefined : loginValueAt(answer, tokenPlace);
  if (tokenPlace !== undefined && !isToken(accessToken)) {
    return new Lacking(`no access token at ${placeName(tokenPlace)}`);
  }
  if (isToken(accessToken)) protect(accessToken);

  const variables = readVariables(definition, answer, previous);
  if (variables instanceof Lacking) return variables;
  const cookies = cookiesToSend(send?.cookies, answer);
  if (cookies instanceof Lacking) return cookies;
  for (const { value } of cookies) protect(value);

  const templates =
    send?.headers ?? (send?.cookies === undefined ? { Authorization: "Bearer {accessToken}" } : {});
  const values = { ...credentials, ...variables, ...(isToken(accessToken) && { accessToken }) };
  const headers = asHeaders(holder, fillTexts(templates, values, "refuse"));
  if (cookies.length > 0) headers.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return {
    headers,
    variables,
    refreshToken: readRefreshToken(definition, answer) ?? previous?.refreshToken,
    renewAt: nowMs + usableMs(lifetimeSeconds(definition, answer, cookies)),
  };
}

function isToken(value: unknown): value is string {
  return typeof value === "string" && isHeaderValue(value);
}

function readRefreshToken(definition: SessionDefinition, answer: LoginResponse): string | undefined {
  if (definition.scheme !== "login" || definition.refreshToken === undefined) return undefined;
  const token = loginValueAt(answer, definition.refreshToken);
  if (typeof token !== "string" || token === "") return undefined;
  protect(token);
  return token;
}

function readVariables(
  { captures = {}, send }: SessionDefinition,
  answer: LoginResponse,
  previous: Session | undefined,
): Record<string, string> | Lacking {
  const variables: Record<string, string> = { ...previous?.variables };
  const sent = new Set(variablesIn(send?.headers));
  for (const [name, place] of Object.entries(captures)) {
    const told = loginValueAt(answer, place);
    if (typeof told === "number" || (typeof told === "string" && told !== "")) variables[name] = String(told);
    const value = variables[name];
    if (value === undefined) return new Lacking(`no ${name} at ${placeName(place)}`);
    // What only stands in paths is a tenant's or account's id, which messages may show.
    if (sent.has(name) || (typeof place === "object" && "cookie" in place)) protect(value);
  }
  return variables;
}

function cookiesToSend(
  wanted: readonly string[] | true | undefined,
  { cookies }: LoginResponse,
): readonly SetCookie[] | Lacking {
  if (wanted === undefined) return [];
  if (wanted === true) return cookies.length > 0 ? cookies : new Lacking("no cookie");
  const found = wanted.map((name) => cookies.find((cookie) => cookie.name === name) ?? name);
  const missing = found.filter((entry) => typeof entry === "string");
  if (missing.length > 0) return new Lacking(`no cookie ${missing.join(" and no cookie ")}`);
  return found.filter((entry) => typeof entry !== "string");
}

function lifetimeSeconds(
  definition: SessionDefinition,
  answer: LoginResponse,
  cookies: readonly SetCookie[],
): number {
  const place = definition.expiresInSeconds ?? (definition.scheme === "oauth2" ? "expires_in" : undefined);
  const told = place === undefined || typeof place === "number" ? place : loginValueAt(answer, place);
  const number = typeof told === "number" || typeof told === "string" ? Number(told) : Number.NaN;
  return number > 0 ? number : Math.min(...cookies.map(({ maxAgeSeconds = Infinity }) => maxAgeSeconds));
}

/**
 * Milliseconds for which a token is used: its lifetime without the last minute, or the last tenth if that is
 * less, so that it does not expire on its way. For ever when the lifetime is not told; a rejection ends that.
 */
function usableMs(lifetime: number): number {
  return 1_000 * (lifetime - Math.min(60, lifetime / 10));
}
