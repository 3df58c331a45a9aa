import { sameField } from "../compare";
import { ApiKeysError } from "../errors";
import { printable } from "../printable";
import type { RemoteKey } from "../service/wire/key";
import { clockSkewMs, instantMs } from "../time";
import type { Subject, World } from "./context";
import { type Properties, requiredText, text } from "./properties";
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
    if (list && !list.some(isIt) && proves.list && !proves.get) list = await settled(subject, list);
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

  const field = definition.tenant?.field;
  if (field === undefined) return undefined;
  const recorded = text(outputs, field);
  if (recorded === undefined) {
    throw new ApiKeysError(
      "IDENTITY_MISMATCH",
      `It is not known to which tenant the ${label} belongs, so its absence from a list proves nothing. ` +
        "If it is gone, remove it from the stack with `pulumi state delete`.",
    );
  }
  if (list?.some((key) => key.fields[field] === recorded)) return undefined;
  const present = await vendor.tenant?.();
  if (present === recorded) return undefined;
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${label} belongs to tenant ${printable(recorded)}, but the credentials of connection "${outputs.connection}" are ` +
      `${present === undefined ? "not known to be that tenant's" : `of tenant ${printable(present)}`}, so its absence from their list proves nothing. ` +
      "Use credentials of the key's own tenant.",
  );
}

/** Which of the vendor's answers can prove that there is no such key. */
function proofsOf({ definition, vendor }: Subject): { list: boolean; get: boolean } {
  const { list, get } = definition.operations;
  return {
    list: vendor.list !== undefined && list?.provesAbsence !== false,
    get: vendor.get !== undefined && get?.provesAbsence !== false,
  };
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

/** Whether a key that stands where the recorded one was may be another: a singleton's only one, or one of a reused id. */
export function mayBeAnother({ definition }: Subject): boolean {
  return definition.kind === "singleton" || definition.reusesIds;
}

/** Whether a key that stands where the recorded one was is that one, and not a colleague's newer. */
export function isRecorded({ definition }: Subject, key: RemoteKey, outputs: Properties): boolean {
  if (key.id !== outputs.keyId) return false;
  const [bornMs, succeededMs] = [instantMs(key.fields.createdAt), instantMs(outputs.succeededAt)];
  if (bornMs !== undefined && succeededMs !== undefined && bornMs > succeededMs) return false;
  return ["prefix", "createdAt"].every((name) => {
    const field = definition.fields[name];
    const [now, then] = [key.fields[name] ?? undefined, outputs[name]];
    return field === undefined || now === undefined || then === undefined || sameField(field, now, then);
  });
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

/**
 * The keys that bear a name, read anew. The name is ours alone where we made it up.
 *
 * @throws {ApiKeysError} RESPONSE_INVALID when there are none in a list that proves nothing
 * @throws {ApiKeysError} RESPONSE_INVALID when the vendor does not tell the names, so that none can be ruled out
 */
export async function keysNamed(subject: Subject, name: string): Promise<RemoteKey[]> {
  const { vendor, parents } = subject;
  const list = await vendor.list?.(parents, "fresh");
  const only = list ? undefined : await vendor.get?.(parents, "");
  const present = list ? await settled(subject, list) : only ? [only] : [];
  if (present.some((key) => key.fields.name === undefined)) {
    throw new ApiKeysError("RESPONSE_INVALID", "the vendor does not tell the names of its keys.");
  }
  const named = present.filter((key) => key.fields.name === name);
  if (named.length > 0 || !list || proofsOf(subject).list) return named;
  throw new ApiKeysError("RESPONSE_INVALID", "the vendor's list may lack keys that there are.");
}

/** A list that proves what it lacks to be absent. */
async function settled(
  { vendor, parents }: Subject,
  list: readonly RemoteKey[],
): Promise<readonly RemoteKey[]> {
  return vendor.settle ? vendor.settle(parents, list) : list;
}
