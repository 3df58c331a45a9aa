import { pulumiJson } from "./pulumi";
import { projectName, Stack } from "./stack";

/**
 * The connections in the config of a stack, as text, or undefined where there is no project or no selected stack: the
 * environment then has all settings.
 *
 * @param name as `--stack` takes it. Default: the selected stack, if any
 * @throws {CommandError} when Pulumi fails: without the config a credential might go to a wrong address
 */
export async function connectionConfig(name: string | undefined): Promise<string | undefined> {
  if (name === undefined && (projectName(process.cwd()) === undefined || !(await isStackSelected())))
    return undefined;
  return new Stack(name).connections();
}

async function isStackSelected(): Promise<boolean> {
  const stacks = (await pulumiJson(["stack", "ls", "--json"])) as readonly { current?: boolean }[];
  return stacks.some(({ current }) => current);
}
