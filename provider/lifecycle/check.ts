import { ApiKeysError } from "../base/errors";
import { instantMs } from "../base/time";
import type { OperationContext } from "./context";
import { type Notice, warnings } from "./notice";
import { deliveryContradictions } from "./plan/deliveryProblems";
import { expiryProblems } from "./plan/lifetime";
import { plannedInputs } from "./plan/plannedInputs";
import { scheduleProblems } from "./plan/scheduleProblems";
import { scheduleWarnings } from "./plan/scheduleWarnings";
import { asSentence } from "./sentence";
import type { KeyInputs } from "./state/key";
import { looksMadeUp } from "./state/madeUpName";

/** Inputs as they will be kept, and every reason why they cannot be, in sentences. */
export interface Checked {
  readonly inputs: KeyInputs;
  readonly failures: readonly string[];
  readonly warnings: readonly Notice[];
}

/**
 * Judges what a program asks, and gives the key a name and its dates. What is not known yet is left alone.
 *
 * @param logicalName the resource's
 * @param before inputs of the last successful update; undefined for a new key and for a replacement
 * @param asked arguments that are right each by itself
 */
export function check(
  operation: OperationContext,
  logicalName: string,
  before: KeyInputs | undefined,
  asked: KeyInputs,
): Checked {
  operation.memory.noteService(asked.service);
  const expiry = elapsedExpiry(before, asked, operation.now());
  const failures = [
    ...contradictions(
      before !== undefined || operation.memory.replacedDeliveries(asked) !== undefined,
      asked,
    ),
    ...expiryProblems(before, asked, operation.now()),
    ...scheduleProblems(asked),
    ...connectionProblems(operation, asked),
    ...deliveryContradictions(asked),
    ...(expiry?.isNew ? [expiry.message] : []),
  ];
  const named = withName(operation, before, asked, logicalName);
  const inputs = plannedInputs(operation, logicalName, before, named);
  operation.memory.noteComparison(logicalName, before, inputs);
  const messages = [
    ...(expiry && !expiry.isNew ? [expiry.message] : []),
    ...scheduleWarnings(operation, before, named),
  ];
  return {
    inputs,
    failures: failures.map((failure) => asSentence(asked.service.name, failure)),
    // An engine shows failures beside their resource, and may show warnings beside the stack.
    warnings: warnings(messages.map((message) => asSentence(asked.service.name, message, logicalName))),
  };
}

/** What is not known yet may turn out to be absent, so it contradicts nothing. */
function contradictions(
  hasKey: boolean,
  { service, fields, expiresIn, adopt, adoptValue }: KeyInputs,
): string[] {
  const { title, fields: declared } = service.definition;
  const failures: string[] = [];
  const isFixed = typeof fields.expiresAt === "string";
  const isLifetime = typeof expiresIn === "string";
  if (isFixed && isLifetime) {
    failures.push(
      "expiresAt and expiresIn exclude each other: give a moment, or a lifetime that begins with each new key",
    );
  }
  if (isLifetime && declared.expiresAt?.input === undefined) {
    failures.push(
      `expiresIn cannot be kept: ${title} keys do not expire; use rotation.every to renew the key in time`,
    );
  }
  const lifetimes = declared.expiresAt?.lifetimes;
  if (isFixed && lifetimes) {
    failures.push(
      `expiresAt cannot be kept: ${title} has only the lifetimes ${[...lifetimes.keys()].join(", ")}; use expiresIn`,
    );
  }
  // A key that was imported, or adopted earlier, may be given its value.
  if (typeof adoptValue === "string" && adopt === undefined && !hasKey) {
    failures.push("adoptValue is the value of the key that adopt names, so adopt is missing");
  }
  return failures;
}

function connectionProblems(operation: OperationContext, { service, connection }: KeyInputs): string[] {
  const { definition } = service;
  if (typeof connection !== "string") return [];
  try {
    operation.vendor(definition, operation.connections.resolve(connection, definition));
    return [];
  } catch (error) {
    if (error instanceof ApiKeysError) return [error.message];
    throw error;
  }
}

/** A fixed expiry that has passed: a mistake where it is new, a matter of course in a program that did not change. */
function elapsedExpiry(before: KeyInputs | undefined, { service, fields }: KeyInputs, nowMs: number) {
  const expiresMs = instantMs(fields.expiresAt);
  if (service.definition.fields.expiresAt === undefined || expiresMs === undefined || expiresMs > nowMs)
    return undefined;
  const isNew = instantMs(before?.fields.expiresAt) !== expiresMs;
  const message = isNew
    ? "expiresAt lies in the past, so the key would never work; give a later moment, or expiresIn for one that renews itself"
    : "expiresAt has passed, so the key no longer works; give a later moment, or expiresIn for one that renews itself";
  return { isNew, message };
}

/** A key is called as its resource, with a suffix that lets a successor stand beside it; the name then stays. */
function withName(
  operation: OperationContext,
  before: KeyInputs | undefined,
  asked: KeyInputs,
  logicalName: string,
): KeyInputs {
  const field = asked.service.definition.fields.name;
  if (field?.input === undefined || asked.fields.name !== undefined) return asked;
  const earlier = before?.fields.name;
  if (typeof earlier === "string") {
    const autonamed = before?.autonamed === true && looksMadeUp(earlier) ? true : asked.autonamed;
    return { ...asked, fields: { ...asked.fields, name: earlier }, autonamed };
  }
  const suffix = `-${operation.suffix()}`;
  const stem = logicalName.slice(0, (field.maxLength ?? logicalName.length + suffix.length) - suffix.length);
  return { ...asked, fields: { ...asked.fields, name: `${stem}${suffix}` }, autonamed: true };
}
