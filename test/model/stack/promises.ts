import { isDeepStrictEqual } from "node:util";
import { durationMs, instantMs } from "../../../provider/base/time";
import type { RotationArgs } from "../../../provider/rotation";
import type { Properties } from "../../support/lifecycle/lifecycle";
import { Death } from "../../support/modelledEngine/provider";
import type { Resource, State } from "../../support/modelledEngine/stateFile";
import type { ModelKey } from "../../support/vendor/modelVendor";
import { currentKey, isKey, ownedKeys, owns, previousKey, withoutValues } from "./owned";
import type { Played } from "./play";
import { canaryCredential, isMadeUp, targetOf } from "./service";
import type { Stack } from "./stack";

/** How every value of the model vendor's begins. */
const canaryValue = "canary-value";

/** The promises of DESIGN §1 that a step has broken, each in a sentence. */
export function broken(stack: Stack, played: Played): string[] {
  return [
    ...orphans(stack),
    ...colleaguesKeysTouched(stack),
    ...secondKeys(stack),
    ...lostValues(stack, played),
    ...leaks(stack, played),
    ...outages(stack, played),
    ...cutOverlaps(stack, played),
    ...dropped(stack, played),
    ...ghosts(stack, played),
    ...deadDeliveries(stack, played),
    ...usedKeysRevoked(stack, played),
  ];
}

/** 1. A live key that our requests made is in state, or `recover` can find it, or the user was told of it. */
function orphans(stack: Stack): string[] {
  const { server, ledger, state, notes, reported } = stack;
  const called = (trace: Properties): Properties => ({ ...trace, ...server.accept({ name: trace.name }) });
  const traces = [...state.pending.map(({ inputs }) => inputs), ...notes.open].map(called);
  return server.keys.flatMap((key) => {
    const known =
      !server.opens(key) ||
      !ledger.isOurs(key) ||
      state.resources.some((resource) => owns(resource, key) || looksFor(resource, key, called)) ||
      traces.some((trace) => mayMean(trace, key)) ||
      reported.has(key.serial);
    return known ? [] : [`${key.id} (${key.fields.name}) is an orphan.`];
  });
}

/** 1. Only keys that cannot be someone else's are revoked or changed. */
function colleaguesKeysTouched({ server, ledger }: Stack): string[] {
  const revoked = server.keys.filter((key) => !ledger.isOurs(key) && ledger.revokedByUs(key));
  const changed = ledger.deeds.filter(({ did, key }) => did === "changed" && !ledger.isOurs(key));
  return [
    ...revoked.map(({ id }) => `${id}, a colleague's, was revoked.`),
    ...changed.map(({ key }) => `${key.id}, a colleague's, was changed.`),
  ];
}

/** 1. No second key is made because a list that was cut does not show the first, whose response was lost. */
function secondKeys({ ledger }: Stack): string[] {
  const { deeds } = ledger;
  return deeds.flatMap(({ did, key, isBlind }, at) => {
    if (did !== "made" || !isBlind || !isMadeUp(key.fields.name)) return [];
    const before = deeds.slice(0, at);
    const settled = new Set(before.flatMap((deed) => (deed.did === "made" ? [] : [deed.key])));
    const first = before.find(
      (deed) => deed.did === "made" && deed.key.fields.name === key.fields.name && !settled.has(deed.key),
    );
    return first ? [`${key.id} was made because a list that was cut did not show ${first.key.id}.`] : [];
  });
}

/** 2. Every key in state has its value there, and so has every key whose value was received. */
function lostValues({ server, ledger, state }: Stack, played: Played): string[] {
  const valueless = state.resources.filter((resource) =>
    ownedKeys(resource).some((owned) => !server.keys.some((key) => isKey(owned, key))),
  );
  const received = ledger.deeds.filter(({ did }) => did === "told").map(({ key }) => key);
  const forgotten = received.filter(
    (key) => key.live && !hasDied(played) && !state.resources.some((resource) => owns(resource, key)),
  );
  return [
    ...valueless.map(({ name }) => `A value of ${name} is not in state.`),
    ...forgotten.map(({ id }) => `The value of ${id} was received and is not in state.`),
  ];
}

/** 3. Values are in `value` and `previousValue` and nowhere else, and a credential is nowhere. */
function leaks({ state, notes, messages }: Stack, { outcome }: Played): string[] {
  const steps = JSON.stringify(outcome?.steps ?? []);
  const resources = state.resources.map(({ outputs, ...resource }) => ({
    ...resource,
    outputs: withoutValues(outputs),
  }));
  const places = { resources, pending: state.pending, notes: notes.open, messages, steps };
  return Object.entries(places).flatMap(([place, content]) =>
    [canaryValue, canaryCredential]
      .filter((canary) => JSON.stringify(content).includes(canary))
      .map((canary) => `There is a ${canary} in ${place}.`),
  );
}

/** 4. A key that works and is declared is revoked once its successor is there; of a singleton, at least by `up` alone. */
function outages({ definition, ledger, program }: Stack, played: Played): string[] {
  const { step, before, after } = played;
  if (step.do === "destroy") return [];
  return before.resources.flatMap(({ name, outputs, ...old }) => {
    const revoked = ledger.deeds.findIndex(
      ({ key, wasOfUse }) => wasOfUse && isKey(currentKey(outputs), key),
    );
    if (revoked < 0 || old.delete) return [];
    if (step.do === "up" && (definition.kind === "singleton" || !(name in program))) return [];
    const successor = current(after, name);
    const made = ledger.deeds.findIndex(
      ({ did, key }) =>
        did === "made" && (hasDied(played) || (successor && isKey(currentKey(successor.outputs), key))),
    );
    return made >= 0 && made < revoked ? [] : [`${outputs.keyId} was revoked before it had a successor.`];
  });
}

