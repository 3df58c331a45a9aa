import { ApiKeysError, HttpProblemError } from "../../base/errors";
import { instantText } from "../../base/time";
import type { ServiceDefinition } from "../../definition/definition";
import { inputFields } from "../../definition/inputFields";
import type { CreateNote, KeyContext, OperationContext } from "../context";
import { lifetimeEnd } from "../plan/lifetime";
import {
  divergentInputs,
  fingerprint,
  mergeRemote,
  mirroredInputs,
  refusals,
  secretsTold,
} from "../state/outputs";
import type { Properties } from "../state/properties";
import { createSurely, type SureKey } from "./lostCreate";
import { PartialSuccessError } from "./progress";

/** A key that exists now, and the note of its create, to be struck out once the key is on its way into the state. */
export interface Made {
  readonly creation: Creation;
  readonly note: CreateNote;
}

/**
 * Creates a key at the vendor. From the answer on, nothing may fail: the value is shown once.
 *
 * @param known ids of keys that may bear the same name, and are not to be taken for this one
 * @throws {PartialSuccessError} when the key exists and not all of it could be recorded
 * @throws {ApiKeysError} when no key exists, or one may exist that this program must not revoke by guess
 */
export async function makeKey(
  operation: OperationContext,
  context: KeyContext,
  inputs: Properties,
  known: ReadonlySet<string> = new Set(),
): Promise<Made> {
  const asked = withExpiry(context.definition, inputs, operation.now());
  const note = await operation.creates.begin(findable(context, asked));
  try {
    const sure = await createSurely(operation, context, asked, known);
    return { creation: surely(operation, context, asked, sure), note };
  } catch (error) {
    if (error instanceof PartialSuccessError) note.end("made");
    else if (error instanceof ApiKeysError && error.code !== "ORPHAN_SUSPECTED") note.end("nothing");
    throw withWayOut(error, known.size > 0);
  }
}

/** What the state keeps of a created key; a mistake of ours on the way there must not lose the value. */
function surely(
  operation: OperationContext,
  context: KeyContext,
  asked: Properties,
  sure: SureKey,
): Creation {
  try {
    return record(operation, context, asked, sure);
  } catch (error) {
    const { id, value } = sure.key;
    // What the vendor chose is not known yet, and must not look like drift once it is.
    const open = inputFields(context.definition).filter((name) => asked[name] === undefined);
    const outputs = {
      ...mirroredInputs(context.definition, asked),
      ...legibleSecrets(context, asked, sure),
      ...identified(context, id, value),
      ...(open.length > 0 && { asked: Object.fromEntries(open.map((name) => [name, null])) }),
      status: "active",
    };
    throw new PartialSuccessError(
      id,
      outputs,
      `The ${context.label} was created and is in state, but not all that ${context.definition.title} says of it could be recorded: ` +
        `${error instanceof Error ? error.message : String(error)}. Run \`pulumi refresh\`.`,
    );
  }
}

/** Secrets beside the value, which are shown once as well; none, where it is they that the mistake is about. */
function legibleSecrets({ definition }: KeyContext, asked: Properties, { key }: SureKey): Properties {
  try {
    return secretsTold(definition, asked, key);
  } catch {
    return {};
  }
}

/** Where a key is whose value was just told, and what it is. */
export function identified({ vendor }: KeyContext, keyId: string, value: string): Record<string, unknown> {
  return { keyId, origin: vendor.origin, value, fingerprint: fingerprint(value) };
}

/** A lifetime begins now, on our clock: the vendor's is not known before it has answered. */
export function withExpiry(definition: ServiceDefinition, inputs: Properties, nowMs: number): Properties {
  const expiresAt = lifetimeEnd(definition, inputs.expiresIn, nowMs);
  return expiresAt === undefined ? inputs : { ...inputs, expiresAt };
}

function record(
  operation: OperationContext,
  context: KeyContext,
  asked: Properties,
  { key, unsettledSinceMs }: SureKey,
): Creation {
  const { definition, label } = context;
  const mirrored = mirroredInputs(definition, asked);
  const secrets = secretsTold(definition, mirrored, key);
  const known = mergeRemote(definition, { ...mirrored, ...secrets }, key, operation.now());
  const deviating = divergentInputs(definition, asked, known);
  const outputs = {
    ...known,
    ...identified(context, key.id, key.value),
    ...(deviating && { asked: deviating }),
    ...(unsettledSinceMs !== undefined && { unsettledSince: instantText(unsettledSinceMs) }),
  };
  const refused = Object.entries(deviating ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]));
  const warnings: string[] = [];
  const made = refusals(refused, asked, known);
  if (made !== undefined) warnings.push(`The ${label} was created, but ${definition.title} ${made}.`);
  if (unsettledSinceMs !== undefined) {
    warnings.push(
      `The ${label} was created at a second attempt. The answer to the first was lost, and no key of it has appeared at ${definition.title} so far; the next \`pulumi up\` looks once more.`,
    );
  }
  return { id: key.id, outputs, warnings };
}

/** A key that now exists, and what the user should know of it. */
export interface Creation {
  readonly id: string;
  readonly outputs: Properties;
  readonly warnings: readonly string[];
}

/** What `recover` needs to find the key again, and none of the arguments that may be secret. */
export function findable({ definition, vendor, pathParameters }: KeyContext, inputs: Properties): Properties {
  const { service, definition: own, connection, name, autonamed, rotatedAt } = inputs;
  return {
    ...pathParameters,
    service,
    ...(own !== undefined && { definition: own }),
    connection,
    // Without a name, when it was made tells it from the keys of other times.
    ...(definition.fields.name ? { name, autonamed } : { rotatedAt }),
    origin: vendor.origin,
  };
}

/** Statuses that speak of credentials, of the place or of haste, and not of the key that was asked for. */
const otherCauses: ReadonlySet<number> = new Set([401, 403, 404, 408, 429]);

/** How vendors say that there is no room for one more key. */
const saysNoRoom =
  /\bquota\b|\btoo many\b|\bkey limit\b|\bkeys\b.*\b(?:limit|maximum)\b|\b(?:limit|maximum|max)\b.*\bkeys\b/i;

/**
 * The refusal of a key, with the way out where a quota may be behind it: a new key is made while the old one is there.
 *
 * @param beside whether the key was to stand beside one that the state holds; else only the vendor's own words count
 */
export function withWayOut(error: unknown, beside: boolean): unknown {
  if (!(error instanceof HttpProblemError)) return error;
  const { status, message } = error;
  const refused = status >= 400 && status < 500 && !otherCauses.has(status);
  if (!refused || !(beside || saysNoRoom.test(message))) return error;
  return new ApiKeysError(
    error.code,
    `${message} If the vendor allows no more keys, make room there; or let the old key of a renewal go before the new one is ` +
      "made, with the resource option deleteBeforeReplace and without rotation.overlap.",
  );
}
