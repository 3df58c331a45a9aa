import { createHash } from "node:crypto";
import type { FieldPlaces, ServiceDefinition } from "../../definition/definition";
import type { ResponsePlace } from "../../definition/schema/place";
import { memberOf } from "../../json/members";
import { partOf } from "../../json/patterns";
import { atPointer } from "../../json/pointer";

/** One key in a response, and the response around it. */
export interface Source {
  /** Which answer it is: that to create or rotate, to get or update, or an item of the list. */
  readonly answer: Exclude<keyof FieldPlaces, "create" | "update">;
  /** The key's own object. */
  readonly item: unknown;
  /** The whole body. */
  readonly body: unknown;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a response has of a field, as it stands there; undefined where it tells nothing. */
export function toldAt(fields: ServiceDefinition["fields"], name: string, source: Source): unknown {
  const place = fields[name]?.wire[source.answer];
  return place === undefined ? undefined : resolve(fields, place, source);
}

/** Names of the response headers that a definition reads a key from. */
export function headersRead({ fields }: Pick<ServiceDefinition, "fields">): string[] {
  const places = Object.values(fields).flatMap(({ wire }) => [
    wire.created,
    wire.rotated,
    wire.read,
    wire.listed,
  ]);
  const names = places.flatMap((place) =>
    typeof place === "object" && "header" in place ? [place.header.toLowerCase()] : [],
  );
  return [...new Set(names)];
}

function resolve(fields: ServiceDefinition["fields"], place: ResponsePlace, source: Source): unknown {
  if (typeof place === "string") return memberOf(source.item, place);
  const whole =
    "at" in place
      ? memberOf(source.item, place.at)
      : "body" in place
        ? atPointer(source.body, place.body)
        : "header" in place
          ? source.headers[place.header.toLowerCase()]
          : toldAt(fields, place.field, source);
  const part = place.part === undefined ? whole : partOfValue(whole, place.part);
  return "digest" in place && place.digest && typeof part === "string" ? digest(part) : part;
}

function partOfValue(whole: unknown, pattern: string): string | undefined {
  const text = typeof whole === "number" ? String(whole) : whole;
  return typeof text === "string" ? partOf(text, pattern) : undefined;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
