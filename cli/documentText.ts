import { DraftError } from "../draft";
import { oneLine } from "../draft/text";
import { CommandError } from "./command";

/** In characters: a line that quotes a document is cut there. */
const longestLine = 600;

/**
 * What a reader makes of a document.
 *
 * @throws {CommandError} when the document cannot be read, or has not what is looked for
 */
export function readFrom<Made>(read: () => Made): Made {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DraftError)) throw error;
    throw new CommandError(plainLines(error.message));
  }
}

/** Lines that no terminal obeys, for they may quote the document. */
function plainLines(message: string): string {
  return message
    .split("\n")
    .map((line) => line.match(/^ */)?.[0] + plainLine(line))
    .join("\n");
}

/** One line that no terminal obeys: what a document has as the end of a line is none. */
export function plainLine(text: string): string {
  return oneLine(text, longestLine);
}
