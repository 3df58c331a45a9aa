import { ApiKeysError } from "../../provider/base/errors";
import type { Connection } from "../../provider/connection/connections";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { check, create, PartialSuccess, remove } from "../../provider/host/resource";
import { type OperationContext, OperationMemory, type Properties } from "../../provider/lifecycle";
import { printable } from "../../provider/redaction/printable";
import { CommandError } from "../command";
import { LookupTrials } from "./lookupTrials";
import { CheckReport } from "./report";

/** What the throw-away key is called, before its suffix. */
const logicalName = "pulumi-apikeys-check";

/** A definition, and the arguments of a key that is created to try it. */
export interface Trial {
  readonly operation: OperationContext;
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
 * @throws {ApiKeysError} when the vendor creates none
 */
export async function tryLive(trial: Trial): Promise<boolean> {
  const { definition, service, connection, args, say } = trial;
  const looks = new LookupTrials(trial.operation, definition, connection);
  const operation: OperationContext = {
    ...trial.operation,
    // A key that is revoked right away needs no note.
    memory: new OperationMemory({ begin: async () => ({ end: () => {} }), unfinished: async () => [] }),
    vendor: () => looks.vendor,
  };
  const asked = { ...service, ...args, connection: connection.name, logicalName };
  const { inputs, failures } = check(operation, {}, asked);
  if (failures.length > 0) throw new CommandError(failures.join("\n"));

  const report = new CheckReport(definition, inputs, say);
  const outputs = await made(operation, inputs, report).catch((error: unknown) => {
    looks.tellCreated(report);
    throw error;
  });
  let revoked = false;
  try {
    looks.tellCreated(report);
    await attempted(report, "list", () => looks.tellListed(report, outputs));
    await attempted(report, "get", () => looks.tellRead(report, outputs));
  } finally {
    revoked = await isRevoked(operation, outputs, report);
  }
  if (revoked) await attempted(report, "revoke", () => looks.tellRevoked(report, outputs));
  return report.good;
}

async function made(
  operation: OperationContext,
  inputs: Properties,
  report: CheckReport,
): Promise<Properties> {
  try {
    return (await create(operation, inputs)).outputs;
  } catch (error) {
    if (error instanceof PartialSuccess) await isRevoked(operation, error.outputs, report);
    throw error;
  }
}

/** Revokes the key; one that is left is told with its id and name, for nothing else knows of it. */
async function isRevoked(
  operation: OperationContext,
  outputs: Properties,
  report: CheckReport,
): Promise<boolean> {
  try {
    for (const { message } of await remove(operation, outputs)) report.say(message);
    return true;
  } catch (error) {
    const { keyId, name } = outputs;
    const named = typeof name === "string" ? `, named ${printable(JSON.stringify(name))},` : "";
    report.complaint(
      `The key ${printable(String(keyId))}${named} is left and may be live. Revoke it at the vendor.`,
    );
    if (!(error instanceof ApiKeysError)) throw error;
    report.complaint(`revoke: ${error.message}`);
    return false;
  }
}

/** A look that fails is a finding like others: the key has to be revoked all the same. */
async function attempted(report: CheckReport, name: string, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    report.complaint(`${name}: ${error.message}`);
  }
}
