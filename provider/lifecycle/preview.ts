import { unknownValue } from "../base/unknown";
import { inputFields } from "../definition/inputFields";
import { omit } from "../json/members";
import type { OperationContext } from "./context";
import { owesDelivery } from "./plan/deliveries";
import { planSteps } from "./plan/steps";
import type { KeyInputs, KeyState } from "./state/key";
import { askedFields, withoutPrevious } from "./state/keyState";
import { type Properties, writeInputs, writeState } from "./state/properties";

/** Fields of a key that no update of it changes. */
const lasting: ReadonlySet<string> = new Set(["id", "prefix", "createdAt"]);

/**
 * What an update will leave in state, as far as it can be known before it is done. What will not change is told, so that
 * what uses it is planned as it will be. Sends nothing.
 *
 * @param state what was done
 * @param inputs what is asked
 */
export function preview(operation: OperationContext, state: KeyState, inputs: KeyInputs): Properties {
  const steps = planSteps(operation, state, inputs);
  const asked = omit(writeInputs(inputs), "adoptValue", "status");
  const before = writeState(steps.previousRevocation === undefined ? state : withoutPrevious(state));
  const dropped = Object.keys(askedFields(state)).filter((name) => asked[name] === undefined);
  const kept = omit(before, ...droppedArguments(before, asked));
  const delivered = owesDelivery(steps.deliveries) ? { delivered: unknownValue } : {};
  if (steps.by === undefined) {
    const adopted =
      state.valueAvailable === false && inputs.adoptValue !== undefined
        ? { value: unknownValue, fingerprint: unknownValue, valueAvailable: true }
        : {};
    const changed = steps.updates.length === 0 ? {} : unknown(told(inputs));
    // What the vendor made of an argument that is not asked otherwise stays as it is.
    const same = Object.fromEntries(
      Object.keys(askedFields(inputs)).flatMap((name) =>
        steps.updates.includes(name) || before[name] === undefined ? [] : [[name, before[name]]],
      ),
    );
    const gone = unknown(dropped.filter((name) => steps.updates.includes(name)));
    return { ...kept, ...changed, ...asked, ...same, ...gone, ...adopted, ...delivered };
  }
  return {
    ...unknown([...Object.keys(before), ...told(inputs), ...dropped]),
    ...(before.origin !== undefined && { origin: before.origin }),
    ...asked,
  };
}

/** Arguments of every key that the program no longer gives. */
function droppedArguments(before: Properties, asked: Properties): string[] {
  return ["rotation", "expiresIn", "deliver", "valueInState", "onLostDelivery", "encryptTo", "adopt"].filter(
    (name) => before[name] !== undefined && asked[name] === undefined,
  );
}

/** Fields that the vendor tells of itself, and may tell otherwise after an update. */
function told({ service: { definition } }: KeyInputs): string[] {
  const inputs = new Set(inputFields(definition));
  return Object.entries(definition.fields).flatMap(([name, { volatile }]) =>
    inputs.has(name) || lasting.has(name) || volatile === true || name === "value" || name === "active"
      ? []
      : [name],
  );
}

function unknown(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, unknownValue]));
}
