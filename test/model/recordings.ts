import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Trace } from "./trace";

export const recordingsFolder = path.join(__dirname, "traces");

/** Where the recording of a scenario is. */
export function recordingFile(title: string): string {
  return path.join(recordingsFolder, `${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.json`);
}

export function readRecording(file: string): Trace {
  return JSON.parse(readFileSync(file, "utf8"));
}

export function readRecordings(): Trace[] {
  return readdirSync(recordingsFolder).map((name) => readRecording(path.join(recordingsFolder, name)));
}
