import type { ApiDocument } from "../document";
import type { Operation } from "../document/operation";
import { collectionOf, isVariable, segmentsOf } from "./paths";
import { type Resource, resourceOf } from "./resource";
import { type SecretField, secretFields } from "./secretField";
import { plain, wordsOf } from "./words";

/** A resource that may be the one of the keys. */
export interface Candidate {
  readonly resource: Resource;
  /** How likely it is: about 15 for what is plainly a key resource, and below 7 for what is none. */
  readonly score: number;
  /** What speaks for it and against it. */
  readonly reasons: readonly string[];
}

/** Below this, something is no key resource. */
export const leastScore = 7;

const nouns: readonly (readonly [RegExp, number])[] = [
  [
    /^(apikeys?|apitokens?|accesstokens?|authkeys?|authtokens?|personal(access)?tokens?|servicekeys?|servertokens?|accesskeys?|projecttokens?|apicredentials?|applicationkeys?)$/,
    5,
  ],
  [/(apikeys?|apitokens?|accesstokens?)$/, 5],
  [/^(tokens?|keys?)$/, 4],
  [/(tokens?|keys?|pats?)$/, 3],
  [/^(secrets?|credentials?|passwords?)$/, 2],
];

/** Words by which a summary speaks of keys. */
const keyWords = /\b(api|access|secret|auth|service)[ _-]?(keys?|tokens?)|personal access token|apikeys?/i;

/** Names of a value that an API is used with, wherever it is. */
const secretWords = /^(secret|token|key|apikey|apitoken|accesstoken|secretkey|clientsecret)$/;

/** Words of paths to things that are called keys or tokens and are none that an API is used with. */
const otherThings =
  /^(ssh|gpg|pgp|signing|encryption|kms|webhooks?|oauth2?|oidc|login|logout|signin|refresh|sessions?|verify|verification|verifications|reset|device|devices|push|invites?|invitations?|csrf|jwks|cache|translation|translations|idempotency|recovery|mfa|otp|totp|passkeys?|revoke|introspect|deploy|registration|tls|ssl|certificates?)$/;

/** Every operation that may create a key, the likeliest resource first. */
export function candidatesIn({ operations }: Pick<ApiDocument, "operations">): readonly Candidate[] {
  const byPath = new Map<string, Candidate>();
  for (const operation of operations) {
    if (operation.method !== "POST" && operation.method !== "PUT") continue;
    if (isVariable(segmentsOf(operation.path).at(-1))) continue;
    const nounScore = nounOf(operation)?.score ?? 0;
    const [secret] = secretFields(operation.success?.schema);
    if (nounScore === 0 && !(secret && isPlainly(secret))) continue;
    const candidate = judged(operation, operations);
    const key = collectionOf(operation.path).join("/");
    const known = byPath.get(key);
    if (!known || known.score < candidate.score) byPath.set(key, candidate);
  }
  return [...byPath.values()].toSorted((a, b) => b.score - a.score);
}

/** Operations that read keys where nothing creates any. */
export function readersIn({ operations }: Pick<ApiDocument, "operations">): readonly Operation[] {
  return operations.filter((operation) => operation.method === "GET" && (nounOf(operation)?.score ?? 0) >= 5);
}

/** Whether a definition can hold the path, which may come from somebody who means harm. */
export function isPlain(path: string): boolean {
  const segments = segmentsOf(path);
  return (
    /^\/(?:[^\s?#{}]|\{[\w.-]+\})*$/.test(path) &&
    !segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment))
  );
}

/** A resource with what speaks for it. */
export function judged(create: Operation, operations: readonly Operation[]): Candidate {
  const resource = resourceOf(create, operations);
  const found = [...reasonsFor(resource)].filter(([score]) => score !== 0);
  return {
    resource,
    score: found.reduce((sum, [score]) => sum + score, 0),
    reasons: found.map(([score, reason]) => `${reason} (${score > 0 ? "+" : "−"}${Math.abs(score)})`),
  };
}

function* reasonsFor(resource: Resource): Iterable<readonly [number, string]> {
  const { create, list, get, revoke, rotate } = resource;
  const noun = nounOf(create);
  if (noun) yield [noun.score, `its path says ${noun.segment}`];
  const [secret] = secretFields(create.success?.schema);
  if (secret && (noun || isPlainly(secret)))
    yield [Math.min(4, secret.score), `the response to create has ${secret.path.join(".")}`];
  const word = plain(secret?.path.at(-1) ?? "");
  if (
    !noun &&
    !keyWords.test(`${create.summary} ${create.operationId}`.slice(0, 300)) &&
    !secretWords.test(word)
  )
    yield [-5, "nothing else of it says that it is about keys"];
  if (revoke) yield [3, `${revoke.title} ends a key`];
  if (list) yield [2, `${list.title} lists them`];
  if (get) yield [1, `${get.title} reads one`];
  if (rotate) yield [1, `${rotate.title} renews one`];
  const said = `${create.summary} ${create.operationId}`.slice(0, 300);
  if (keyWords.test(said)) yield [2, "its summary says so"];
  if (/\b(creat|generat|issu|mint)/i.test(said)) yield [1, "its summary creates something"];
  const foreign = segmentsOf(create.path)
    .flatMap((segment) => (isVariable(segment) ? [] : wordsOf(segment)))
    .filter((word) => otherThings.test(word));
  if (/public-?_?keys?/i.test(noun?.segment ?? "")) foreign.push("public keys");
  if (foreign.length > 0) yield [-5, `its path says ${foreign.join(", ")}`];
  const given = [...(create.body?.schema?.properties.keys() ?? [])].find((name) =>
    /^(publickey|sshkey|privatekey|password|refreshtoken|granttype|code|devicetoken|certificate|username)$/.test(
      plain(name),
    ),
  );
  if (given !== undefined && (!secret || create.body?.schema?.required.has(given)))
    yield [-5, `its request takes a ${given}`];
  if (create.deprecated) yield [-4, "it is deprecated"];
}

/** Whether a field is a secret of an API by its name alone, in a response to what is no key by its path. */
function isPlainly({ path, score }: SecretField): boolean {
  return (
    score >= 6 &&
    (/(key|secret|token)/.test(plain(path.at(-2) ?? "")) ||
      !/^(value|password|key)$/.test(plain(path.at(-1) ?? "")))
  );
}

function nounOf({ path }: Operation): { readonly segment: string; readonly score: number } | undefined {
  const segment = collectionOf(path).findLast((part) => !isVariable(part)) ?? "";
  const score = nouns.find(([pattern]) => pattern.test(plain(segment)))?.[1];
  return score === undefined ? undefined : { segment, score };
}
