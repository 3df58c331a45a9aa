import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { record } from "./recorder/recording";
import { scenarios } from "./recorder/scenarios";
import { readRecording, readRecordings, recordingFile } from "./recordings";
import type { Trace } from "./trace";

/** Set to record all scenarios anew, in place of comparing some of them with their recordings. */
const { APIKEYS_RECORD } = process.env;

/** What the model of the engine leans on most. The other recordings are as old as the pinned engine. */
const compared = scenarios.filter(({ title }) =>
  [
    "failed delete of a replaced key",
    "partial failure of update, forgotten by refresh",
    "provider killed in create",
  ].includes(title),
);

function save(trace: Trace): void {
  const file = recordingFile(trace.title);
  // The formatter decides what fits on a line.
  const biome = require.resolve("@biomejs/biome/bin/biome");
  const args = [biome, "format", `--stdin-file-path=${file}`];
  writeFileSync(file, execFileSync(process.execPath, args, { input: JSON.stringify(trace) }));
}

describe("a recording of the engine", () => {
  it.each(APIKEYS_RECORD ? scenarios : compared)("is what the engine does now: $title", async (scenario) => {
    const trace = await record(scenario);
    if (APIKEYS_RECORD) save(trace);
    expect(readRecording(recordingFile(scenario.title))).toEqual(JSON.parse(JSON.stringify(trace)));
  });

  it("is there for each scenario, and for no other", () => {
    const titles = readRecordings().map(({ title }) => title);
    expect(titles.toSorted()).toEqual(scenarios.map(({ title }) => title).toSorted());
  });
});
