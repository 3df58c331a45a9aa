import { dayMs, instantMs } from "../../provider/base/time";
import { printable } from "../../provider/redaction/printable";
import { type Finding, findings } from "./findings";
import { type AuditedKey, type AuditedPlace, isListed } from "./place";

/** Everything that an audit has found: what each format is made of. */
export interface AuditReport {
  /** When the vendors were read, in milliseconds since the epoch. */
  readonly atMs: number;
  /** The stacks that were read. */
  readonly stacks: readonly string[];
  readonly places: readonly ReportedPlace[];
  /** What could not be read, in sentences. */
  readonly failures: readonly string[];
  /** The findings that end the audit with status 3. */
  readonly failing: readonly Finding[];
}

/** A place, and the keys that were found at it. */
export interface ReportedPlace
  extends Pick<AuditedPlace, "definition" | "connection" | "pathParameters" | "audited"> {
  /** Whether the vendor shows keys there that no stack has. */
  readonly isListed: boolean;
}

/** A key with the place at which it is. */
export interface ReportedKey extends AuditedKey {
  readonly place: ReportedPlace;
}

/** Moments in the life of a key, in milliseconds since the epoch, as far as the vendor or a state tells them. */
export interface KeyTimes {
  readonly born?: number | undefined;
  /** When it took the place of the key before it. */
  readonly renewed?: number | undefined;
  readonly lastUsed?: number | undefined;
  /** When its renewal is due. */
  readonly due?: number | undefined;
  /** When a successor took its place. */
  readonly succeeded?: number | undefined;
  /** When it is revoked, where a successor has taken its place. */
  readonly ends?: number | undefined;
  readonly expires?: number | undefined;
}

/** A place as reports tell of it; one that could not be read has no keys, and stands among the failures. */
export function reportedPlace(place: AuditedPlace): ReportedPlace {
  const { definition, connection, pathParameters, audited } = place;
  return { definition, connection, pathParameters, audited, isListed: isListed(place) };
}

export function reportedKeys({ places }: AuditReport): ReportedKey[] {
  return places.flatMap((place) => place.audited.map((key) => ({ ...key, place })));
}

/** The findings about a key that end the audit with status 3. */
export function failingFindings({ failing }: AuditReport, { findings: found }: AuditedKey): Finding[] {
  return found.filter((finding) => failing.includes(finding));
}

export function keyTimes({ key, managers }: AuditedKey): KeyTimes {
  const current = managers.find(({ role }) => role === "current")?.outputs ?? {};
  const previous = managers.find(({ role }) => role === "previous")?.outputs ?? {};
  const begun = instantMs(current.rotatedAt);
  const born = instantMs(key.createdAt) ?? begun;
  const hasPredecessor = Number(current.generation) > 1;
  // A key that was taken over is older, and so is one that was given another value.
  const isOlder = begun !== undefined && born !== undefined && begun - born > dayMs;
  const isRenewed = hasPredecessor || (isOlder && current.adopt !== key.keyId);
  return {
    born,
    renewed: isRenewed ? begun : undefined,
    lastUsed: instantMs(key.lastUsedAt),
    due: instantMs(current.dueAt),
    succeeded: instantMs(previous.rotatedAt),
    ends: instantMs(previous.previousRevokeAt),
    expires: instantMs(key.expiresAt),
  };
}

/** Whether a key was made at another time than it was renewed: one that was made to take a place was not. */
export function wasBornApart({ born, renewed }: KeyTimes): boolean {
  return born !== undefined && (renewed === undefined || renewed - born > dayMs);
}

/** How reports call a key. */
export function keyName({ key }: AuditedKey): string {
  return printable(typeof key.name === "string" ? key.name : key.keyId);
}

/** What could not be read, as it may be shown: it may have several lines, and each of them something from outside. */
export function failureText(failure: string): string {
  return failure
    .split("\n")
    .map((line) => printable(line))
    .join("\n");
}

/** Its path parameters: "applicationId 123e4567-…". */
export function parentsText({ pathParameters }: Pick<ReportedPlace, "pathParameters">): string {
  return Object.entries(pathParameters)
    .map(([name, value]) => `${name} ${printable(value)}`)
    .join(", ");
}

/** The resources that have a key, for machines. */
export function resourcesOf({ managers }: AuditedKey) {
  return managers.map(({ stack, resource, role }) => ({ stack, name: resource, role }));
}

export function resourcesText({ managers }: AuditedKey): string {
  return managers
    .map(({ label, role }) => printable(role === "current" ? label : `${label} (${role})`))
    .join(", ");
}

/** The number of keys of each kind: "3 keys: 2 managed, 1 missing." */
export function summary(keys: readonly AuditedKey[]): string {
  const parts = counted(keys.map(({ ownership }) => ownership));
  return `${keys.length} ${keys.length === 1 ? "key" : "keys"}${parts === "" ? "" : `: ${parts}`}.`;
}

/** How often each was found, always in the same order: "2 unmanaged, 1 missing". */
export function counted(found: readonly (Finding | AuditedKey["ownership"])[]): string {
  return ["managed" as const, ...findings, "unknown" as const]
    .map((name) => ({ name, count: found.filter((one) => one === name).length }))
    .flatMap(({ name, count }) => (count > 0 ? [`${count} ${name}`] : []))
    .join(", ");
}
