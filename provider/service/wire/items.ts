import { atPointer, pointerTokens } from "../../pointer";
import type { ListDefinition, ServiceDefinition } from "../definition";
import type { Incomplete } from "../incompleteList";
import type { Member } from "../schema/place";
import { holdsOf } from "./conditions";
import { keyFromWire, type RemoteKey } from "./key";
import { isObject, setMember } from "./members";

/** An item of a list, and where it stands. */
export interface Item {
  readonly item: unknown;
  readonly path: string;
}

/**
 * Every key in an answer to list.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when it is no list of keys: half a list would prove a live key gone
 */
export function keysFromWire(
  definition: ServiceDefinition,
  list: Pick<ListDefinition, "items" | "keyedBy" | "scalarAs" | "only">,
  body: unknown,
  headers: Readonly<Record<string, string>>,
  incomplete: Incomplete,
): RemoteKey[] {
  const invalid = (problem: string, pointer: string) =>
    incomplete(
      `${problem} at ${pointer === "" ? "the top of the body" : pointer}`,
      "Check the connection's base URL, and the service definition against the vendor's page.",
    );
  const items = itemsOf(list, body, invalid);
  return items
    .filter(({ item }) => list.only === undefined || holdsOf(list.only, item))
    .map(({ item, path }) => {
      const key = keyFromWire(definition, { answer: "listed", item, body, headers });
      if (key === undefined) throw invalid("names no id", path);
      return key;
    });
}

type Invalid = (problem: string, pointer: string) => Error;

/** The items of an answer to list, each an object where `scalarAs` makes it one. */
export function itemsOf(
  { items, keyedBy, scalarAs }: Pick<ListDefinition, "items" | "keyedBy" | "scalarAs">,
  body: unknown,
  invalid: Invalid,
): Item[] {
  const containers = items.includes("*")
    ? spread(body, pointerTokens(items), "", invalid)
    : [{ item: atPointer(body, items), path: items }];
  return containers.flatMap(({ item, path }) =>
    entriesOf(item, path, keyedBy, invalid).map((entry) => ({
      ...entry,
      item: scalarAs === undefined || isObject(entry.item) ? entry.item : { [scalarAs]: entry.item },
    })),
  );
}

/** All that a pointer with `*` leads to. */
function spread(value: unknown, tokens: readonly string[], path: string, invalid: Invalid): Item[] {
  const [token, ...rest] = tokens;
  if (token === undefined) return [{ item: value, path }];
  if (token !== "*") return spread(atPointer(value, `/${escaped(token)}`), rest, `${path}/${token}`, invalid);
  if (typeof value !== "object" || value === null) throw invalid("holds no list", path);
  return Object.entries(value).flatMap(([key, item]) => spread(item, rest, `${path}/${key}`, invalid));
}

function entriesOf(container: unknown, path: string, keyedBy: Member | undefined, invalid: Invalid): Item[] {
  if (Array.isArray(container)) return container.map((item, index) => ({ item, path: `${path}/${index}` }));
  if (keyedBy === undefined || !isObject(container)) throw invalid("holds no list", path);
  return Object.entries(container).map(([key, value]) => {
    const item: Record<string, unknown> = isObject(value) ? structuredClone(value) : {};
    setMember(item, keyedBy, key);
    return { item, path: `${path}/${key}` };
  });
}

function escaped(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}
