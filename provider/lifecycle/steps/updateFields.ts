import { isDeepStrictEqual } from "node:util";
import { omit } from "../../json/members";
import type { KeyContext, OperationContext } from "../context";
import { fieldOf } from "../plan/capabilities";
import { extension } from "../plan/renewal";
import type { KeyFields, KeyInputs, KeyState } from "../state/key";
import { knownOf } from "../state/keyState";
import { mergeRemote } from "../state/mergeRemote";
import { changedInputs, divergentInputs, refusals } from "../state/requestedValue";
import { unconfirmedAfter } from "../state/unconfirmed";

/** A key that was changed in place, and what the user should know of it. */
interface UpdatedFields {
  readonly state: KeyState;
  readonly messages: readonly string[];
}

/**
 * Has the vendor change a key in place. A lifetime then counts from now.
 *
 * @param names the arguments that changed, all of which the vendor can change
 * @throws {ApiKeysError} when it is not known to have been changed; asking again does no harm
 */
export async function updateFields(
  operation: OperationContext,
  context: KeyContext,
  state: KeyState,
  inputs: KeyInputs,
  names: readonly string[],
): Promise<UpdatedFields> {
  const { definition, vendor, pathParameters, label } = context;
  const fields = names.map(fieldOf);
  const key = names.includes("expiresIn") ? extended(context, state, inputs, operation.now()) : state;
  const told = await vendor.update?.(
    pathParameters,
    knownOf(state),
    sent(context, key, inputs, names),
    fields,
  );
  const known: KeyState = {
    ...key,
    fields: { ...key.fields, ...changedTo(fields, key, inputs) },
    asked: undefined,
    expiresIn: inputs.expiresIn,
  };
  const taken = omit(state.asked ?? {}, ...fields);
  const current: KeyState = told
    ? { ...known, ...mergeRemote(definition, known, told, operation.now(), taken), keyId: told.id }
    : known;
  const divergent = divergentInputs(definition, inputs, current.fields);
  const refused = fields.filter((name) => isRefused(name, divergent, state.fields, current.fields));
  const made = refusals(refused, inputs.fields, current.fields, state.fields);
  const remedy = remedyOfOmission(definition, refused, inputs.fields);
  return {
    state: {
      ...current,
      asked: divergent,
      refused: refusedAfter(state, fields, refused),
      rendered: state.rendered && omit(state.rendered, ...fields),
      unconfirmed: unconfirmedAfter(definition, state, [
        ...fields,
        ...changedInputs(definition, state.fields, current.fields),
      ]),
    },
    messages:
      made === undefined ? [] : [`The ${label} was updated, but ${definition.title} ${made}.${remedy}`],
  };
}

/** What stays refused after a request that was to change these fields. */
function refusedAfter(
  { refused: before = [] }: KeyState,
  sent: readonly string[],
  refused: readonly string[],
): KeyState["refused"] {
  const left = [...before.filter((name) => !sent.includes(name)), ...refused];
  return left.length > 0 ? left : undefined;
}

/**
 * What the definition's author can do where a field stayed that the program no longer sets. A request with the whole key
 * leaves it out, which says nothing to a vendor that changes only what it is sent.
 */
function remedyOfOmission(
  { operations }: KeyContext["definition"],
  refused: readonly string[],
  asked: KeyFields,
): string {
  const omitted = refused.filter(
    (name) =>
      asked[name] === undefined &&
      operations.update.some(({ sends, fields }) => sends === "all" && fields.includes(name)),
  );
  if (omitted.length === 0) return "";
  const names = omitted.join(", ");
  return (
    ` The request left out ${names}. If this vendor keeps what a request leaves out, give the definition's update ` +
    'sends: "changed", which then sends null.'
  );
}

/** The key once its lifetime counts from now. */
function extended({ definition }: KeyContext, state: KeyState, inputs: KeyInputs, nowMs: number): KeyState {
  const { extendedAt, expiresAt } = extension(definition, inputs.expiresIn, nowMs);
  return expiresAt === undefined ? state : { ...state, extendedAt, fields: { ...state.fields, expiresAt } };
}

/** What the request is made of: of an expiry that does not change, the moment and not the lifetime that led to it. */
function sent(
  { definition }: KeyContext,
  key: KeyState,
  { fields, expiresIn }: KeyInputs,
  names: readonly string[],
): KeyFields {
  const isLifetime = names.includes("expiresIn") || definition.fields.expiresAt?.lifetimes !== undefined;
  return {
    ...fields,
    name: definition.uniqueNames === "suffix" && !names.includes("name") ? key.fields.name : fields.name,
    expiresAt: names.includes("expiresAt") ? fields.expiresAt : key.fields.expiresAt,
    ...(isLifetime && { expiresIn }),
  };
}

function changedTo(names: readonly string[], key: KeyState, { fields, expiresIn }: KeyInputs): KeyFields {
  return Object.fromEntries(
    names.map((name) => [
      name,
      name === "expiresAt" && expiresIn !== undefined ? key.fields.expiresAt : fields[name],
    ]),
  );
}

/** What the vendor chose in the place of something that is no longer asked for is its own business. */
function isRefused(
  name: string,
  divergent: Readonly<Record<string, unknown>> | undefined,
  before: KeyFields,
  now: KeyFields,
): boolean {
  if (divergent === undefined || !Object.hasOwn(divergent, name)) return false;
  return divergent[name] !== null || isDeepStrictEqual(now[name], before[name]);
}
