import { pulumiJson } from "./pulumi";
import { projectName, Stack } from "./stack";

/**
 * The text of the connections in the config of a stack, if there is one: a command that needs no stack may be run
 * where there is no project, and the environment then says all there is to say.
 *
 * @param name as `--stack` takes it; undefined is the selected one, if any
 * @throws {CommandError} when Pulumi fails: without its config, a credential might go to another address than meant
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
