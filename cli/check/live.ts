import type { Connection } from "../../provider/connections";
import { ApiKeysError } from "../../provider/errors";
import {
  check,
  create,
  PartialSuccessError,
  type Properties,
  remove,
  type World,
} from "../../provider/lifecycle";
import type { ServiceDefinition } from "../../provider/service/definition";
import { CommandError } from "../command";
import { Looks } from "./looks";
import { Report } from "./report";

/** What the throw-away key is called, before its suffix. */
const logicalName = "pulumi-apikeys-check";

/** A definition, and the arguments of a key that is created to try it. */
export interface Trial {
  readonly world: World;
  readonly definition: ServiceDefinition;
  /** As `resolveService` finds it: by name, or as it is written. */
  readonly service: Properties;
  readonly connection: Connection;
  /** Arguments of the key, where it belongs among them. */
  readonly args: Properties;
  readonly say: (line: string) => void;
}

/**
 * Creates a key at the vendor, looks at it in every way that the definition has, revokes it, and tells what was as the
 * definition says.
 *
 * @returns whether all was
 * @throws {CommandError} when the arguments are refused
 * @throws {ApiKeysError} when the vendor creates none or does not revoke it
 */
export async function tryLive(trial: Trial): Promise<boolean> {
  const { definition, service, connection, args, say } = trial;
  const looks = new Looks(trial.world, definition, connection);
  const world: World = {
    ...trial.world,
    // A key that is revoked right away needs no note.
    creates: { begin: async () => ({ end: () => {} }), unfinished: async () => [] },
    vendor: () => looks.vendor,
  };
  const asked = { ...service, ...args, connection: connection.name, logicalName };
  const { inputs, failures } = check(world, {}, asked);
  if (failures.length > 0) throw new CommandError(failures.join("\n"));

  const report = new Report(definition, inputs, say);
  const outputs = await made(world, inputs).catch((error: unknown) => {
    looks.tellCreated(report);
    throw error;
  });
  try {
    looks.tellCreated(report);
    await attempted(report, "list", () => looks.tellListed(report, outputs));
    await attempted(report, "get", () => looks.tellRead(report, outputs));
  } finally {
    for (const notice of await remove(world, outputs)) say(notice);
  }
  await attempted(report, "revoke", () => looks.tellRevoked(report, outputs));
  return report.good;
}

async function made(world: World, inputs: Properties): Promise<Properties> {
  try {
    return (await create(world, inputs)).outputs;
  } catch (error) {
    if (error instanceof PartialSuccessError) await remove(world, error.outputs);
    throw error;
  }
}

/** A look that fails is a finding like others: the key has to be revoked all the same. */
async function attempted(report: Report, name: string, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    report.complaint(`${name}: ${error.message}`);
  }
}
