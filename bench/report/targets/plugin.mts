import { operationTitles } from "../titles.mts";
import { type Finder, ratio, type Target, time } from "./target.mts";

/** The plugin beside the dynamic host, as users run both. */
export function besideDynamic(cell: Finder): Target[] {
  const [ours, plugin, yaml] = [cell("ours", 200, 20), cell("plugin", 200, 20), cell("yaml", 50, 20)];
  const few = cell("ours", 50, 20);
  const found: Target[] = [];
  for (const operation of ["up", "unchanged", "refresh", "destroy"] as const) {
    const [own, other] = [time(plugin, operation), time(ours, operation)];
    if (own === undefined || other === undefined) continue;
    found.push(ratio(`plugin: ${operationTitles[operation]} of 200 at 20 ms ÷ dynamic`, own, other, 1));
  }
  found.push(...share("plugin: state a key ÷ dynamic", plugin?.stateBytes, ours?.stateBytes, 1));
  const memory = (one: typeof ours) => one?.operations.up?.peakMemoryBytes;
  found.push(...share("plugin: memory of the provider ÷ dynamic", memory(plugin), memory(ours), 0.75));
  for (const operation of ["up", "unchanged"] as const) {
    const [own, other] = [time(yaml, operation), time(few, operation)];
    if (own === undefined || other === undefined) continue;
    found.push(
      ratio(`YAML: ${operationTitles[operation]} of 50 at 20 ms ÷ dynamic in TypeScript`, own, other, 0.5),
    );
  }
  const [refresh, engine, sent] = [
    time(cell("plugin", 400, 20), "refresh"),
    time(cell("floor", 400, 20), "refresh"),
    time(cell("undici", 400, 20), "refresh"),
  ];
  if (refresh !== undefined && engine !== undefined && sent !== undefined) {
    found.push(ratio("plugin: refresh of 400 at 20 ms ÷ (engine + requests)", refresh, engine + sent, 1.1));
  }
  return found;
}

function share(what: string, own: number | undefined, other: number | undefined, most: number): Target[] {
  if (own === undefined || other === undefined) return [];
  const found = own / other;
  return [{ target: `${what}, at most ${most.toFixed(2)}`, found: found.toFixed(2), reached: found <= most }];
}
