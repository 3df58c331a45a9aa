import { durationText } from "../../provider/base/time";
import type { InstantForm } from "../../provider/definition/schema/field";
import type { Schema } from "../document/schema";
import { jsonType } from "../document/schema";
import { plain } from "../find/words";
import { oneLine } from "../text";
import type { Question } from "./part";

/** How a moment or a lifetime stands in JSON, as far as its schema tells. */
export interface Told {
  readonly form: InstantForm;
  /** The only lifetimes, from ours to the vendor's. */
  readonly lifetimes?: Readonly<Record<string, unknown>>;
  /** What stands for no end, among the values. */
  readonly never?: unknown;
  readonly question?: Question;
  /** Whether no example shows it: a text of a moment may then lack its zone. */
  readonly unseen?: boolean;
}

const units: readonly (readonly [RegExp, InstantForm, number])[] = [
  [/milliseconds?|millis|\bms\b|ms$/i, "lifetime-milliseconds", 1],
  [/seconds?|secs?\b|ttl_?s\b/i, "lifetime-seconds", 1_000],
  [/minutes?|\bmins?\b/i, "lifetime-minutes", 60_000],
  [/hours?\b/i, "lifetime-hours", 3_600_000],
  [/days?\b|days$/i, "lifetime-days", 86_400_000],
];

/** Names that tell how long, and not until when. */
const lasting =
  /(in|ttl|lifetime|duration|validity|validfor|seconds|minutes|hours|days|tolive|timeout|period)$|^ttl|seconds|minutes|hours|lifetime|expires?in|tolive|maxage/;

/** Names of the end of a key. */
export function isExpiry(word: string): boolean {
  return (
    /expir|^ttl|ttl$|lifetime|^validity|validuntil|validto$|validfor|notafter|tolive|^duration|^maxage|^enddate$|^expat$|lifespan/.test(
      word,
    ) && !/isexpired|^expired$|notif|remind|warn|action|policy/.test(word)
  );
}

/** The form of a moment, by type, format, name, description and examples. */
export function instantOf(name: string, schema: Schema): Told {
  const word = plain(name);
  const said =
    `${name.replaceAll("_", " ")} ${schema.text("description") ?? ""} ${schema.text("format") ?? ""}`.slice(
      0,
      1_000,
    );
  const chosen = lifetimesOf(word, schema);
  if (chosen) return chosen;
  const number =
    schema.is("number") || (schema.types.length === 0 && jsonType(schema.examples[0]) === "integer");
  if (number) return { ...ofNumber(name, schema, said), ...neverOf(said) };
  return ofText(name, word, schema);
}

function ofNumber(name: string, schema: Schema, said: string): Told {
  const word = plain(name);
  const sample = schema.examples.find((value) => typeof value === "number");
  const isLasting = lasting.test(word);
  const saysEpoch = /unix|epoch|timestamp/i.test(said);
  if (isLasting || (!saysEpoch && !/(at|on|until|expiry|expiration|expires|date|time)$/.test(word))) {
    const unit = unitOf(word) ?? units.find(([pattern]) => pattern.test(said));
    if (unit) return { form: unit[1] };
    return {
      form: "lifetime-seconds",
      question: { question: `In which unit is ${oneLine(name, 60)}?`, assumed: "seconds" },
    };
  }
  const isMilli =
    /millisecond|\bms\b/i.test(said) || (typeof sample === "number" && sample > 500_000_000_000);
  const form = isMilli ? "epoch-milliseconds" : "epoch-seconds";
  if (saysEpoch || isMilli || (typeof sample === "number" && sample > 100_000_000)) return { form };
  return {
    form,
    question: { question: `Is the number ${oneLine(name, 60)} one of seconds since 1970?`, assumed: "yes" },
  };
}

/** The number that stands for no end, where the description says it. */
function neverOf(said: string): Pick<Told, "never"> {
  const [, number] =
    /(?<![\d.])(-1|0)\b["'`)]?[^.\d]{0,30}(never|no expir|not expire|unlimited|infinite)/i.exec(said) ?? [];
  return number === undefined ? {} : { never: Number(number) };
}

function unitOf(word: string) {
  return units.find(([pattern]) => pattern.test(word));
}

function ofText(name: string, word: string, schema: Schema): Told {
  const samples = schema.examples.filter((value): value is string => typeof value === "string");
  const [sample] = samples;
  const format = schema.text("format");
  if (samples.some((text) => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)))
    return { form: "utc" };
  if (format === "date" || samples.some((text) => /^\d{4}-\d\d-\d\d$/.test(text))) return { form: "date" };
  if (samples.some((text) => /^\d{4}-\d\d-\d\d[T ]/.test(text))) return { form: "rfc3339" };
  if (format === "date-time") return { form: "rfc3339", unseen: true };
  if (/iso.?8601|rfc.?3339/i.test(schema.text("description") ?? "")) return { form: "rfc3339" };
  const lifetime = sample === undefined ? undefined : lifetimeOf(sample);
  if (lifetime !== undefined && sample !== undefined) {
    return {
      form: "rfc3339",
      lifetimes: { [lifetime]: sample },
      question: {
        question: `Which lifetimes does ${oneLine(name, 60)} take besides ${oneLine(sample, 60)}?`,
        assumed: "none",
      },
    };
  }
  if (lasting.test(word)) {
    const lifetimes = { "30d": "30d", "90d": "90d", "365d": "365d" };
    return {
      form: "rfc3339",
      lifetimes,
      question: {
        question: `Which texts does ${oneLine(name, 60)} take as a lifetime?`,
        assumed: "30d, 90d and 365d",
      },
    };
  }
  return {
    form: "rfc3339",
    question: { question: `In which form is ${oneLine(name, 60)}?`, assumed: "RFC 3339" },
  };
}

/** The lifetimes that a list of values allows; undefined where there is no such list. */
function lifetimesOf(word: string, { values }: Schema): Told | undefined {
  if (!values || values.length === 0) return undefined;
  const unit = unitOf(word)?.[2] ?? (lasting.test(word) ? undefined : 86_400_000);
  const lifetimes: Record<string, unknown> = {};
  let never: unknown;
  for (const value of values) {
    const text =
      typeof value === "number" && unit !== undefined && value > 0
        ? durationText(value * unit)
        : lifetimeOf(value);
    if (text !== undefined) lifetimes[text] = value;
    else if (/^(never|none|no_?expir|unlimited|infinite|0|-1)/i.test(String(value))) never = value;
  }
  if (Object.keys(lifetimes).length === 0) return undefined;
  return { form: "rfc3339", lifetimes, ...(never !== undefined && { never }) };
}

/** Our text of a lifetime such as `30_DAYS`, `1 year` or `90d`. */
function lifetimeOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const [, count, unit] =
    /^(?:[a-z]+[ _-])?(\d{1,4})[ _-]?(s|sec|second|m|min|minute|h|hr|hour|d|day|w|week|mo|month|y|yr|year)s?$/i.exec(
      value,
    ) ?? [];
  if (count === undefined || unit === undefined || Number(count) === 0) return undefined;
  const name = unit.toLowerCase();
  if (name.startsWith("mo")) return `${Number(count) * 30}d`;
  if (name.startsWith("y")) return `${Number(count) * 365}d`;
  return `${Number(count)}${name.charAt(0)}`;
}
