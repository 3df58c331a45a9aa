import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./environment";
import type { Program } from "./stack";

/**
 * The project of an example.
 *
 * @param example its folder's name
 * @param main the file that is run, in place of the project's own
 */
export function exampleProject(example: string, main: string): Program {
  const folder = path.join(repository, "examples", example);
  return (dir) => {
    for (const file of readdirSync(folder)) copyFileSync(path.join(folder, file), path.join(dir, file));
    const project = readFileSync(path.join(folder, "Pulumi.yaml"), "utf8");
    writeFileSync(path.join(dir, "Pulumi.yaml"), project.replace(/^main: .*$/m, `main: ${main}`));
  };
}
