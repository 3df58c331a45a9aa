import type { ServiceDefinition } from "../../definition/definition";
import type { RemoteKey, Vendor } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { keysPresent } from "../remote/search";

/** What the creates of this operation know of the keys at one place. */
interface Place {
  /** Resolves when the create before has ended. */
  turn: Promise<unknown>;
  readonly created: Set<string>;
}

const places = new WeakMap<Vendor, Map<string, Place>>();

/** Whether keys have no names, so that a new one is known only by not having been there before. */
export function isNameless({ fields }: ServiceDefinition): boolean {
  return fields.name === undefined;
}

/**
 * Creates a key of a service without names, and no other at the same place meanwhile: two at once would each take the
 * other's key for its own.
 *
 * @param act given the ids of the keys from before; undefined where they could not be read
 */
export function createInTurn<T extends { key: RemoteKey }>(
  context: KeyContext,
  act: (before: ReadonlySet<string> | undefined) => Promise<T>,
): Promise<T> {
  const place = placeOf(context);
  const turn = place.turn.then(async () => {
    const made = await act(await idsBefore(context, place));
    place.created.add(made.key.id);
    return made;
  });
  place.turn = turn.catch(() => {});
  return turn;
}

/** Live keys that were not there before, once no list can lag behind any more. */
export async function keysSince(
  operation: OperationContext,
  context: KeyContext,
  before: ReadonlySet<string>,
): Promise<RemoteKey[]> {
  await operation.sleep(context.listLagMs);
  const present = await keysPresent(context);
  return present.filter(({ id, fields }) => !before.has(id) && fields.active !== false);
}

function placeOf({ vendor, pathParameters }: KeyContext): Place {
  const ofVendor = places.get(vendor) ?? new Map<string, Place>();
  places.set(vendor, ofVendor);
  const name = JSON.stringify(pathParameters);
  const place = ofVendor.get(name) ?? { turn: Promise.resolve(), created: new Set() };
  ofVendor.set(name, place);
  return place;
}

/** A create is not refused for want of a list: it is needed only if an answer is lost. */
async function idsBefore(
  { vendor, pathParameters }: KeyContext,
  { created }: Place,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const listed = await vendor.list?.(pathParameters, "shared");
    return listed && new Set([...listed.map(({ id }) => id), ...created]);
  } catch {
    return undefined;
  }
}
