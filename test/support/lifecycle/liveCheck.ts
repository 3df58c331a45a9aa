import { tryLive } from "../../../cli/check/live";
import type { ServiceDefinitionInput } from "../../../provider/definition/definition";
import { parse } from "../vendor/definitions";
import { HttpWorld } from "./httpWorld";

/** What `check --live` tells of a definition at a vendor's URL, with no wait for its lists. */
export async function checkLive(
  written: ServiceDefinitionInput,
  url: string,
  credentials: Readonly<Record<string, string>> = { token: "token-of-acme" },
  nowMs = 0,
): Promise<{ readonly good: boolean; readonly told: string }> {
  const definition = parse(written);
  const world = new HttpWorld({ definition, credentials }, url, () => nowMs);
  const lines: string[] = [];
  const good = await tryLive({
    operation: { ...world, sleep: async () => {}, suffix: () => "0000001" },
    definition,
    service: { service: written.name, definition: written },
    connection: world.connections.resolve(written.name, definition),
    args: {},
    print: (line) => lines.push(line),
  });
  return { good, told: lines.join("\n") };
}
