import type { ListDefinition, ServiceDefinition } from "../../definition/definition";
import { holdsOf } from "../../json/conditions";
import { isObject, type Member, setMember } from "../../json/members";
import { atPointer, pointerToken, pointerTokens } from "../../json/pointer";
import type { RemoteKey } from "../../vendor";
import type { Incomplete } from "../pagination/incompleteList";
import { keyFromWire } from "./key";

/** An item of a list, and where it stands. */
export interface Item {
  readonly item: unknown;
  readonly path: string;
}

/** The keys of a response to list. */
export interface ListedKeys {
  readonly keys: readonly RemoteKey[];
  /** Items beside them that are no keys of this kind; pages are counted with them. */
  readonly others: number;
}

/**
 * Every key in a response to list.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when it is no list of keys: half a list would prove a live key gone
 */
export function keysFromWire(
  definition: ServiceDefinition,
  list: Pick<ListDefinition, "envelope" | "entries" | "only">,
  body: unknown,
  headers: Readonly<Record<string, string>>,
  incomplete: Incomplete,
): ListedKeys {
  const invalid = (problem: string, pointer: string) =>
    incomplete(
      `${problem} at ${pointer === "" ? "the top of the body" : pointer}`,
      "Check the connection's base URL, and the service definition against the vendor's page.",
    );
  const items = itemsOf(list, body, invalid);
  const counted = items.filter(({ item }) => list.only === undefined || holdsOf(list.only, item));
  const keys = counted.map(({ item, path }) => {
    const key = keyFromWire(definition, { answer: "listed", item, body, headers });
    if (key === undefined) throw invalid("names no id", path);
    return key;
  });
  return { keys, others: items.length - counted.length };
}

type Invalid = (problem: string, pointer: string) => Error;

/** The items of a response to list, each an object where `entries` makes it one. */
export function itemsOf(
  { envelope, entries = {} }: Pick<ListDefinition, "envelope" | "entries">,
  body: unknown,
  invalid: Invalid,
): Item[] {
  const containers = envelope.includes("*")
    ? spread(body, pointerTokens(envelope), "", invalid)
    : [{ item: atPointer(body, envelope), path: envelope }];
  return containers.flatMap(({ item, path }) => entriesOf(item, path, entries, invalid));
}

/** All that a pointer with `*` leads to. */
function spread(value: unknown, tokens: readonly string[], path: string, invalid: Invalid): Item[] {
  const [token, ...rest] = tokens;
  if (token === undefined) return [{ item: value, path }];
  if (token !== "*")
    return spread(atPointer(value, `/${pointerToken(token)}`), rest, `${path}/${token}`, invalid);
  if (typeof value !== "object" || value === null) throw invalid("holds no list", path);
  return Object.entries(value).flatMap(([key, item]) =>
    // A property's name may be a secret, an index cannot.
    spread(item, rest, `${path}/${Array.isArray(value) ? key : "*"}`, invalid),
  );
}

function entriesOf(
  container: unknown,
  path: string,
  { key, value: valueAs }: NonNullable<ListDefinition["entries"]>,
  invalid: Invalid,
): Item[] {
  if (Array.isArray(container)) {
    return container.map((value, index) => ({
      item: valueAs === undefined || isObject(value) ? value : objectOf(value, valueAs),
      path: `${path}/${index}`,
    }));
  }
  if (key === undefined || !isObject(container)) throw invalid("holds no list", path);
  return Object.entries(container).map(([property, value]) => {
    const item = objectOf(value, valueAs);
    setMember(item, key, property);
    return { item, path: `${path}/*` };
  });
}

/** An object of our own, which may be added to. */
function objectOf(value: unknown, valueAs: Member | undefined): Record<string, unknown> {
  if (isObject(value)) return structuredClone(value);
  const item = {};
  if (valueAs !== undefined) setMember(item, valueAs, value);
  return item;
}
