import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../../../provider/lifecycle";
import { instantMs } from "../../../provider/time";
import type { ModelKey } from "../../unit/support/modelVendor";
import { Death } from "../engine/provider";
import type { Resource } from "../engine/stateFile";
import type { Played } from "./play";
import { canaryCredential } from "./service";
import type { Stack } from "./stack";

/** How every value of the model vendor's begins. */
const canaryValue = "canary-value";

/** The promises of DESIGN §1 that a step has broken, each in a sentence. */
export function broken(stack: Stack, played: Played): string[] {
  return [
    ...orphans(stack),
    ...colleaguesKeysRevoked(stack),
    ...lostValues(stack, played),
    ...leaks(stack, played),
    ...outages(stack, played),
    ...dropped(stack, played),
    ...ghosts(stack, played),
  ];
}

/** 1. A live key that our requests made is in state, or `recover` can find it, or the user was told of it. */
function orphans(stack: Stack): string[] {
  const { server, ledger, state, notes, reported } = stack;
  const traces = [...state.pending.map(({ inputs }) => inputs), ...notes.open];
  return server.keys.flatMap((key) => {
    const known =
      !works(stack, key) ||
      !ledger.isOurs(key) ||
      state.resources.some((resource) => holds(resource, key) || looksFor(resource, key)) ||
      traces.some((trace) => bearsNameOf(trace, key)) ||
      reported.has(key.id);
    return known ? [] : [`${key.id} (${key.fields.name}) is an orphan.`];
  });
}

/** 1. Only keys that cannot be someone else's are revoked. */
function colleaguesKeysRevoked({ server, ledger }: Stack): string[] {
  return server.keys
    .filter((key) => !ledger.isOurs(key) && ledger.revokedByUs(key))
    .map((key) => `${key.id}, a colleague's, was revoked.`);
}

/** 2. Every key in state has its value there, and so has every key whose value was received. */
function lostValues({ server, ledger, state }: Stack, { outcome }: Played): string[] {
  const valueless = state.resources.filter(
    ({ outputs }) => outputs.value !== server.key(String(outputs.keyId)).value,
  );
  const died = outcome?.error instanceof Death;
  const received = ledger.deeds.filter(({ did }) => did === "told").map(({ key }) => server.key(key));
  const forgotten = received.filter(
    (key) => key.live && !died && !state.resources.some((resource) => holds(resource, key)),
  );
  return [
    ...valueless.map(({ name }) => `The value of ${name} is not in state.`),
    ...forgotten.map(({ id }) => `The value of ${id} was received and is not in state.`),
  ];
}

/** 3. A value is in `value` and nowhere else, and a credential is nowhere. */
function leaks({ state, notes, messages }: Stack, { outcome }: Played): string[] {
  const steps = JSON.stringify(outcome?.steps ?? []);
  const resources = state.resources.map(({ outputs: { value: _, ...outputs }, ...resource }) => ({
    ...resource,
    outputs,
  }));
  const places = { resources, pending: state.pending, notes: notes.open, messages, steps };
  return Object.entries(places).flatMap(([place, content]) =>
    [canaryValue, canaryCredential]
      .filter((canary) => JSON.stringify(content).includes(canary))
      .map((canary) => `There is a ${canary} in ${place}.`),
  );
}

/** 4. A key that is declared is revoked once its successor is there; where only one can be, at least by `up` alone. */
function outages({ definition, ledger, program }: Stack, { step, before, after }: Played): string[] {
  if (step.do === "destroy") return [];
  return before.resources.flatMap(({ name, outputs, ...old }) => {
    const revoked = ledger.deeds.findIndex(({ did, key }) => did === "revoked" && key === outputs.keyId);
    if (revoked < 0 || old.delete) return [];
    if (step.do === "up" && (definition.kind === "singleton" || !(name in program))) return [];
    const successor = after.resources.find((resource) => resource.name === name && !resource.delete);
    const made = ledger.deeds.findIndex(({ did, key }) => did === "made" && key === successor?.outputs.keyId);
    return made >= 0 && made < revoked ? [] : [`${outputs.keyId} was revoked before it had a successor.`];
  });
}

/** 5. A key leaves the state only when it is gone at the vendor, or when a delete finds it deactivated. */
function dropped({ server }: Stack, { step, before, after }: Played): string[] {
  return before.resources
    .map(({ outputs }) => server.key(String(outputs.keyId)))
    .filter((key) => key.live && (step.do === "refresh" || key.fields.active !== false))
    .filter((key) => !after.resources.some((resource) => holds(resource, key)))
    .map(({ id }) => `${id} left the state, and is still there.`);
}

/** 5. What `refresh` leaves in state is there, but for what is the only trace of a create whose answer was lost. */
function ghosts({ server, state }: Stack, { step, outcome }: Played): string[] {
  if (step.do !== "refresh" || outcome?.ending !== "succeeded") return [];
  return state.resources
    .filter(({ outputs, pendingReplacement }) => !pendingReplacement && outputs.unsettledSince === undefined)
    .filter(({ outputs }) => !server.key(String(outputs.keyId)).live)
    .map(({ name }) => `${name} is in state after a refresh, and its key is gone.`);
}

/** Whether the key opens anything now. */
export function works({ clock }: Stack, { live, fields }: ModelKey): boolean {
  const expiresMs = instantMs(fields.expiresAt);
  return live && fields.active !== false && (expiresMs === undefined || expiresMs > clock.now);
}

export function holds({ outputs }: Resource, { id }: ModelKey): boolean {
  return outputs.keyId === id;
}

/** Whether the next operation on a resource looks for a key of a create whose answer was lost. */
function looksFor({ outputs }: Resource, key: ModelKey): boolean {
  return outputs.unsettledSince !== undefined && bearsNameOf(outputs, key);
}

function bearsNameOf(trace: Properties, { fields, parents }: ModelKey): boolean {
  const place = Object.fromEntries(Object.keys(parents).map((name) => [name, trace[name]]));
  return trace.name === fields.name && isDeepStrictEqual(place, parents);
}
