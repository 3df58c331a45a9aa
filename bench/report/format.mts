/** Seconds, with the digits that mean something. */
export function secondsOf(ms: number): string {
  const seconds = ms / 1000;
  return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
}

export function bytesOf(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 100_000_000 ? 1 : 0)} MB`;
}

/** A table in no format yet. Its rows are as long as its header. */
export interface Table {
  readonly title: string;
  /** Number of columns that name the row. @default 1 */
  readonly labels?: number;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences on what is missing. */
  readonly notes: readonly string[];
}

export function markdownTable({ header, rows, labels = 1 }: Omit<Table, "title" | "notes">): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const marks = header.map((_, index) => (index < labels ? "---" : "---:"));
  return [line(header), line(marks), ...rows.map(line)].join("\n");
}

/** The same for a terminal: columns as wide as what is in them. */
export function plainTable({ header, rows, labels = 1 }: Omit<Table, "title" | "notes">): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const shown = all.map((row) =>
    row
      .map((cell, column) =>
        column < labels ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return shown.join("\n");
}
