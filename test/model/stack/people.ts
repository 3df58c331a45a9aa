import type { ModelKey } from "../../support/vendor/modelVendor";
import { owns } from "./owned";
import { placesOf, targetOf } from "./service";
import { mentions, type Stack } from "./stack";
import type { Step } from "./step";

/** Somebody changes the program. */
export function edit(stack: Stack, { key, change }: Extract<Step, { do: "edit" }>): void {
  const { [key]: declared, ...others } = stack.program;
  const changed = Object.entries({ ...declared, ...change }).filter(([, value]) => value !== null);
  stack.program = change ? { ...others, [key]: Object.fromEntries(changed) } : others;
}

/** A colleague makes a key, where there is room for it. */
export function issue({ definition, server }: Stack, { name, place }: Extract<Step, { do: "issue" }>): void {
  const pathParameters = placesOf(definition)[place] ?? {};
  if (definition.kind === "singleton" && server.isOccupied(pathParameters)) return;
  server.issue(pathParameters, { name });
}

/** Somebody writes over what a store holds of a key, or deletes it. */
export function spoil({ stores }: Stack, { key, how }: Extract<Step, { do: "spoil" }>): void {
  const target = targetOf(key);
  if (stores.at(String(target.path)) !== undefined)
    stores.put(target, how === "missing" ? undefined : { token: "theirs" });
}

/** Between two acts, in milliseconds. A vendor's dates, which count seconds, tell a key from a later one of its id. */
export const betweenMs = 1_000;

/** The live key of this place in state, which is counted around; undefined where there is none. */
function liveKeyAt({ server, state }: Pick<Stack, "server" | "state">, place: number): ModelKey | undefined {
  const keys = server.keys.filter(
    (key) => key.live && state.resources.some((resource) => owns(resource, key)),
  );
  return keys[place % keys.length];
}

/** A consumer uses one of the keys in state. */
export function use(stack: Stack, step: Extract<Step, { do: "use" }>): void {
  const key = liveKeyAt(stack, step.key);
  if (key) stack.server.use(key);
}

/** Somebody ends one of the keys in state, or its value, in the vendor's own console. */
export function end(
  { definition, server, state, clock }: Stack,
  step: Extract<Step, { do: "revoke" | "deactivate" | "rotate" | "supplant" }>,
): void {
  const key = liveKeyAt({ server, state }, step.key);
  if (!key) return;
  if (step.do === "rotate") {
    // Only a prefix tells it.
    if (definition.fields.prefix) server.rotateOutOfBand(key);
  } else if (step.do === "deactivate") {
    if (definition.fields.active) key.fields.active = false;
  } else {
    key.live = false;
    if (step.do === "supplant") {
      clock.now += betweenMs;
      server.issue(key.pathParameters, { name: "theirs" });
    }
  }
}

/**
 * The user does what the messages say: revokes what is left over and in no state, and what has the place that only one
 * key can have.
 *
 * @param message of the last command, if it failed
 */
export function tidyUp({ server, ledger, state, reported }: Stack, message = ""): void {
  for (const key of server.keys) {
    const held = state.resources.some((resource) => owns(resource, key));
    const isLeft = ledger.isOurs(key) && reported.has(key.serial) && !held;
    const isInTheWay = message.includes("can have only one") && mentions(message, key.id);
    if (isLeft || isInTheWay) key.live = false;
  }
}
