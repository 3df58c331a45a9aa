import { sameField } from "../definition/sameField";
import { pick } from "../json/members";
import { printable } from "../redaction/printable";
import { expiresUnrenewed, hasEnded } from "../rotation";
import type { RemoteKey } from "../vendor";
import { contextOfPrevious, type KeyContext, type OperationContext, resolveRecordedKey } from "./context";
import { type Notice, warnings } from "./notice";
import { shortened, unkeptSchedule } from "./plan/grantedLife";
import { expiryWarning } from "./plan/scheduleWarnings";
import { lookAtDeliveries } from "./remote/deliveries";
import { caughtUp, findRecorded } from "./remote/provenAbsence";
import type { KeyFields, KeyInputs, KeyState, Status } from "./state/key";
import { askedFields, previousOf, recordedArgumentsOf, withoutPrevious } from "./state/keyState";
import { madeUpName } from "./state/madeUpName";
import { mergeRemote, unlikePrefix } from "./state/mergeRemote";
import { knownRenderings } from "./state/renderings";
import { changedInputs, requestedValue } from "./state/requestedValue";
import { requestedSchedule, scheduleOf, withGrantedDue } from "./state/schedule";
import { unconfirmedInputs, unconfirmedStill } from "./state/unconfirmed";

/** What a look at the vendor found. */
export interface Reading {
  readonly state: KeyState;
  /** Complete inputs where something changed, so that a plan shows what; else none, and the engine keeps its own. */
  readonly inputs?: KeyInputs;
  readonly warnings: readonly Notice[];
}

/**
 * Looks at the key. Undefined only on proof that it is gone; a revoked or expired key stays, with its status,
 * so that the next `up` repairs it.
 *
 * @throws {ApiKeysError} whenever the response proves nothing
 */
export async function read(operation: OperationContext, recorded: KeyState): Promise<Reading | undefined> {
  operation.memory.noteLook(recorded);
  const context = resolveRecordedKey(operation, recorded);
  const { definition } = context;
  const now = operation.now();
  const first = await findRecorded(operation, context, recorded);
  const isRotated = first && mergeRemote(definition, recorded, first, now).status === "rotated";
  const key = isRotated ? await caughtUp(operation, context, recorded, first) : first;
  const previous = previousOf(recorded);
  const hasPrevious =
    previous && (await findRecorded(operation, contextOfPrevious(context, previous), previous)) !== undefined;
  const state = hasPrevious === false ? withoutPrevious(recorded) : recorded;
  // Both have to be gone before the resource is.
  if (!key && hasPrevious) return unlisted(context, state, "revoked");
  // `up` could not make it anew: its expiry is the program's own, and has passed.
  if (!key && hasEnded(requestedSchedule(state), now)) return unlisted(context, state, "expired");
  // It is the only trace of a create whose response was lost, whose key `up` looks for when it replaces this one.
  if (!key && state.unsettledSince !== undefined) return unlisted(context, state, "revoked");
  const looked = await lookAtDeliveries(operation, state);
  // It is the only trace of what a store still holds of it.
  if (
    !key &&
    looked.delivered?.some(
      ({ written, attempted, status }) => (written ?? attempted) !== undefined && status !== "missing",
    )
  ) {
    return unlisted(context, { ...state, delivered: looked.delivered }, "revoked");
  }
  if (!key) return undefined;

  const merged = mergeRemote(definition, state, key, now);
  const drifted = changedInputs(definition, state.fields, merged.fields);
  const confirmed = confirm(context, state, key, merged.fields, drifted);
  const { asAsked, again, rendered } = knownRenderings(definition, state, merged.fields, drifted);
  const same = new Set([...confirmed.names, ...asAsked, ...again]);
  const changed = drifted.filter((name) => !same.has(name));
  const asked = {
    ...stillAsked(state, [...changed, ...asAsked]),
    ...Object.fromEntries(again.map((name) => [name, state.fields[name]])),
    ...confirmed.asked,
    ...madeUpOtherwise(state, merged.fields),
  };
  const seen = withGrantedDue({
    ...state,
    ...merged,
    origin: context.vendor.origin,
    asked: Object.keys(asked).length > 0 ? asked : undefined,
    unconfirmed: confirmed.left,
    delivered: looked.delivered,
    rendered,
  });
  // At the create, nobody knew how long a life the vendor grants.
  const unkept = confirmed.names.includes("expiresAt") ? unkeptSchedule(seen, seen) : undefined;
  const notices = warnings([
    ...confirmed.messages,
    ...(unkept === undefined ? [] : [unkept]),
    ...ended(context, state, seen),
    ...expiring(context, seen, now),
    ...looked.messages,
    ...(seen.status === "active" ? strange(context, unlikePrefix(definition, state, key)) : []),
  ]);
  if (changed.length === 0 && seen.status === state.status) return { state: seen, warnings: notices };
  return { state: seen, warnings: notices, inputs: currentInputs(seen) };
}

/** What the vendor made of an input is no longer its answer to it once somebody has changed it. */
function stillAsked(state: KeyState, drifted: readonly string[]): KeyState["asked"] {
  return pick(state.asked ?? {}, (name) => !drifted.includes(name) || requestedValue(state, name) === null);
}

