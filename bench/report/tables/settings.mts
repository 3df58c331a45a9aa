import type { Results } from "../../results.mts";
import { secondsOf, type Table } from "../format.mts";

/** What a user's settings make of a first `up`. */
export function settingsTable({ settings }: Results): Table[] {
  if (!settings) return [];
  const { keys, latencyMs, engine, checkpoints } = settings;
  return [
    {
      title: `First up of ${keys} keys at ${latencyMs} ms, by setting`,
      header: ["setting", "environment", "up"],
      rows: engine.map(({ title, variables, upMs }) => {
        const environment = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
        return [title, environment.join(" ") || "–", secondsOf(upMs)];
      }),
      notes: [`The engine wrote the state ${checkpoints} times in it.`],
    },
  ];
}
