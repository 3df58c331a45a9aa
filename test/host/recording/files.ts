import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Deployment, ExportedState, StateResource } from "../../support/engine/stateFile";
import type { DeclaredKey } from "./kinds";
import type { Holdings } from "./vendors";

/** A stack of one kind as a version of the library left it. */
export interface Recording {
  /** What the program declares. */
  readonly program: readonly DeclaredKey[];
  /** As `pulumi stack export` prints it, secrets by the passphrase of the test stacks. */
  readonly state: ExportedState;
  readonly vendors: Holdings;
}

const folder = path.join(__dirname, "..", "recorded");

/** Versions that have recorded their stacks. */
export function recordedVersions(): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

/** The recordings of a version, by kind. */
export function readRecordings(version: string): Record<string, Recording> {
  const files = readdirSync(path.join(folder, version));
  return Object.fromEntries(
    files.map((file) => [
      path.basename(file, ".json"),
      JSON.parse(readFileSync(path.join(folder, version, file), "utf8")),
    ]),
  );
}

/**
 * Writes what a version has recorded.
 *
 * @param origins where the vendors listened, by placeholder
 */
export function writeRecording(
  version: string,
  kind: string,
  recording: Recording,
  origins: Readonly<Record<string, string>>,
): void {
  let json = `${JSON.stringify(sorted(recording), undefined, 2)}\n`;
  for (const [name, origin] of Object.entries(origins)) json = json.replaceAll(origin, name);
  mkdirSync(path.join(folder, version), { recursive: true });
  writeFileSync(path.join(folder, version, `${kind}.json`), json);
}

/**
 * One stack with the keys of all recordings of a version. They came from one stack, so their secrets have one salt.
 *
 * @param origins where the vendors listen now, by placeholder
 */
export function joined(
  recordings: readonly Recording[],
  origins: Readonly<Record<string, string>>,
): ExportedState {
  const [first] = recordings;
  if (!first) throw new Error("Nothing is recorded.");
  const resources = new Map<string, StateResource>();
  for (const { state } of recordings)
    for (const resource of state.deployment.resources)
      resources.set(`${resource.urn} ${resource.id}`, resource);
  const state: ExportedState = {
    ...first.state,
    deployment: {
      ...first.state.deployment,
      resources: [...resources.values()],
      pending_operations: recordings.flatMap(({ state }) => state.deployment.pending_operations ?? []),
    },
  };
  let json = JSON.stringify(state);
  for (const [name, origin] of Object.entries(origins)) json = json.replaceAll(name, origin);
  return JSON.parse(json);
}

/**
 * The part of a stack that is of one kind.
 *
 * @param names logical names of its keys
 */
export function partOf(state: ExportedState, names: readonly string[]): ExportedState {
  const isIts = ({ urn }: StateResource) => names.some((name) => urn.endsWith(`::${name}`));
  const { resources, pending_operations = [], ...rest } = state.deployment;
  const operations = pending_operations.flatMap(({ type, resource }) =>
    isIts(resource) ? [{ type, resource: withoutPlace(resource) }] : [],
  );
  const deployment: Deployment = {
    ...rest,
    resources: resources.filter((resource) => !isKey(resource) || isIts(resource)).map(withoutPlace),
    ...(operations.length > 0 && { pending_operations: operations }),
  };
  return { ...state, deployment };
}

/** Keys at the vendors that are of one kind, by the beginning of their names; none that was revoked. */
export function holdingsOf(all: Holdings, names: readonly string[]): Holdings {
  const isIts = (name: string) => names.some((start) => name === start || isNumbered(name, start));
  const inSandbox = (records: Holdings["xentree"]) =>
    records.filter(({ wire, revoked }) => !revoked && isIts(wire.name));
  return {
    xentree: inSandbox(all.xentree),
    applications: inSandbox(all.applications),
    sendkit: inSandbox(all.sendkit),
    acme: all.acme.filter(({ label }) => isIts(label)),
    orbit: all.orbit.filter(({ name }) => isIts(name)),
  };
}

/** Whether a name is `start` and the suffix or number that the provider appends. */
function isNumbered(name: string, start: string): boolean {
  return name.startsWith(`${start}-`) && /^([0-9a-f]{7}|\d+)$/.test(name.slice(start.length + 1));
}

/** Without the positions in the program, which belong to the recording machine. */
function withoutPlace({ sourcePosition: _, stackTrace: __, ...resource }: StateResource): StateResource {
  return resource;
}

/** Whether a resource is one of this library's keys. */
export function isKey({ type }: StateResource): boolean {
  return type === "pulumi-nodejs:dynamic/apikeys:ApiKey";
}

/** JSON with its properties in order, so that two recordings can be compared. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
