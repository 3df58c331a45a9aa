import { instantMs } from "../provider/base/time";
import { nearestHint } from "../provider/base/words";
import { previousValuePart, valuePart } from "../provider/delivery/fields";
import type { Stores } from "../provider/delivery/store";
import type { KeyState, Status } from "../provider/lifecycle";
import { readBack } from "../provider/lifecycle/steps/readBack";
import { printable } from "../provider/redaction/printable";
import { protect } from "../provider/redaction/redactor";
import { CommandError } from "./command";
import type { StackKey } from "./stackKeys";

/** A part of a key as a process is given it. */
export interface KeyPart {
  readonly text: string;
  readonly isSecret: boolean;
}

interface Search {
  /** Opened only where the state does not have the text. */
  stores(): Promise<Stores>;
  readonly nowMs: number;
  readonly allowInactive: boolean;
}

/** A value in the state, or what tells that a store has it. */
interface HeldSecret {
  readonly text: string | undefined;
  readonly known: string | undefined;
  readonly delivered: KeyState["delivered"];
}

/** Outputs that are no part of the key, but of what is recorded about it; some hold secrets in their depth. */
const records: ReadonlySet<string> = new Set(["definition", "deliver", "delivered", "asked", "adoptValue"]);

/**
 * A part of a key, from the state or from a store that shows what it holds.
 *
 * @throws {CommandError} when the key has no such part, works no more, or its value is nowhere to be had
 * @throws {ApiKeysError} when the state or the settings of a store cannot be read
 */
export async function partOf(key: StackKey, part: string, search: Search): Promise<KeyPart> {
  const state = key.state();
  const { delivered } = state;
  // The status is that of the current key.
  if (part !== previousValuePart && !search.allowInactive) assertWorks(key, state, search.nowMs);
  if (part === valuePart)
    return secretPart(key, part, { text: state.value, known: state.fingerprint, delivered }, search);
  if (part === previousValuePart && state.previousKeyId !== undefined) {
    const held = { text: state.previousValue, known: state.previousFingerprint, delivered };
    return secretPart(key, part, held, search);
  }
  const text = records.has(part) ? undefined : textOf(key.outputs[part]);
  if (text !== undefined) return { text, isSecret: key.secretNames.has(part) };
  const names = [valuePart, ...Object.keys(key.outputs).filter((name) => !records.has(name))];
  throw new CommandError(
    `The ${key.label} has no ${printable(part)}${nearestHint(part, names)}. It has ${[...new Set(names)].sort().join(", ")}.`,
  );
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

/** What a key that works no more has gone through. */
const ends: Readonly<Record<Exclude<Status, "active">, string>> = {
  revoked: "was revoked",
  expired: "has expired",
  rotated: "was given another value at the vendor",
};

function assertWorks({ label }: StackKey, { status, fields }: KeyState, nowMs: number): void {
  const expiresMs = instantMs(fields.expiresAt);
  // The state tells how the key was found last, and a date may have passed since.
  const now = status === "active" && expiresMs !== undefined && expiresMs <= nowMs ? "expired" : status;
  if (now === "active") return;
  throw new CommandError(
    `The ${label} ${ends[now]}, so its value opens nothing. Run \`pulumi up\` to renew it, or add --allow-inactive.`,
  );
}

async function secretPart(
  { label }: StackKey,
  part: string,
  { text: inState, known, delivered = [] }: HeldSecret,
  search: Search,
): Promise<KeyPart> {
  if (inState !== undefined) return { text: inState, isSecret: true };
  const which = `The ${part} of the ${label}`;
  if (delivered.length === 0)
    throw new CommandError(`${which} is not in the stack's state, and was delivered nowhere.`);
  const found = await readBack(await search.stores(), delivered, part, known);
  if (found.text === undefined) {
    const reasons = found.reasons.length > 0 ? found.reasons.join("; ") : "no store was given it";
    throw new CommandError(`${which} is not in the stack's state, and cannot be read back: ${reasons}.`);
  }
  protect(found.text);
  return { text: found.text, isSecret: true };
}