/** A name that we made up stays what was asked, whatever the key is called now: by it alone a key is known as ours. */
function madeUpOtherwise(state: KeyState, fields: KeyFields): KeyFields {
  const name = madeUpName(state);
  return name === undefined || name === fields.name ? {} : { name };
}

/**
 * What the first look at a key tells of its inputs: how the vendor took them. To compare the program with it at each `up`
 * would renew the key for ever.
 *
 * @param drifted names of the inputs that the vendor tells otherwise than state
 */
function confirm(
  context: KeyContext,
  state: KeyState,
  key: RemoteKey,
  fields: KeyFields,
  drifted: readonly string[],
) {
  const { definition } = context;
  const open = unconfirmedInputs(definition, state);
  const names = drifted.filter((name) => {
    const field = definition.fields[name];
    // What is told as it was asked after all is no rendering.
    const isAsAsked = field !== undefined && sameField(field, requestedValue(state, name), fields[name]);
    return open.includes(name) && !isAsAsked;
  });
  // A lifetime is compared itself, and not the end that it leads to.
  const compared = names.filter((name) => name !== "expiresAt" || state.expiresIn === undefined);
  return {
    names,
    asked: Object.fromEntries(compared.map((name) => [name, requestedValue(state, name) ?? null])),
    left: unconfirmedStill(definition, state, key.fields),
    messages: names.flatMap((name) => renderings(context, state, fields, name)),
  };
}

/** How the vendor took an input, beside what was asked; of what it chose itself there is nothing to say. */
function renderings(context: KeyContext, state: KeyState, fields: KeyFields, name: string): string[] {
  const { label, definition } = context;
  const asked = requestedValue(state, name) ?? undefined;
  const before = state.fields[name];
  if (asked === undefined && before === undefined) return [];
  if (name === "expiresAt") {
    const less = shortened(context, state.expiresIn, asked, fields.expiresAt);
    if (less.length > 0) return less;
  }
  const beside =
    asked === undefined
      ? `where it told ${shown(before)} before`
      : `where the program asks for ${shown(asked)}`;
  return [
    `${definition.title} tells ${name} of the ${label} as ${shown(fields[name])}, ${beside}. ` +
      "It is taken for the vendor's way to say the same, and the key is not renewed for it. If somebody has changed it " +
      "instead, change rotation.triggers.",
  ];
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : printable(JSON.stringify(value));
}

/** A key that stays in state though the vendor no longer lists it. */
function unlisted(context: KeyContext, state: KeyState, status: Status): Reading {
  const seen = { ...state, status };
  const notices = warnings(ended(context, state, seen));
  if (state.status === status) return { state: seen, warnings: notices };
  return { state: seen, warnings: notices, inputs: currentInputs(seen) };
}

/** A key that has stopped working since it was last looked at is news, whether or not `up` will replace it. */
export function ended({ label }: KeyContext, before: KeyState, now: KeyState): string[] {
  if (now.status === before.status || now.status === "active") return [];
  const own = requestedValue(now, "expiresAt") ?? undefined;
  if (now.status === "rotated") {
    return [
      `The value of the ${label} no longer works: the key was rotated at the vendor. The next \`pulumi up\` replaces it.`,
    ];
  }
  const renewed = now.status === "revoked" || now.expiresIn !== undefined || own === undefined;
  const next = renewed
    ? "The next `pulumi up` replaces it."
    : "Give it a later expiresAt, or expiresIn, which renews itself.";
  const how = now.status === "revoked" ? "was revoked" : `expired at ${String(now.fields.expiresAt)}`;
  return [`The ${label} no longer works: it ${how}. ${next}`];
}

/** A key that nothing renews before its end. */
function expiring({ label }: KeyContext, now: KeyState, nowMs: number): string[] {
  if (now.status !== "active" || !expiresUnrenewed(scheduleOf(now), requestedSchedule(now), nowMs)) return [];
  return [expiryWarning(label, String(now.fields.expiresAt))];
}

/** A key of which the vendor tells a prefix for the first time that is none of the value's. */
function strange({ definition, label }: KeyContext, prefix: string | undefined): string[] {
  if (prefix === undefined) return [];
  return [
    `${definition.title} tells the prefix of the ${label} as ${shown(prefix)}, and the value in state is not like it. ` +
      "If the key was rotated at the vendor, that value no longer works: to renew the key, change rotation.triggers. " +
      "If this prefix is no part of a value, give the field another name in the definition.",
  ];
}

/** The inputs that would ask for the key as it is now. */
function currentInputs(state: KeyState): KeyInputs {
  const { service, connection, pathParameters, expiresIn, status } = state;
  const { rotatedAt, anchorAt, extendedAt, dueAt, previousRevokeAt, generation } = state;
  const asked = Object.keys(askedFields(state)).flatMap((name) => {
    const requested = requestedValue(state, name) ?? undefined;
    const isGivenByLifetime = name === "expiresAt" && expiresIn !== undefined;
    if (requested === undefined || isGivenByLifetime) return [];
    return [[name, requested] as const];
  });
  return {
    service,
    connection,
    pathParameters,
    fields: Object.fromEntries(asked),
    ...recordedArgumentsOf(state),
    ...{ rotatedAt, anchorAt, extendedAt, dueAt, previousRevokeAt, generation },
    status: status === "active" ? undefined : status,
  };
}
