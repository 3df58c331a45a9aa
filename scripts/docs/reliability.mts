import type { Cell } from "../../test/reliability/matrix.ts";

/** The heading for the first part of a cell's name. */
const groups: Readonly<Record<string, string>> = {
  auth: "Credentials",
  load: "A vendor that is busy or unreachable",
  create: "Creating a key",
  refresh: "Reading a key (`refresh`)",
  rotate: "Renewing a key (`rotation`)",
  deliver: "Delivering a key to stores (`deliver`)",
  delete: "Revoking a key (`destroy`, the end of a replacement)",
  killed: "The CLI is killed",
  crashed: "The provider process is killed",
  backend: "The state's backend",
  hostile: "A hostile or broken vendor",
};

/** The matrix, with a table for each group. */
export function matrixTables(matrix: Readonly<Record<string, Cell>>): string {
  const names = [...new Set(Object.keys(matrix).map(groupOf))];
  return names.map((name) => section(name, matrix)).join("\n\n");
}

function section(name: string, matrix: Readonly<Record<string, Cell>>): string {
  const heading = groups[name];
  if (heading === undefined) throw new Error(`The group "${name}" of the fault matrix has no heading.`);
  const rows = Object.entries(matrix)
    .filter(([id]) => groupOf(id) === name)
    .map(
      ([id, { fault, sees, left, next }]) => `| \`${id}\` | ${fault} | ${shown(sees)} | ${left} | ${next} |`,
    );
  return [
    `### ${heading}`,
    "",
    "| cell | fault | what you see | what is left | what to do |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function shown(sees: string): string {
  return sees === ""
    ? "nothing"
    : sees
        .split("|")
        .map((text) => `“${text}”`)
        .join(" or ");
}

function groupOf(id: string): string {
  return id.slice(0, id.indexOf("."));
}
