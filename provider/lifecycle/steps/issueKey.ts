import { ApiKeysError, HttpProblemError, reasonOf } from "../../base/errors";
import { instantText } from "../../base/time";
import { inputFields } from "../../definition/inputFields";
import type { KeyContext, OperationContext } from "../context";
import type { CreateNote } from "../memory";
import { type Notice, warnings } from "../notice";
import { shortened, unkeptSchedule } from "../plan/grantedLife";
import { withExpiry } from "../plan/lifetime";
import type { KeyFields, KeyInputs, KeyState, RecordedKey } from "../state/key";
import { identified, mirroredInputs } from "../state/keyState";
import { mergeRemote, secretsTold } from "../state/mergeRemote";
import { type Properties, writeInputs } from "../state/properties";
import { divergentInputs, refusals } from "../state/requestedValue";
import { withGrantedDue } from "../state/schedule";
import { unconfirmedOfNew } from "../state/unconfirmed";
import { createAndFind, type SureKey } from "./createAndFind";
import { PartialSuccessError } from "./progress";

/** A key that now exists, and what the user should know of it. */
export interface Creation {
  readonly id: string;
  readonly state: KeyState;
  readonly warnings: readonly Notice[];
}

/** A key that was issued, and the note of its create, to be struck out once the key is on its way into the state. */
export interface Issued {
  readonly creation: Creation;
  readonly note: CreateNote;
}

/**
 * Creates a key at the vendor. From the response on, nothing may fail: the value is shown once.
 *
 * @param known keys that may bear the same name, and are not to be taken for this one
 * @throws {PartialSuccessError} when the key exists and not all of it could be recorded
 * @throws {ApiKeysError} when no key exists, or one may exist that this program must not revoke by guess
 */
export async function issueKey(
  operation: OperationContext,
  context: KeyContext,
  inputs: KeyInputs,
  known: readonly RecordedKey[] = [],
): Promise<Issued> {
  const asked = withExpiry(inputs, operation.now());
  const note = await operation.memory.creates.begin(findable(context, asked));
  try {
    const sure = await createAndFind(operation, context, asked, known);
    return { creation: recordSurely(operation, context, asked, sure), note };
  } catch (error) {
    if (error instanceof PartialSuccessError) note.end("made");
    else if (error instanceof ApiKeysError && error.code !== "ORPHAN_SUSPECTED") note.end("nothing");
    throw withWayOut(error, known.length > 0);
  }
}

/** What the state keeps of a created key; a mistake of ours on the way there must not lose the value. */
function recordSurely(
  operation: OperationContext,
  context: KeyContext,
  asked: KeyInputs,
  sure: SureKey,
): Creation {
  const { definition, label } = context;
  try {
    return record(operation, context, asked, sure);
  } catch (error) {
    const { id, value } = sure.key;
    const mirrored = mirroredInputs(context, asked);
    // What the vendor chose is not known yet, and must not look like drift once it is.
    const open = inputFields(definition).filter((name) => asked.fields[name] === undefined);
    const state: KeyState = {
      ...mirrored,
      fields: { ...mirrored.fields, ...legibleSecrets(context, asked.fields, sure) },
      ...identified(context, id, value),
      asked: open.length > 0 ? Object.fromEntries(open.map((name) => [name, null])) : undefined,
      unconfirmed: unconfirmedOfNew(definition),
      status: "active",
    };
    throw new PartialSuccessError(
      id,
      state,
      `The ${label} was created and is in state, but not all that ${definition.title} says of it could be recorded: ` +
        `${reasonOf(error)}. Run \`pulumi refresh\`.`,
    );
  }
}

/** Secrets beside the value, which are shown once as well; none, where it is they that the mistake is about. */
function legibleSecrets({ definition }: KeyContext, asked: KeyFields, { key }: SureKey): KeyFields {
  try {
    return secretsTold(definition, asked, key);
  } catch {
    return {};
  }
}

