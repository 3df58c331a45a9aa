import { ApiKeysError } from "../../provider/base/errors";
import { resourceType } from "../../provider/base/resourceType";
import {
  type OperationContext,
  type Properties,
  read,
  readArguments,
  readInputs,
  readService,
  readState,
} from "../../provider/lifecycle";
import { isDerivedInput } from "../../provider/lifecycle/state/properties";
import { StackKey } from "../stackKeys";
import type { State } from "../state";
import { type Outlook, outlookOf } from "./outlook";
import type { KnownKey, UpAction } from "./upAt";

/** A key of the stack, and what becomes of it. */
export interface KeyStatus {
  readonly key: StackKey;
  /** As it is known now; undefined where it is not. */
  readonly known?: KnownKey;
  /** Undefined where it is not known. */
  readonly outlook?: Outlook;
  /** Why it is not known, in sentences. */
  readonly problem?: string;
}

/**
 * What becomes of a key by the state.
 *
 * @param looks whether the vendor and the stores are asked too, as `pulumi refresh` does
 */
export async function keyStatus(
  operation: OperationContext,
  key: StackKey,
  looks: boolean,
): Promise<KeyStatus> {
  try {
    const recorded = recordedIn(key);
    if (!looks) return { key, known: recorded, outlook: outlookOf(operation, recorded) };
    const reading = await read(operation, recorded.state);
    if (reading === undefined)
      return { key, outlook: { now: [{ does: "create", why: "it is gone at the vendor" }] } };
    const known = { ...recorded, state: reading.state, before: reading.inputs ?? recorded.before };
    return { key, known, outlook: outlookOf(operation, known) };
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    return { key, problem: error.message };
  }
}

/** What an interrupted replacement has left to be done, which stands in the state beside its key. */
export function unfinishedReplacements({ resources }: State): KeyStatus[] {
  return resources.flatMap((resource): KeyStatus[] => {
    const { urn, type, inputs = {}, outputs = {}, delete: isReplaced, pendingReplacement } = resource;
    if (type !== resourceType || (isReplaced !== true && pendingReplacement !== true)) return [];
    const action: UpAction = isReplaced
      ? { does: "revoke-replaced" }
      : { does: "create", why: "it was deleted to be replaced" };
    return [{ key: new StackKey(urn, inputs, outputs), outlook: { now: [action] } }];
  });
}

function recordedIn({ name, inputs, outputs }: StackKey): KnownKey {
  const service = readService(inputs);
  return {
    name,
    state: readState(outputs, service),
    before: readInputs(inputs, service),
    asked: readArguments(service, askedIn(inputs)).inputs,
  };
}

/** What the program gave, without what was added to it. */
function askedIn(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !isDerivedInput(name)));
}
