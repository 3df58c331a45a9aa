import { valuePart } from "../provider/delivery/fields";
import { UsageError } from "./command";
import { keyNamed, type StackKey } from "./stackKeys";

/** What one variable of a child process is to hold. */
export interface Grant {
  readonly variable: string;
  readonly key: string;
}

/** The part of a key. */
export interface ChosenPart {
  readonly key: StackKey;
  readonly part: string;
}

/**
 * The texts of `--env`, read.
 *
 * @throws {UsageError} when one is malformed or there is none
 */
export function readGrants(texts: readonly string[]): Grant[] {
  if (texts.length === 0) {
    throw new UsageError("--env is missing: say which variable gets which key, such as --env API_KEY=ci.");
  }
  const grants = texts.map(readGrant);
  const variables = grants.map(({ variable }) => variable);
  const twice = variables.find((variable, index) => variables.indexOf(variable) !== index);
  if (twice !== undefined) throw new UsageError(`--env gives ${twice} twice.`);
  return grants;
}

function readGrant(text: string): Grant {
  const [, variable, key] = /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/s.exec(text) ?? [];
  if (variable !== undefined && key !== undefined) return { variable, key };
  // What stands there may be a value, by mistake.
  throw new UsageError(
    "--env has to be <NAME>=<key> or <NAME>=<key>:<part>, with a name of letters, digits and _.",
  );
}

/**
 * The key and the part that a grant names. A logical name may have a colon itself, so it is tried as a whole first.
 *
 * @throws {CommandError} when there is no such key, or several have the name
 */
export function chosenPart({ key: text }: Grant, keys: readonly StackKey[]): ChosenPart {
  const isWhole = keys.some(({ urn, name }) => urn === text || name === text);
  const colon = text.lastIndexOf(":");
  // The colons of a URN come in pairs, and part nothing from it.
  if (isWhole || colon <= 0 || text[colon - 1] === ":") return { key: keyNamed(keys, text), part: valuePart };
  return { key: keyNamed(keys, text.slice(0, colon)), part: text.slice(colon + 1) || valuePart };
}