function record(
  operation: OperationContext,
  context: KeyContext,
  asked: KeyInputs,
  { key, unsettledSinceMs }: SureKey,
): Creation {
  const { definition, label } = context;
  const mirrored = mirroredInputs(context, asked);
  const secrets = secretsTold(definition, mirrored.fields, key);
  const known = { fields: { ...mirrored.fields, ...secrets }, value: key.value };
  const merged = mergeRemote(definition, known, key, operation.now());
  const divergent = divergentInputs(definition, asked, merged.fields);
  const refused = Object.entries(divergent ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]));
  const made = refusals(refused, asked.fields, merged.fields);
  const state = withGrantedDue({
    ...mirrored,
    ...merged,
    ...identified(context, key.id, key.value),
    asked: divergent,
    unconfirmed: unconfirmedOfNew(definition),
    unsettledSince: unsettledSinceMs === undefined ? undefined : instantText(unsettledSinceMs),
  });
  const unkept = unkeptSchedule(state, asked);
  return {
    id: key.id,
    state,
    warnings: warnings([
      ...(made === undefined ? [] : [`The ${label} was created, but ${definition.title} ${made}.`]),
      // A fixed end is named among what the vendor changed.
      ...(asked.expiresIn === undefined
        ? []
        : shortened(context, asked.expiresIn, asked.fields.expiresAt, merged.fields.expiresAt)),
      ...(unkept === undefined ? [] : [unkept]),
      ...(unsettledSinceMs === undefined
        ? []
        : [
            `The ${label} was created at a second attempt. The answer to the first was lost, and no key of it has appeared at ${definition.title} so far; the next \`pulumi up\` looks once more.`,
          ]),
    ]),
  };
}

/** What `recover` needs to find the key again, and none of the arguments that may be secret. */
function findable(
  { definition, vendor, connection, pathParameters }: KeyContext,
  inputs: KeyInputs,
): Properties {
  const { service, fields, autonamed, rotatedAt } = inputs;
  const { name } = fields;
  return {
    ...writeInputs({
      service,
      connection,
      pathParameters,
      // Without a name, when it was made tells it from the keys of other times.
      ...(definition.fields.name ? { fields: { name }, autonamed } : { fields: {} }),
      rotatedAt,
    }),
    origin: vendor.origin,
  };
}

/** Statuses that speak of credentials, of the place or of haste, and not of the key that was asked for. */
const otherCauses: ReadonlySet<number> = new Set([401, 404, 408, 429]);

/** How vendors say that somebody was too hasty. */
const saysTooFast = /\btoo many\b.*\b(?:requests|attempts|calls|logins)\b/i;

/** How vendors say that there is no room for one more key. */
const saysNoRoom =
  /\bquota\b|\btoo many\b|\b(?:key|token|secret) limit\b|\b(?:keys|tokens|secrets|credentials)\b.*\b(?:limit|maximum)\b|\b(?:limit|maximum|max)\b.*\b(?:keys|tokens|secrets|credentials)\b/i;

/** How they speak of another limit: of a key's life, or of a text. */
const saysOtherLimit = /\b(?:days?|hours?|lifetimes?|expir\w+|length|characters?|long)\b/i;

/**
 * The refusal of a key, with the way out where a quota may be behind it: a new key is made while the old one is there.
 *
 * @param beside whether the key was to stand beside one that the state holds; else only the vendor's own words count
 */
function withWayOut(error: unknown, beside: boolean): unknown {
  if (!(error instanceof HttpProblemError)) return error;
  const { status, message } = error;
  const refused = status >= 400 && status < 500 && !otherCauses.has(status);
  const noRoom = saysNoRoom.test(message) && !saysTooFast.test(message) && !saysOtherLimit.test(message);
  // Some vendors refuse one key too many by 403, which from others means that the credentials may not do it.
  if (!refused || !(noRoom || (beside && status !== 403))) return error;
  return new ApiKeysError(
    error.code,
    `${message} If the vendor allows no more keys, make room there; or let the old key of a renewal go before the new one is ` +
      "made, with the resource option deleteBeforeReplace and without rotation.overlap.",
  );
}
