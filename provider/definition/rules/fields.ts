import { durationMs } from "../../base/time";
import { memberTokens } from "../../json/members";
import type { FieldDefinition, ServiceDefinition } from "../definition";
import type { ResponsePlace } from "../schema/place";
import { checkForm } from "./forms";
import type { ReportProblem } from "./report";

/** Names that mean the resource's own arguments and outputs, so that no vendor field may take them. */
export const reservedNames: ReadonlySet<string> = new Set([
  "service", "connection", "definition", "adopt", "adoptValue", "valueAvailable", "autonamed", "logicalName",
  "expiresIn", "rotation", "dueAt", "rotatedAt", "keyId", "origin", "status", "fingerprint", "asked",
  "unsettledSince", "anchorAt", "extendedAt", "generation", "previousKeyId", "previousValue",
  "previousRevokeAt", "previousCreatedAt", "previousPrefix", "unconfirmed", "adoptedKeyId", "deliver",
  "valueInState", "onLostDelivery", "encryptTo", "delivered", "encryptedValue", "previousFingerprint", "refused", "rendered",
  "revokeWhenIdleFor",
]); // biome-ignore format: one list

const answers = ["created", "rotated", "read", "listed"] as const;

/** Whether the fields fit each other and the names of a resource. */
export function checkFields(definition: ServiceDefinition, report: ReportProblem): void {
  const { fields, pathParameters } = definition;
  for (const required of ["id", "value"]) {
    if (fields[required] === undefined) report(["fields", required], "is missing: every key has one");
    else if (fields[required].input !== undefined)
      report(["fields", required, "input"], "cannot be set by a program");
  }
  for (const [name, field] of Object.entries(fields)) {
    const path = ["fields", name];
    if (reservedNames.has(name)) report(path, "is a name of the resource itself; choose another");
    if (name in {}) report(path, "is a name that every object has; choose another");
    else if (Object.hasOwn(pathParameters, name)) report(path, "is already the name of a path parameter");
    checkForm(name, field, report);
    checkPlaces(name, fields, report);
    checkLifetimes(name, field, report);
  }
  for (const name of Object.keys(pathParameters)) {
    if (reservedNames.has(name))
      report(["pathParameters", name], "is a name of the resource itself; choose another");
    if (name in {}) report(["pathParameters", name], "is a name that every object has; choose another");
  }
}

/** Whether a field stands where no other one does; the secret under a second name would be kept in the clear. */
function checkPlaces(name: string, fields: ServiceDefinition["fields"], report: ReportProblem): void {
  const field = fields[name];
  if (!field) return;
  for (const answer of answers) {
    const place = field.wire[answer];
    if (typeof place === "object" && "field" in place) {
      checkSource(name, place, fields, report);
      return;
    }
  }
  const earlier = Object.entries(fields).slice(0, Object.keys(fields).indexOf(name));
  const value = name === "value" ? [] : Object.entries(fields).filter(([other]) => other === "value");
  for (const [other, { wire, input }] of [...value, ...earlier.filter(([key]) => key !== "value")]) {
    const answer = answers.find((key) => samePlace(wire[key], field.wire[key]));
    const shared = other === "id" || name === "id" ? other === "value" || name === "value" : true;
    const both = input !== undefined && field.input !== undefined && wire.create === field.wire.create;
    if ((answer !== undefined && shared) || both) {
      const place = answer === undefined ? field.wire.create : field.wire[answer];
      report(["fields", name, "wire"], `${JSON.stringify(place)} is already the wire name of ${other}`);
      return;
    }
  }
}

function checkSource(
  name: string,
  place: Extract<ResponsePlace, { field: string }>,
  fields: ServiceDefinition["fields"],
  report: ReportProblem,
): void {
  const source = Object.hasOwn(fields, place.field) ? fields[place.field] : undefined;
  if (answers.some((answer) => isCircular(fields, name, answer)) && place.field !== name) {
    report(["fields", name, "wire", "field"], "leads back to this field");
  } else if (!source || place.field === name) {
    report(["fields", name, "wire", "field"], `${place.field} is not among the other fields`);
  } else if (place.field === "value" && place.part === undefined && !place.digest && !fields[name]?.secret) {
    report(
      ["fields", name, "wire", "field"],
      "is the secret, which would be kept in the clear: say which part, or digest",
    );
  }
}

function samePlace(a: ResponsePlace | undefined, b: ResponsePlace | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return JSON.stringify(spelt(a)) === JSON.stringify(spelt(b));
}

/** A place in one spelling of several. */
function spelt(place: ResponsePlace): unknown {
  if (typeof place === "string") return memberTokens(place);
  return "at" in place && place.part === undefined ? memberTokens(place.at) : place;
}

/** Whether one goes in a circle who looks for a field in the fields that it is a part of. */
function isCircular(
  fields: ServiceDefinition["fields"],
  name: string,
  answer: (typeof answers)[number],
): boolean {
  const seen = new Set<string>();
  for (let current: string | undefined = name; current !== undefined; ) {
    if (seen.has(current)) return true;
    seen.add(current);
    const place: ResponsePlace | undefined = fields[current]?.wire[answer];
    current = typeof place === "object" && "field" in place ? place.field : undefined;
  }
  return false;
}

function checkLifetimes(name: string, { lifetimes, input }: FieldDefinition, report: ReportProblem): void {
  if (!lifetimes) return;
  if (name !== "expiresAt" || input === undefined) {
    report(["fields", name, "lifetimes"], "belong to expiresAt, where a program can set it");
  }
  for (const lifetime of lifetimes.keys()) {
    if (durationMs(lifetime) === undefined)
      report(["fields", name, "lifetimes"], `${JSON.stringify(lifetime)} is no lifetime such as "30d"`);
  }
}
