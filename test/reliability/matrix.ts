import cells from "./matrix.json";

/** One fault at one step, and what becomes of it. The tests are named by these cells, and docs/reliability.md is made of them. */
export interface Cell {
  /** What goes wrong. */
  readonly fault: string;
  /** What the user is shown, `…` for what varies; empty where there is nothing to be seen. */
  readonly sees: string;
  /** What is then at the vendor and in state. */
  readonly left: string;
  /** What the user does. */
  readonly next: string;
}

export const matrix = cells satisfies Record<string, Cell>;

export type CellId = keyof typeof matrix;

/** What a test of a cell is called. */
export function title(id: CellId): string {
  return `[${id}] ${matrix[id].fault}`;
}

/** What has to be seen in a cell; matches nothing but an empty text where there is nothing to be seen. */
export function sees(id: CellId): RegExp {
  const text: string = matrix[id].sees;
  if (text === "") return /^$/;
  const alternatives = text.split("|").map((part) =>
    part
      .split("…")
      .map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
      .join(".+"),
  );
  return new RegExp(alternatives.join("|"), "s");
}
