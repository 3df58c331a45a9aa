import type { Operation } from "../document/operation";
import { collectionOf, isVariable, isWithin, nounsOf, segmentsOf, variableName } from "./paths";
import { secretFields } from "./secretField";
import { plain } from "./words";

/** The operations of one kind of key. */
export interface Resource {
  readonly kind: "collection" | "singleton";
  readonly create: Operation;
  readonly list: Operation | undefined;
  readonly get: Operation | undefined;
  readonly updates: readonly Operation[];
  readonly rotate: Operation | undefined;
  readonly revoke: Operation | undefined;
  /** Another request that also ends a key, where there are two. */
  readonly alsoRevokes: Operation | undefined;
  /** The variable of paths that takes the key's id, as the document calls it; undefined where ids stand elsewhere. */
  readonly keyVariable: string | undefined;
}

/** An operation, and what its path has behind the collection: a variable for the key, a verb, both or nothing. */
interface Relative {
  readonly operation: Operation;
  readonly base: readonly string[];
  readonly variable: string | undefined;
  readonly verb: string;
}

const verbs = {
  list: /^(list|all|search|query)(all)?(api)?(keys|tokens)?$/,
  get: /^(get|read|info|details?|show|describe|retrieve)(api)?(key|token)?$/,
  update: /^(update|edit|modify|patch|rename|expire|extend|set)/,
  rotate: /^(rotate|reroll|regenerate|regen|roll|renew|refresh|reset|reissue|recreate|cycle)/,
  revoke: /^(revoke|delete|remove|disable|deactivate|invalidate|destroy|cancel|archive|expire)/,
} as const;

/** The resource whose keys an operation creates. */
export function resourceOf(create: Operation, all: readonly Operation[]): Resource {
  const stem = collectionOf(create.path);
  const nouns = nounsOf(stem);
  const related = all
    .filter((operation) => operation !== create)
    .flatMap((operation) => relativeTo(nouns, operation) ?? []);
  const variable = keyVariableOf(related, stem);
  const near = related.filter((other) => other.variable === undefined || other.variable === variable?.name);
  const ofKey = near.filter(
    (other) => other.variable !== undefined && isSame(other.base, variable?.base ?? stem),
  );
  const ofAll = near.filter(
    (other) => other.variable === undefined && isWithin(nounsOf(other.base), nounsOf(stem)),
  );
  const exact = ofAll.filter(({ base }) => isSame(base, stem));
  const list = listOf(exact, ofAll);
  const isSingleton = ofKey.length === 0 && list === undefined && isOneAtATime(exact);
  return {
    kind: isSingleton ? "singleton" : "collection",
    create,
    list,
    get: getOf(ofKey, exact, isSingleton),
    updates: updatesOf(ofKey, isSingleton ? exact : exact.filter(({ verb }) => verb !== ""), create),
    rotate: rotateOf([...ofKey, ...exact]),
    ...endsOf(ofKey, exact),
    keyVariable: variable?.name,
  };
}

/** The operation with this method and a verb behind its path; by default, without one. */
function pick(among: readonly Relative[], method: string, verb = /^$/): Operation | undefined {
  return among.find((other) => other.operation.method === method && verb.test(other.verb))?.operation;
}

/** Whether the path that creates a key also reads or ends the one that there is. */
function isOneAtATime(exact: readonly Relative[]): boolean {
  const hasOne = pick(exact, "DELETE") !== undefined || pick(exact, "GET") !== undefined;
  return hasOne && !exact.some(({ verb }) => verbs.revoke.test(verb));
}

function getOf(
  ofKey: readonly Relative[],
  exact: readonly Relative[],
  isSingleton: boolean,
): Operation | undefined {
  const own = pick(ofKey, "GET") ?? pick(ofKey, "GET", verbs.get);
  if (own || isSingleton) return own ?? pick(exact, "GET");
  return pick(exact, "GET", verbs.get) ?? pick(exact, "POST", verbs.get);
}

function rotateOf(among: readonly Relative[]): Operation | undefined {
  const found = among.find(({ operation, verb }) => {
    if (!isAction(operation) || !verbs.rotate.test(verb)) return false;
    // To renew or to reset may also mean something else than another value.
    return (
      /^(rotate|regenerate|reroll|roll)/.test(verb) || secretFields(operation.success?.schema).length > 0
    );
  });
  return found?.operation;
}

/** What ends a key: DELETE before a verb. */
function endsOf(
  ofKey: readonly Relative[],
  exact: readonly Relative[],
): Pick<Resource, "revoke" | "alsoRevokes"> {
  const ofAll =
    ofKey.length === 0 ? (pick(exact, "DELETE") ?? pick(exact, "DELETE", verbs.revoke)) : undefined;
  const removal = pick(ofKey, "DELETE") ?? ofAll;
  const action = [...ofKey, ...exact].find(
    ({ operation, verb }) => isAction(operation) && verbs.revoke.test(verb) && !isChange(verb, ofKey, exact),
  );
  const byVerb = action?.operation ?? pick(ofKey, "DELETE", verbs.revoke);
  return { revoke: removal ?? byVerb, alsoRevokes: removal && byVerb !== removal ? byVerb : undefined };
}

