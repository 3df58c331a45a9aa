import { tryLive } from "../../../cli/check/live";
import { ApiKeysError } from "../../../provider/base/errors";
import type { ServiceDefinitionInput } from "../../../provider/definition/definition";
import type { Properties } from "../../../provider/lifecycle";
import { parse } from "../vendor/definitions";
import { HttpWorld } from "./httpWorld";

/** What `check --live` tells of a definition at a vendor's URL, with no wait for its lists; and why no key was made. */
export async function checkLive(
  written: ServiceDefinitionInput,
  url: string,
  credentials: Readonly<Record<string, string>> = { token: "token-of-acme" },
  nowMs = 0,
  args: Properties = {},
): Promise<{ readonly good: boolean; readonly told: string; readonly failure?: string }> {
  const definition = parse(written);
  const world = new HttpWorld({ definition, credentials }, url, () => nowMs);
  const lines: string[] = [];
  const trying = tryLive({
    operation: { ...world, sleep: async () => {}, suffix: () => "0000001" },
    definition,
    service: { service: written.name, definition: written },
    connection: world.connections.resolve(written.name, definition),
    args,
    print: (line) => lines.push(line),
  });
  try {
    return { good: await trying, told: lines.join("\n") };
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    return { good: false, told: lines.join("\n"), failure: error.message };
  }
}
