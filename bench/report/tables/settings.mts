import type { Results } from "../../results.mts";
import { secondsOf, type Table } from "../format.mts";

/** The time of a first `up` under settings of a user. */
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
