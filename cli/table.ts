import { printable } from "../provider/redaction/printable";

/** Between two columns. */
const gap = "  ";

/**
 * Rows under headings. Each column is as wide as its widest cell, and each line ends with a line break.
 *
 * @param rows cells in the order of the headings. Control characters in them are made visible.
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((cells) => cells.map((cell) => printable(cell)));
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(gap))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}
