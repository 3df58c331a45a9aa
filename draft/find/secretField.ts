import type { Schema } from "../document/schema";
import { plain } from "./words";

/** A text of a response that may be the one-time value. */
export interface SecretField {
  /** The names that lead to it. */
  readonly path: readonly string[];
  readonly schema: Schema;
  readonly score: number;
}

/** Levels of a response that are looked at. */
const levels = 3;

/** What shows a part of the value, or something made of it. */
const mask =
  /redact|obfuscat|mask|hint|label|display|prefix|suffix|postfix|last\d|lastfour|lastchars|partial|truncat|hash|digest|fingerprint|preview|start$|shortkey|^short|token_?type|checksum|snippet/;

/** Names that mean something else than a secret, though a word of them is one. */
const other =
  /id$|ids$|name$|type$|count$|url$|uri$|at$|version$|public|status$|^object$|description$|note$|comment$|created|expir|scopes?$|algorithm$|email|format$|usage|limit|tokens$|keys$/;

const names: readonly (readonly [RegExp, number])[] = [
  [/^(secretkey|apisecret|clientsecret|secretaccesskey|keysecret|tokensecret|secretvalue|secrettoken)$/, 8],
  [
    /^(value|token|secret|key|apikey|apitoken|accesstoken|bearertoken|authtoken|plaintext|keyvalue|tokenvalue|rawkey|rawtoken|fullkey|fulltoken|plaintextkey|plaintexttoken|unhashedkey|cleartext|servicekey|accesskey|authkey|personalaccesstoken|encoded|sha1|jwt|credential|password|pat)$/,
    6,
  ],
  [/(secret|apikey|token|password)$/, 4],
  [/(key|secret|token|plain)/, 2],
];

/** The texts that may be the secret, the likeliest first. */
export function secretFields(response: Schema | undefined): readonly SecretField[] {
  if (!response) return [];
  return found(response, [], levels).toSorted((a, b) => b.score - a.score || a.path.length - b.path.length);
}

/** Whether a field of this name and description shows only a part of the value. */
export function isMask(name: string, schema: Schema | undefined): boolean {
  if (mask.test(plain(name))) return true;
  return (
    /\b(redacted|obfuscated|masked|truncated|last (4|four)|first \w+ characters)\b/i.test(
      sentenceOf(schema),
    ) && !/\bonce|only (shown|returned|visible|displayed|available)/i.test(sentenceOf(schema))
  );
}

function found(schema: Schema, path: readonly string[], depth: number): SecretField[] {
  return [...schema.properties].flatMap(([name, member]) => {
    const here = [...path, name];
    if (member.properties.size > 0) return depth > 1 ? found(member, here, depth - 1) : [];
    const score = scoreOf(name, member);
    return score > 0 ? [{ path: here, schema: member, score }] : [];
  });
}

function scoreOf(name: string, schema: Schema): number {
  const { types, values } = schema;
  if ((types.length > 0 && !types.includes("string")) || values !== undefined) return 0;
  const word = plain(name);
  const called = names.find(([pattern]) => pattern.test(word))?.[1] ?? 0;
  if (mask.test(word) || (other.test(word) && called < 6)) return 0;
  const said = sentenceOf(schema);
  const once =
    /\b(once|only (be )?(shown|returned|visible|displayed|available|present|set|populated|included)|(only|full|raw) .{0,30}(creat|token|key)|will not be|never be|cannot be retrieved|plain ?text|secret)\b/i.test(
      said,
    );
  const format = schema.text("format") ?? "";
  if (called === 0 && !(once && /\b(key|token|secret)\b/i.test(said))) return 0;
  if (/date|uuid|uri|email/.test(format)) return 0;
  return (
    called +
    (once ? 3 : 0) +
    (format === "password" || schema.flag("writeOnly") ? 1 : 0) -
    (isMask(name, schema) && !once ? 6 : 0)
  );
}

function sentenceOf(schema: Schema | undefined): string {
  return (schema?.text("description") ?? "").slice(0, 1_000);
}