function isAction({ method }: Operation): boolean {
  return method !== "GET" && method !== "DELETE";
}

/** Expiring ends a key or changes when it ends: it is a change where something else ends keys. */
function isChange(verb: string, ...among: readonly (readonly Relative[])[]): boolean {
  return (
    verbs.update.test(verb) &&
    among
      .flat()
      .some(
        ({ operation, verb: other }) =>
          operation.method === "DELETE" || (other !== verb && verbs.revoke.test(other)),
      )
  );
}

/** The parts of paths, for each is compared with every resource that there may be. */
const partsOfPaths = new WeakMap<Operation, { segments: readonly string[]; nouns: readonly string[] }>();

function partsOf(operation: Operation) {
  const known = partsOfPaths.get(operation);
  if (known) return known;
  const segments = segmentsOf(operation.path);
  const nouns = segments.map((segment) => nounsOf([segment])[0] ?? "");
  partsOfPaths.set(operation, { segments, nouns });
  return { segments, nouns };
}

function relativeTo(stem: readonly string[], operation: Operation): Relative | undefined {
  const { segments, nouns } = partsOf(operation);
  const at = nouns.lastIndexOf(stem.at(-1) ?? "");
  if (
    at < 0 ||
    !isWithin(
      nouns.slice(0, at + 1).filter((noun) => noun !== ""),
      stem,
    )
  )
    return undefined;
  const base = segments.slice(0, at + 1);
  const [next, ...rest] = segments.slice(at + 1);
  const variable = isVariable(next) ? variableName(next) : undefined;
  const verb = variable === undefined ? [next ?? "", ...rest] : rest;
  if (verb.length > 1 || isVariable(verb[0])) return undefined;
  return { operation, base, variable, verb: plain(verb[0] ?? "") };
}

/** The variable behind the collection, where most can be done with a key; the nearest such path before others. */
function keyVariableOf(related: readonly Relative[], stem: readonly string[]) {
  const found = new Map<string, { name: string; base: readonly string[]; weight: number }>();
  for (const { operation, base, variable, verb } of related) {
    if (variable === undefined) continue;
    const key = JSON.stringify([base.map((segment) => (isVariable(segment) ? "{}" : segment)), variable]);
    const weight =
      (operation.method === "DELETE" ? 10 : verbs.revoke.test(verb) ? 5 : 1) +
      (isSame(base, stem) ? 100 : nounsOf(base).length);
    const known = found.get(key);
    found.set(key, { name: variable, base, weight: Math.max(known?.weight ?? 0, weight) });
  }
  return [...found.values()].toSorted((a, b) => b.weight - a.weight)[0];
}

function isSame(base: readonly string[], other: readonly string[]): boolean {
  const shape = (segments: readonly string[]) =>
    segments.map((segment) => (isVariable(segment) ? "{}" : segment)).join("/");
  return shape(base) === shape(other);
}

function listOf(exact: readonly Relative[], near: readonly Relative[]): Operation | undefined {
  const among = [...exact, ...near];
  const plainly = among.filter(
    ({ operation, verb }) => operation.method === "GET" && (verb === "" || verbs.list.test(verb)),
  );
  const told = plainly.find(({ operation }) => holdsList(operation));
  if (told) return told.operation;
  const untold = plainly.find(
    ({ operation }) => operation.success?.schema === undefined && exact.length > 0 && !isSingular(operation),
  );
  return (
    untold?.operation ??
    among.find(({ operation, verb }) => operation.method === "POST" && verbs.list.test(verb))?.operation
  );
}

/** Whether a response has a list, some levels deep. */
export function holdsList(operation: Operation): boolean {
  const schema = operation.success?.schema;
  if (!schema) return false;
  if (schema.items) return true;
  const inner = [...schema.properties.values()];
  return inner.some(
    (member) => member.items !== undefined || [...member.properties.values()].some(({ items }) => items),
  );
}

function isSingular({ path }: Operation): boolean {
  const last = segmentsOf(path).at(-1) ?? "";
  return !last.endsWith("s");
}

function updatesOf(
  ofKey: readonly Relative[],
  others: readonly Relative[],
  create: Operation,
): readonly Operation[] {
  return [...ofKey, ...others]
    .filter(({ operation: { method, body }, verb }) => {
      if (body === undefined || method === "GET" || method === "DELETE") return false;
      if (verb === "") return true;
      return verbs.update.test(verb) || sharesFields(body.schema?.properties.keys(), create);
    })
    .filter(({ verb }) => !verbs.rotate.test(verb))
    .map(({ operation }) => operation);
}

function sharesFields(names: Iterable<string> | undefined, { body }: Operation): boolean {
  const own = body?.schema?.properties;
  return [...(names ?? [])].some((name) => own?.has(name));
}
