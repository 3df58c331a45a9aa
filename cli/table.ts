import { printable } from "../provider/redaction/printable";

/** Between two columns. */
const gap = "  ";

/**
 * Rows under headings, each column as wide as its widest cell, and a line break at the end of each line.
 *
 * @param rows cells in the order of the headings; they may hold text from outside
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((cells) => cells.map((cell) => printable(cell)));
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(gap))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}
