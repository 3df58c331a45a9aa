import { nearestHint } from "../../base/words";
import { fileNames, limitNames, textNames } from "../../connection/names";
import { isOfHttp, isReservedHeader } from "../../http/requestHeaders";
import { isObject } from "../../json/members";
import { variablesIn } from "../../json/templates";
import { credentialsOf } from "../credentials";
import type { ServiceDefinition } from "../definition";
import type { AuthDefinition } from "../schema/auth";
import type { WrittenDefinition } from "../schema/definition";
import type { ReportProblem } from "./report";

type LoginAuth = Extract<AuthDefinition, { scheme: "login" }>;

/** What a connection says beside its credentials. */
const settings: ReadonlySet<string> = new Set([...textNames, ...fileNames, ...limitNames]);

/** Whether what each way to authenticate sends can be had, and can be sent. */
export function checkAuth(
  { auth }: WrittenDefinition,
  definition: ServiceDefinition,
  report: ReportProblem,
): void {
  const listed = Array.isArray(auth);
  for (const [index, scheme] of definition.auth.entries()) {
    const place = ["auth", ...(listed ? [index] : [])];
    const reportHere: ReportProblem = (path, message) => report([...place, ...path], message);
    checkCredentials(scheme, reportHere);
    checkHeaderNames(scheme, reportHere);
    if (scheme.scheme === "headers") checkAccepts(scheme, reportHere);
    if (scheme.scheme === "login") checkLogin(scheme, reportHere);
    if (scheme.scheme === "login" || scheme.scheme === "oauth2") checkUnauthorized(scheme, reportHere);
  }
}

function checkCredentials(scheme: AuthDefinition, report: ReportProblem): void {
  for (const name of credentialsOf(scheme)) {
    if (settings.has(name))
      report([], `{${name}} is a setting of every connection; call the credential otherwise`);
    else if (!/^[a-z][A-Za-z0-9]*$/.test(name)) report([], `{${name}} must be a camelCase name`);
  }
}

function checkAccepts(scheme: Extract<AuthDefinition, { scheme: "headers" }>, report: ReportProblem): void {
  const names = credentialsOf(scheme);
  for (const name of Object.keys(scheme.accepts ?? {})) {
    if (!names.includes(name)) {
      report(["accepts", name], `is no credential of these headers${nearestHint(name, names)}`);
    }
  }
}

function checkHeaderNames(scheme: AuthDefinition, report: ReportProblem): void {
  const reserved = "is a header that HTTP needs for itself; choose another";
  const own = scheme.scheme === "headers" ? scheme.headers : {};
  const sent = "send" in scheme ? scheme.send?.headers : undefined;
  const ofLogin = scheme.scheme === "login" ? scheme.login.headers : undefined;
  for (const name of Object.keys(own)) if (isReservedHeader(name)) report(["headers", name], reserved);
  for (const name of Object.keys(sent ?? {}))
    if (isReservedHeader(name)) report(["send", "headers", name], reserved);
  for (const name of Object.keys(ofLogin ?? {}))
    if (isOfHttp(name)) report(["login", "headers", name], reserved);
}

function checkLogin(
  { login, accessToken, refresh, refreshToken, send }: LoginAuth,
  report: ReportProblem,
): void {
  const sendsToken =
    send?.headers === undefined
      ? send?.cookies === undefined
      : variablesIn(send.headers).includes("accessToken");
  if (accessToken === undefined && sendsToken) {
    report(["accessToken"], "is missing: it is where the answer tells the token that requests are sent with");
  }
  if (refresh && refreshToken === undefined) {
    report(["refreshToken"], "is missing: without it, refresh is never used");
  }
  if (!isSendable(login)) report(["login", "body"], "must be an object, to be sent as a form");
  if (refresh && !isSendable(refresh)) {
    report(["refresh", "body"], "must be an object, to be sent as a form");
  }
}

/** Whether a body can be sent as it is declared to be. */
function isSendable({ encoding, body }: Pick<LoginAuth["login"], "encoding" | "body">): boolean {
  return encoding !== "form" || body === undefined || isObject(body);
}

function checkUnauthorized(
  scheme: Extract<AuthDefinition, { scheme: "login" | "oauth2" }>,
  report: ReportProblem,
): void {
  const { unauthorized = [] } = scheme;
  const listed = Array.isArray(unauthorized);
  for (const [index, condition] of [unauthorized].flat().entries()) {
    const path = ["unauthorized", ...(listed ? [index] : [])];
    if ([condition.status ?? []].flat().some((status) => status >= 500)) {
      report([...path, "status"], "cannot be 500 or above: there the vendor may have acted all the same");
    }
  }
}
