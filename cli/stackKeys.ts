import { resourceType } from "../provider/base/resourceType";
import { nearestHint } from "../provider/base/words";
import { secretNamesOf } from "../provider/host/secretNames";
import { type KeyState, type Properties, readState } from "../provider/lifecycle";
import { printable } from "../provider/redaction/printable";
import { protect } from "../provider/redaction/redactor";
import { CommandError } from "./command";
import { logicalName } from "./leftovers";
import type { State } from "./state";

/** A key that a stack has now, with the texts of its secrets. */
export class StackKey {
  constructor(
    readonly urn: string,
    /** What the program asked last. */
    readonly inputs: Properties,
    readonly outputs: Properties,
  ) {}

  /** Logical name of its resource. */
  get name(): string {
    return logicalName(this.urn);
  }

  /** How messages call it. */
  get label(): string {
    return `API key ${JSON.stringify(printable(this.name))}`;
  }

  /** @throws {ApiKeysError} INVALID_INPUT when the state does not tell which key it is */
  state(): KeyState {
    return readState(this.outputs);
  }

  get secretNames(): ReadonlySet<string> {
    return secretNamesOf(this.outputs);
  }
}

/**
 * The keys of a state that was exported with its secrets, in the order of their URNs, without those of resources that are
 * being replaced.
 */
export function stackKeys(state: State): StackKey[] {
  const keys = state.resources.flatMap((resource) => {
    const { urn, type, inputs = {}, outputs = {}, delete: isReplaced, pendingReplacement } = resource;
    if (type !== resourceType || isReplaced === true || pendingReplacement === true) return [];
    const key = new StackKey(urn, withoutProvider(inputs), withoutProvider(outputs));
    for (const name of key.secretNames) protectTexts(key.outputs[name]);
    return [key];
  });
  return keys.sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** The provider's own text, which the engine keeps beside the properties. */
function withoutProvider({ __provider: _, ...rest }: Properties): Properties {
  return rest;
}

function protectTexts(value: unknown): void {
  if (typeof value === "string") protect(value);
  else if (typeof value === "object" && value !== null) Object.values(value).forEach(protectTexts);
}

/**
 * The key that a text names, by its logical name or its URN.
 *
 * @throws {CommandError} when there is none, or several have the name
 */
export function keyNamed(keys: readonly StackKey[], name: string): StackKey {
  const found = keys.filter((key) => key.urn === name || key.name === name);
  const [key, ...others] = found;
  if (key !== undefined && others.length === 0) return key;
  if (key !== undefined) {
    const urns = found.map(({ urn }) => printable(urn)).join(" and ");
    throw new CommandError(
      `Several API keys are called ${JSON.stringify(printable(name))}: name one by its URN, ${urns}.`,
    );
  }
  const names = keys.map((known) => known.name);
  const has =
    names.length === 0
      ? "it has none; run `pulumi up` first"
      : `it has ${names.map((known) => printable(known)).join(", ")}${nearestHint(name, names)}`;
  throw new CommandError(`The stack has no API key ${JSON.stringify(printable(name))}: ${has}.`);
}
