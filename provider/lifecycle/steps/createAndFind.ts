import { ApiKeysError } from "../../base/errors";
import { pollUntil } from "../../base/poll";
import type { CreatedKey, RemoteKey, UnidentifiedKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import type { PlaceMemory } from "../memory";
import { fitsRequest } from "../remote/identity";
import { isNamed } from "../remote/search";
import { isTellingPrefix } from "../remote/tellingPrefix";
import type { KeyInputs, RecordedKey } from "../state/key";
import { askedOf } from "../state/keyState";
import { isMadeUp } from "../state/madeUpName";
import { masked } from "../state/valueTraces";
import { LostAttempts } from "./lostCreate";

/** A key that exists, with its value in hand. */
export interface SureKey {
  readonly key: CreatedKey;
  /** When an earlier attempt began whose key nobody has seen, and which may still appear beside this one. */
  readonly unsettledSinceMs?: number;
}

/**
 * Creates a key, and finds it where the response does not tell its id. After an attempt whose outcome is unknown, its
 * key is looked for, for as long as the vendor's list may lag behind, and revoked; then there is one more attempt. With
 * the response lost, so is the value.
 *
 * Where a key can only be told by not having been there before, no other is created at the same place meanwhile: two at
 * once would each take the other's key for its own.
 *
 * @param known keys that may bear the same name
 * @throws {ApiKeysError} ORPHAN_SUSPECTED when a key may exist that was not revoked; the vendor's refusal, or
 *   HTTP_PROBLEM, when none does
 */
export async function createAndFind(
  operation: OperationContext,
  context: KeyContext,
  inputs: KeyInputs,
  known: readonly RecordedKey[],
): Promise<SureKey> {
  const { fields, operations } = context.definition;
  const isNameless = fields.name === undefined;
  const begin = (before?: ReadonlySet<string>) => new LostAttempts(operation, context, inputs, known, before);
  if (!isNameless && operations.create.identify === undefined) {
    return attempt(operation, context, inputs, begin());
  }
  const place = operation.memory.place(context);
  return place.inTurn(async () => {
    const before = isNameless ? await idsIfReadable(context, place) : undefined;
    const made = await attempt(operation, context, inputs, begin(before));
    place.created.add(made.key.id);
    return made;
  });
}

async function attempt(
  operation: OperationContext,
  context: KeyContext,
  inputs: KeyInputs,
  lost: LostAttempts,
): Promise<SureKey> {
  for (;;) {
    try {
      const key = await created(operation, context, inputs);
      return { key, ...(lost.unseen && { unsettledSinceMs: lost.sinceMs }) };
    } catch (error) {
      if (!(error instanceof ApiKeysError)) throw error;
      if (error.code !== "OUTCOME_UNKNOWN") throw await lost.refusal(error);
      await lost.add(error);
    }
  }
}

async function created(
  operation: OperationContext,
  context: KeyContext,
  inputs: KeyInputs,
): Promise<CreatedKey> {
  const { vendor, pathParameters, definition } = context;
  const isToBeFound = definition.operations.create.identify !== undefined;
  const before = isToBeFound ? ((await vendor.list?.(pathParameters, "fresh")) ?? []) : [];
  const made = await vendor.create(pathParameters, askedOf(inputs));
  if (made.id !== undefined) return made;
  return identified(operation, context, inputs, made, new Set(before.map(({ id }) => id)));
}

/** Without them a key of a lost response cannot be told from others; a create is not refused for want of a list. */
async function idsIfReadable(
  { vendor, pathParameters }: KeyContext,
  { created }: PlaceMemory,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const listed = await vendor.list?.(pathParameters, "shared");
    return listed && new Set([...listed.map(({ id }) => id), ...created]);
  } catch {
    return undefined;
  }
}

/** A vendor may keep another expiry than it was asked for. */
const mayDiffer: ReadonlySet<string> = new Set(["expiresAt"]);

/**
 * The created key with its id: the only one that was not there before and fits what was asked.
 *
 * @throws {ApiKeysError} ORPHAN_SUSPECTED when the list does not show just one such key in time: the key exists, and
 *   another would stand beside it
 */
async function identified(
  operation: OperationContext,
  context: KeyContext,
  inputs: KeyInputs,
  made: UnidentifiedKey,
  before: ReadonlySet<string>,
): Promise<CreatedKey> {
  const { definition, listLagMs } = context;
  const { fields: asked } = inputs;
  const { name } = asked;
  const bearsName = (key: RemoteKey) => typeof name === "string" && isNamed(key, name);
  const byName = definition.operations.create.identify === "name";
  const isWanted = (key: RemoteKey) =>
    !before.has(key.id) &&
    fitsRequest(context, key, asked, new Set([...mayDiffer, "name"])) &&
    prefixOf(made, key) !== "another's" &&
    (byName ? bearsName(key) : name === undefined || key.fields.name === undefined || bearsName(key));
  // A name that we made up, and a part of the value, are known at sight. Else a colleague's key may be listed first.
  const isSure = (key: RemoteKey) =>
    bearsName(key) && (isMadeUp(inputs, name) || prefixOf(made, key) === "ours");
  const [found, another] = await pollUntil(
    operation,
    listLagMs,
    async () => (await listedNow(context)).filter(isWanted),
    (appeared) => appeared.length > 0 && appeared.every(isSure),
  );
  if (found && !another) return { ...made, id: found.id, fields: { ...found.fields, ...made.fields } };
  const called = typeof asked.name === "string" ? `key ${JSON.stringify(asked.name)}` : "a key";
  throw new ApiKeysError(
    "ORPHAN_SUSPECTED",
    `${definition.title} has created ${called} without telling its id, and ` +
      `${another ? "several keys have appeared" : "no such key has appeared"} in the list, so that it cannot be managed. ` +
      "Look for it at the vendor and revoke it, then run `pulumi up` again.",
  );
}

/** What the prefix that a list tells says of a key: that it has the new value, or another; undefined where it tells none. */
function prefixOf({ value }: UnidentifiedKey, { fields: { prefix } }: RemoteKey) {
  if (typeof prefix !== "string" || prefix === "" || masked.test(prefix)) return undefined;
  if (!value.startsWith(prefix)) return "another's";
  return isTellingPrefix(prefix) ? "ours" : undefined;
}

/** The key exists, so that a list that cannot be read must not count as a create that failed. */
async function listedNow({ vendor, pathParameters }: KeyContext): Promise<readonly RemoteKey[]> {
  try {
    return (await vendor.list?.(pathParameters, "fresh")) ?? [];
  } catch {
    return [];
  }
}
