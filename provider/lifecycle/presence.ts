import { ApiKeysError } from "../errors";
import type { RemoteKey } from "../service/wire/key";
import { clockSkewMs, instantMs } from "../time";
import type { Subject, World } from "./context";
import { assertOwnTenant } from "./ownTenant";
import { proofsOf, settled } from "./proof";
import { type Properties, requiredText } from "./properties";
import { isRecorded, mayBeAnother } from "./recorded";
import type { Vendor } from "./vendor";

/**
 * The key at the vendor, or undefined on proof that it is gone: the vendor's own 404, or a complete list
 * without it that belongs to the same tenant, and in which a key of its age would be. Of these, what the service's
 * definition says to prove nothing is no proof.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the list may be another tenant's
 * @throws {ApiKeysError} RESPONSE_INVALID when nothing that the vendor says proves the key's absence
 */
export async function find(
  world: World,
  subject: Subject,
  outputs: Properties,
  freshness: "shared" | "fresh" = "shared",
): Promise<RemoteKey | undefined> {
  const { vendor, definition, parents, label } = subject;
  const keyId = requiredText(outputs, "keyId");
  const isIt = ({ id }: RemoteKey) => id === keyId;
  const proves = proofsOf(subject);
  let list: readonly RemoteKey[] | undefined;
  const look = async (how: "shared" | "fresh") => {
    list = await vendor.list?.(parents, how);
    // Where the vendor can be asked for the key itself, its own 404 is the proof.
    if (list && !list.some(isIt) && proves.list && !proves.get) {
      try {
        list = await settled(subject, list);
      } catch (error) {
        // What the list cannot tell of a live key, a look at the key itself still may.
        const seen = await vendor.get?.(parents, keyId, outputs);
        if (seen) return seen;
        throw error;
      }
    }
    const listed = list?.find(isIt);
    if (listed || (proves.list && !proves.get)) return listed;
    return vendor.get?.(parents, keyId, outputs);
  };
  const found = await look(freshness);
  if (found) return found;
  if (isYoung(outputs, subject.listLagMs, world.now())) {
    await caughtUp(world, subject);
    const appeared = await look("shared");
    if (appeared) return appeared;
  }
  if (!proves.list && !proves.get) {
    throw new ApiKeysError(
      "RESPONSE_INVALID",
      `Nothing that ${definition.title} answers proves that the ${label} is gone. If it is, remove it from the stack with \`pulumi state delete\`.`,
    );
  }

  await assertOwnTenant(subject, outputs, list);
  return undefined;
}

/** Whether the key is so new that a list may lag behind it. Two clocks had a part in its dates. */
function isYoung(outputs: Properties, listLagMs: number, nowMs: number): boolean {
  const bornMs = [outputs.rotatedAt, outputs.createdAt, outputs.succeededAt].map(
    (text) => instantMs(text) ?? 0,
  );
  return listLagMs > 0 && nowMs - Math.max(...bornMs) < listLagMs + clockSkewMs;
}

const caughtUpLists = new WeakMap<Vendor, Map<string, Promise<unknown>>>();

/** Waits until lists have caught up, and reads one anew: once for all keys beside each other that are missing. */
function caughtUp(world: World, { vendor, parents, listLagMs }: Subject): Promise<unknown> {
  const ofVendor = caughtUpLists.get(vendor) ?? new Map<string, Promise<unknown>>();
  caughtUpLists.set(vendor, ofVendor);
  const place = JSON.stringify(parents);
  const list = ofVendor.get(place) ?? world.sleep(listLagMs).then(() => vendor.list?.(parents, "fresh"));
  ofVendor.set(place, list);
  return list;
}

/** The key as `find` has it; somebody else's in its place counts as its absence. */
export async function findRecorded(
  world: World,
  subject: Subject,
  outputs: Properties,
): Promise<RemoteKey | undefined> {
  const key = await find(world, subject, outputs);
  return key && mayBeAnother(subject) && !isRecorded(subject, key, outputs) ? undefined : key;
}
