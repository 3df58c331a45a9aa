import { type Source, toldAt } from "../../provider/api/wire/places";
import type { FieldDefinition, ServiceDefinition } from "../../provider/definition/definition";
import { sameField } from "../../provider/definition/sameField";
import type { ResponsePlace } from "../../provider/definition/schema/place";
import { isSuperset } from "../../provider/lifecycle/state/mergeRemote";
import { printable } from "../../provider/redaction/printable";
import { redact } from "../../provider/redaction/redactor";
import type { RemoteKey } from "../../provider/vendor";
import { ignoredIn } from "./ignored";

/** What an answer told of one field. */
export interface FieldFinding {
  readonly name: string;
  /** Where it was looked for. */
  readonly place: string;
  readonly verdict: string;
  /** Whether the definition and the vendor disagree. */
  readonly wrong: boolean;
}

/** A key as an answer tells it, which may leave its id to another. */
export type ToldKey = Pick<RemoteKey, "fields"> & { readonly id: string | undefined };

/** Fields that an answer need not tell, each with the words for what tells it. */
export type Elsewhere = Readonly<Record<string, string>>;

/**
 * What an answer told, field by field.
 *
 * @param key as the definition reads it from this answer; undefined where it finds none
 * @param asked what the request asked for
 * @param elsewhere of fields that this answer need not tell, by name: what they are told by
 */
export function findingsOf(
  definition: ServiceDefinition,
  source: Source,
  key: ToldKey | undefined,
  asked: Readonly<Record<string, unknown>>,
  elsewhere: Elsewhere = {},
): FieldFinding[] {
  return Object.entries(definition.fields).map(([name, field]) => {
    const told = toldAt(definition.fields, name, source);
    const place = placeText(field.wire[source.answer]);
    const finding = (verdict: string, wrong = false): FieldFinding => ({ name, place, verdict, wrong });
    const missing = () =>
      Object.hasOwn(elsewhere, name) ? finding(`not told; ${elsewhere[name]}`) : finding("not told", true);
    if (name === "id") return key?.id === undefined ? missing() : finding(`told: ${shown(key.id)}`);
    if (name === "value") return valueFinding(finding, missing, source, told);
    if (field.when && key) return finding(`told: ${shown(key.fields[name])}`);
    if (told === undefined) return finding("not told");
    if (field.writeOnly) return finding("told, and not believed: it is declared writeOnly");
    const ours = key?.fields[name];
    if (!key) return finding("told");
    if (field.secret) return secretFinding(finding, source, field.type, ours);
    if (ours === undefined) return finding(`told, but as no ${field.type}: ${shown(told)}`, true);
    if (field.input === undefined || asked[name] === undefined) return finding(`told: ${shown(ours)}`);
    if (sameField(field, asked[name], ours) || isSuperset(field, asked[name], ours))
      return finding(`as asked: ${shown(ours)}`);
    return finding(`asked ${shown(asked[name])}, told ${shown(ours)}`, true);
  });
}

/** The findings as lines, and what the answer holds beside them. */
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
    ...(ignored.length > 0 ? [`    no field tells of: ${ignored.join(", ")}`] : []),
  ];
}

function valueFinding(
  finding: (verdict: string, wrong?: boolean) => FieldFinding,
  missing: () => FieldFinding,
  { answer }: Source,
  told: unknown,
) {
  const nothing = told === undefined || told === null || told === "";
  if (answer === "created" && !nothing) return finding(`a secret of ${String(told).length} characters`);
  if (nothing) return answer === "created" ? missing() : finding("not told");
  return finding("told again (whole or masked); it is never kept from here");
}

/** Never shows what was told, not even where it is of another type. */
function secretFinding(
  finding: (verdict: string, wrong?: boolean) => FieldFinding,
  { answer }: Source,
  type: FieldDefinition["type"],
  ours: unknown,
) {
  if (ours !== undefined) return finding("told, a secret");
  if (answer !== "created") return finding("told again; never kept from here");
  return finding(`told, but as no ${type}`, true);
}

function placeText(place: ResponsePlace | undefined): string {
  if (place === undefined) return "nowhere";
  if (typeof place === "string") return place;
  if ("header" in place) return `header ${place.header}`;
  if ("field" in place) return `of ${place.field}`;
  return "body" in place ? `body ${place.body}` : place.at;
}

function shown(value: unknown): string {
  return printable(JSON.stringify(value) ?? "nothing", redact);
}
