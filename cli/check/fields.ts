import { sameField } from "../../provider/compare";
import { enlarges } from "../../provider/lifecycle/outputs";
import { printable } from "../../provider/printable";
import { redact } from "../../provider/redactor";
import type { ServiceDefinition } from "../../provider/service/definition";
import type { Place } from "../../provider/service/schema/place";
import type { RemoteKey } from "../../provider/service/wire/key";
import { type Source, toldAt } from "../../provider/service/wire/places";
import { ignoredIn } from "./ignored";

/** What an answer told of one field. */
export interface Finding {
  readonly name: string;
  /** Where it was looked for. */
  readonly place: string;
  readonly verdict: string;
  /** Whether the definition and the vendor disagree. */
  readonly wrong: boolean;
}

/**
 * What an answer told, field by field.
 *
 * @param key as the definition reads it from this answer; undefined where it finds none
 * @param asked what the request asked for
 */
export function findingsOf(
  definition: ServiceDefinition,
  source: Source,
  key: RemoteKey | undefined,
  asked: Readonly<Record<string, unknown>>,
): Finding[] {
  return Object.entries(definition.fields).map(([name, field]) => {
    const told = toldAt(definition.fields, name, source);
    const place = placeText(field.wire[source.answer]);
    const finding = (verdict: string, wrong = false): Finding => ({ name, place, verdict, wrong });
    if (name === "id") return key ? finding(`told: ${shown(key.id)}`) : finding("not told", true);
    if (name === "value") return valueFinding(finding, source, told);
    if (field.when && key) return finding(`told: ${shown(key.fields[name])}`);
    if (told === undefined) return finding("not told");
    if (field.writeOnly) return finding("told, and not believed: it is declared writeOnly");
    const ours = key?.fields[name];
    if (!key) return finding("told");
    if (ours === undefined) return finding(`told, but as no ${field.type}: ${shown(told)}`, true);
    if (field.secret) return finding("told, a secret");
    if (field.input === undefined || asked[name] === undefined) return finding(`told: ${shown(ours)}`);
    if (sameField(field, asked[name], ours) || enlarges(field, asked[name], ours))
      return finding(`as asked: ${shown(ours)}`);
    return finding(`asked ${shown(asked[name])}, told ${shown(ours)}`, true);
  });
}

/** The findings as lines, and what the answer holds beside them. */
export function findingLines(
  definition: ServiceDefinition,
  source: Source,
  findings: readonly Finding[],
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
  finding: (verdict: string, wrong?: boolean) => Finding,
  { answer }: Source,
  told: unknown,
) {
  const nothing = told === undefined || told === null || told === "";
  if (answer === "created" && !nothing) return finding(`a secret of ${String(told).length} characters`);
  if (nothing) return finding("not told", answer === "created");
  return finding("told again (whole or masked); it is never kept from here");
}

function placeText(place: Place | undefined): string {
  if (place === undefined) return "nowhere";
  if (typeof place === "string") return place;
  if ("header" in place) return `header ${place.header}`;
  if ("field" in place) return `of ${place.field}`;
  return "body" in place ? `body ${place.body}` : place.at;
}

function shown(value: unknown): string {
  return printable(JSON.stringify(value) ?? "nothing", redact);
}
