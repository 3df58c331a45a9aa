/** A row about one resource: marker, type, name, what happens to it. */
const row = /^\s*(?<marker>[-+~]{1,2})?\s+[\w-]+:\S+:\w+ \S+ ?(?<event>.*)$/;

/**
 * Makes a filter for the lines of one CLI run. It keeps finished steps, changed outputs, diagnostics and the summary.
 */
export function condenser(): (line: string) => string[] {
  let section: string | undefined;
  let heldBack: string[] = [];
  const before = new Set<string>();
  return (raw) => {
    const line = raw.trimEnd();
    if (/^(Outputs|Resources|Diagnostics|Policies):$/.test(line)) {
      section = line;
      // Unchanged outputs are left out, and the heading with them if nothing else is under it.
      heldBack = [line];
      return [];
    }
    if (isNoise(line) || before.has(line) || (section === "Outputs:" && !/^ +~ /.test(line))) return [];
    // The stack's row comes twice: at the beginning and at the end.
    before.add(line);
    const shown = [...heldBack, line];
    heldBack = [];
    return shown;
  };
}

function isNoise(line: string): boolean {
  if (line.trim() === "" || line.startsWith("@ ")) return true;
  // The command is shown already, and so are the times that matter.
  if (/^(Previewing|Updating|Refreshing|Destroying) |^Duration: /.test(line)) return true;
  // The note about history and stack does not matter for a folder that is deleted.
  if (/^The resources in the stack have been deleted|^If you want to remove the stack/.test(line))
    return true;
  const { marker, event } = row.exec(line)?.groups ?? {};
  if (event === undefined) return false;
  // Started steps, unchanged resources, and the step between a replacement's creation and deletion.
  return /^\w+ing\b/.test(event) || (!marker && event.trim() === "") || marker === "+-";
}
