/** A row about one resource: marker, type, name, what happens to it. */
const row = /^\s*(?<marker>[-+~]{1,2})?\s+[\w-]+:\S+:\w+ \S+ ?(?<event>.*)$/;

/**
 * Makes a filter for the lines of one CLI run, which leaves what tells something: finished steps, changed
 * outputs, diagnostics and the summary.
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
    // The stack's row comes at its beginning and at its end.
    before.add(line);
    const shown = [...heldBack, line];
    heldBack = [];
    return shown;
  };
}

function isNoise(line: string): boolean {
  if (line.trim() === "" || line.startsWith("@ ")) return true;
  // The command is shown already, and so is the time where it matters.
  if (/^(Previewing|Updating|Refreshing|Destroying) |^Duration: /.test(line)) return true;
  // That the history and the name of the stack remain is nothing to know about a folder that goes away.
  if (/^The resources in the stack have been deleted|^If you want to remove the stack/.test(line))
    return true;
  const { marker, event } = row.exec(line)?.groups ?? {};
  if (event === undefined) return false;
  // Beginnings, rows of what stays as it is, and the step between a replacement's creation and deletion.
  return /^\w+ing\b/.test(event) || (!marker && event.trim() === "") || marker === "+-";
}
