import { CommandError } from "./command";
import { Stack } from "./stack";

/**
 * The text of `apikeys:connections` in a stack's config, if there is any; the environment may say all there is to say.
 *
 * @param stack as `--stack` takes it; undefined is the selected one, or none
 * @throws {CommandError} when a stack is named that cannot be read
 */
export async function configuredConnections(stack: string | undefined): Promise<string | undefined> {
  try {
    return await new Stack(stack).connections();
  } catch (error) {
    if (stack !== undefined || !(error instanceof CommandError)) throw error;
    return undefined;
  }
}
