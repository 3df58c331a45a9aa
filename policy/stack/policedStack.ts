import { spellings } from "../../provider/redaction/encodings";
import type { PolicedKey } from "../resources/policedKey";

/** A text in the outputs of a stack. */
export interface OutputText {
  /** Name of the output. */
  readonly output: string;
  readonly text: string;
  readonly isSecret: boolean;
}

/** The end of an operation, as rules judge it. */
export interface PolicedStack {
  readonly outputs: readonly OutputText[];
  /** Each key, with the values of it that are known. */
  readonly keys: readonly (readonly [key: PolicedKey, values: readonly string[]])[];
}

/** In characters; fewer may stand in another text by chance. */
const fewestWithin = 8;

/** Whether a text is the value, or has it somewhere in it, however it is encoded. */
export function holds({ text }: OutputText, value: string): boolean {
  if (text === value || value.length < fewestWithin) return text === value;
  return spellings(value, value.length).some(({ whole }) => text.includes(whole));
}
