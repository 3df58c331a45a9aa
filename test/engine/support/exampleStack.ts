import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../../support/engine";
import type { TestStack } from "../../support/stack";

/**
 * Makes a stack "prod" of an example's project.
 *
 * @param example its folder's name
 * @param main the file that is run, in place of the project's own
 */
export async function runExample(stack: TestStack, example: string, main: string): Promise<void> {
  const folder = path.join(repository, "examples", example);
  for (const file of readdirSync(folder)) copyFileSync(path.join(folder, file), path.join(stack.dir, file));
  const project = readFileSync(path.join(folder, "Pulumi.yaml"), "utf8");
  writeFileSync(path.join(stack.dir, "Pulumi.yaml"), project.replace(/^main: .*$/m, `main: ${main}`));
  await stack.pulumi(["stack", "init", "prod"]);
}
