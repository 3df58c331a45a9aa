import { join } from "node:path";
import { executable, inspect, isExecutable, pathFolders } from "./installation.mts";
import { isAtLeast, type Pins } from "./pins.mts";
import { Unavailable } from "./unavailable.mts";

/** @throws {Unavailable} there is none on PATH, it is too old, or it can't run Node.js programs */
export async function findOnPath(pins: Pins): Promise<{ binDir: string; version: string }> {
  const folders = pathFolders();
  for (const binDir of folders) {
    if (!(await isExecutable(join(binDir, executable("pulumi"))))) continue;
    const version = await inspect(binDir, folders);
    // A shell would run this first one too, so the user does not mean a newer one further back on PATH.
    if (!isAtLeast(version, pins.version)) {
      throw new Unavailable(`${binDir} has Pulumi ${version}, older than ${pins.version}`);
    }
    return { binDir, version };
  }
  throw new Unavailable("there is no pulumi on PATH");
}