/** 4. The previous key stays valid until its time, unless its key is renewed again or the program wants it gone. */
function cutOverlaps({ ledger, program, clock }: Stack, { step, before, after, outcome }: Played): string[] {
  if (step.do === "destroy") return [];
  return before.resources.flatMap(({ name, outputs, ...old }) => {
    const { previousKeyId, previousRevokeAt } = outputs;
    const revoked = ledger.deeds.some(
      ({ did, key }) => did === "revoked" && isKey(previousKey(outputs), key),
    );
    if (!revoked || old.delete || (instantMs(previousRevokeAt) ?? 0) <= clock.now) return [];
    const rotation = program[name]?.rotation as RotationArgs | undefined;
    const now = currentKey(current(after, name)?.outputs ?? {});
    const renewed = !isDeepStrictEqual(now, currentKey(outputs)) || outcome?.ending !== "succeeded";
    if (step.do === "up" && (!(name in program) || renewed || rotation?.revokeNow)) return [];
    return [`${previousKeyId} was revoked before its time.`];
  });
}

/**
 * 5. A key leaves the state only when it is gone at the vendor, when a delete finds it deactivated, or when the user was
 * told that it may be another's and was left.
 */
function dropped({ server, reported }: Stack, { step, before, after }: Played): string[] {
  return server.keys
    .filter(({ serial }) => step.do === "refresh" || !reported.has(serial))
    .filter((key) => before.resources.some((resource) => owns(resource, key)))
    .filter((key) => key.live && (step.do === "refresh" || key.fields.active !== false))
    .filter((key) => !after.resources.some((resource) => owns(resource, key)))
    .map(({ id }) => `${id} left the state, and is still there.`);
}

/** 5. Of what `refresh` leaves in state something is there, or it is the only trace of a lost create or of a delivery. */
function ghosts({ server, state }: Stack, { step, outcome }: Played): string[] {
  if (step.do !== "refresh" || outcome?.ending !== "succeeded") return [];
  return state.resources
    .filter(({ outputs, pendingReplacement }) => !pendingReplacement && outputs.unsettledSince === undefined)
    .filter(({ outputs }) => outputs.delivered === undefined)
    .filter((resource) => !server.keys.some((key) => key.live && owns(resource, key)))
    .map(({ name }) => `${name} is in state after a refresh, and its key is gone.`);
}

/** 4. A key that we revoke is in no store any more, while its resource goes on and its process has lived to the end. */
function deadDeliveries({ stores, ledger, program, definition }: Stack, played: Played): string[] {
  const { step, after } = played;
  if (step.do !== "up" || hasDied(played) || definition.kind === "singleton") return [];
  const revoked = ledger.deeds
    .filter(({ did, wasOfUse }) => did === "revoked" && wasOfUse)
    .map(({ key }) => key);
  return after.resources.flatMap(({ name }) => {
    const held = name in program ? stores.at(String(targetOf(name).path))?.token : undefined;
    const dead = revoked.find(({ value }) => value === held);
    return dead ? [`${dead.id} was revoked, and the store of ${name} still holds it.`] : [];
  });
}

/** 6. A delete revokes no key that was used within the time for which its state asks that it be idle. */
function usedKeysRevoked({ ledger, program, clock }: Stack, { step, before }: Played): string[] {
  return before.resources.flatMap((resource) => {
    const { outputs, name } = resource;
    const idleMs = durationMs(outputs.revokeWhenIdleFor);
    const isDeleted = step.do === "destroy" || resource.delete || !(name in program);
    if (idleMs === undefined || !isDeleted) return [];
    return ledger.deeds
      .filter(({ did, key, wasOfUse }) => did === "revoked" && wasOfUse && owns(resource, key))
      .filter(({ key }) => clock.now - (instantMs(key.fields.lastUsedAt) ?? 0) < idleMs)
      .map(({ key }) => `${key.id} was revoked while it was used.`);
  });
}

/** Whether a process was killed, so that the state need not tell of all that was done. */
function hasDied({ outcome }: Played): boolean {
  return outcome?.error instanceof Death;
}

/** The resource that the program means: not one that was replaced and is still to be deleted. */
function current({ resources }: State, name: string): Resource | undefined {
  return resources.find((resource) => resource.name === name && !resource.delete);
}

/** Whether the next operation on a resource looks for a key of a create whose answer was lost. */
function looksFor({ outputs }: Resource, key: ModelKey, called: (trace: Properties) => Properties): boolean {
  return outputs.unsettledSince !== undefined && mayMean(called(outputs), key);
}

/** Whether whoever looks for the key of a trace looks at this one: at its place, by its name, or by its age where it has none. */
function mayMean(trace: Properties, { fields, pathParameters }: ModelKey): boolean {
  const place = Object.fromEntries(Object.keys(pathParameters).map((name) => [name, trace[name]]));
  const sinceMs = instantMs(trace.unsettledSince ?? trace.rotatedAt) ?? 0;
  const isLater = (instantMs(fields.createdAt) ?? 0) >= sinceMs;
  return (
    trace.name === fields.name &&
    (fields.name !== undefined || isLater) &&
    isDeepStrictEqual(place, pathParameters)
  );
}
