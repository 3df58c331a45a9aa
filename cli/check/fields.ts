import { type Source, toldAt } from "../../provider/api/wire/places";
import type { FieldDefinition, ServiceDefinition } from "../../provider/definition/definition";
import { sameField } from "../../provider/definition/sameField";
import type { ResponsePlace } from "../../provider/definition/schema/place";
import { isSuperset } from "../../provider/lifecycle/state/mergeRemote";
import { printable } from "../../provider/redaction/printable";
import { redact } from "../../provider/redaction/redactor";
import type { RemoteKey } from "../../provider/vendor";
import { ignoredIn } from "./ignored";

/** What a response says of one field. */
export interface FieldFinding {
  readonly name: string;
  /** Where the definition expects it. */
  readonly place: string;
  readonly verdict: string;
  /** Whether the definition and the vendor disagree. */
  readonly wrong: boolean;
}

/** A key as one response has it, perhaps without its id. */
export type ReceivedKey = Pick<RemoteKey, "fields"> & { readonly id: string | undefined };

/** Fields that a response need not have, each with words for where they come from. */
export type Elsewhere = Readonly<Record<string, string>>;

/**
 * What a response says of each field.
 *
 * @param key as the definition reads it from this response; undefined where it finds none
 * @param asked what the request asked for
 * @param elsewhere fields that this response need not have
 */
export function findingsOf(
  definition: ServiceDefinition,
  source: Source,
  key: ReceivedKey | undefined,
  asked: Readonly<Record<string, unknown>>,
  elsewhere: Elsewhere = {},
): FieldFinding[] {
  return Object.entries(definition.fields).map(([name, field]) => {
    const received = toldAt(definition.fields, name, source);
    const place = responsePlaceText(field.wire[source.answer]);
    const finding = (verdict: string, wrong = false): FieldFinding => ({ name, place, verdict, wrong });
    const missing = () =>
      Object.hasOwn(elsewhere, name) ? finding(`absent; ${elsewhere[name]}`) : finding("absent", true);
    if (name === "id") return key?.id === undefined ? missing() : finding(`received: ${shown(key.id)}`);
    if (name === "value") return valueFinding(finding, missing, source, received);
    if (field.when && key) return finding(`received: ${shown(key.fields[name])}`);
    if (received === undefined) return finding("absent");
    if (field.writeOnly) return finding("received, and not used: the definition says writeOnly");
    const ours = key?.fields[name];
    if (!key) return finding("received");
    if (field.secret) return secretFinding(finding, source, field.type, ours);
    if (ours === undefined) return finding(`received, but not as ${field.type}: ${shown(received)}`, true);
    if (field.input === undefined || asked[name] === undefined) return finding(`received: ${shown(ours)}`);
    if (sameField(field, asked[name], ours) || isSuperset(field, asked[name], ours))
      return finding(`as requested: ${shown(ours)}`);
    return finding(`requested ${shown(asked[name])}, received ${shown(ours)}`, true);
  });
}

/** The findings as lines, and what else the response has. */
export function findingLines(
  definition: ServiceDefinition,
  source: Source,
  findings: readonly FieldFinding[],
): string[] {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const placeWidth = Math.max(...findings.map(({ place }) => place.length));
  const ignored = ignoredIn(definition, source).map((pointer) => printable(pointer, redact));
  return [
    ...findings.map(
      ({ name, place, verdict, wrong }) =>
        `  ${wrong ? "!" : " "} ${name.padEnd(width)}  ${place.padEnd(placeWidth)}  ${verdict}`,
    ),
    ...(ignored.length > 0 ? [`    not used by any field: ${ignored.join(", ")}`] : []),
  ];
}

function valueFinding(
  finding: (verdict: string, wrong?: boolean) => FieldFinding,
  missing: () => FieldFinding,
  { answer }: Source,
  received: unknown,
) {
  const nothing = received === undefined || received === null || received === "";
  if (isOnce(answer) && !nothing) return finding(`a secret of ${String(received).length} characters`);
  if (nothing) return isOnce(answer) ? missing() : finding("absent");
  return finding("received again, whole or masked; not used from here");
}

/** Never shows what was received, not even where its type is wrong. */
function secretFinding(
  finding: (verdict: string, wrong?: boolean) => FieldFinding,
  { answer }: Source,
  type: FieldDefinition["type"],
  ours: unknown,
) {
  if (ours !== undefined) return finding("received, a secret");
  if (!isOnce(answer)) return finding("received again; not used from here");
  return finding(`received, but not as ${type}`, true);
}

/** Whether it is an answer that shows what no other does. */
function isOnce(answer: Source["answer"]): boolean {
  return answer === "created" || answer === "rotated";
}

function responsePlaceText(place: ResponsePlace | undefined): string {
  if (place === undefined) return "nowhere";
  if (typeof place === "string") return place;
  if ("header" in place) return `header ${place.header}`;
  if ("field" in place) return `of ${place.field}`;
  return "body" in place ? `body ${place.body}` : place.at;
}

function shown(value: unknown): string {
  return printable(JSON.stringify(value) ?? "nothing", redact);
}
