import { ApiKeysError } from "../../provider/base/errors";
import type { Connection } from "../../provider/connection/connections";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { check, create, PartialSuccess, remove } from "../../provider/host/resource";
import { type OperationContext, OperationMemory, type Properties } from "../../provider/lifecycle";
import { printable } from "../../provider/redaction/printable";
import { CommandError } from "../command";
import { ChangeTrials } from "./changeTrials";
import { LookupTrials } from "./lookupTrials";
import { CheckReport } from "./report";

/** The name of the throw-away key, before its suffix. */
const keyName = "pulumi-apikeys-check";

/** A definition, and the arguments of a key that is created to try it. */
export interface Trial {
  readonly operation: OperationContext;
  readonly definition: ServiceDefinition;
  /** The properties by which `resolveService` finds it. */
  readonly service: Properties;
  readonly connection: Connection;
  /** Arguments of the key, those included that say where it belongs. */
  readonly args: Properties;
  readonly print: (line: string) => void;
}

/**
 * Creates a key at the vendor, reads and changes it in every way that the definition has, revokes it, and reports where the
 * responses differ from the definition.
 *
 * @returns whether none did
 * @throws {CommandError} when the arguments are refused
 * @throws {ApiKeysError} when the vendor creates no key
 */
export async function tryLive(trial: Trial): Promise<boolean> {
  const { definition, service, connection, args, print } = trial;
  const trials = new LookupTrials(trial.operation, definition, connection);
  const operation: OperationContext = {
    ...trial.operation,
    // A key that is revoked at once needs no note.
    memory: new OperationMemory({ begin: async () => ({ end: () => {} }), unfinished: async () => [] }),
    vendor: () => trials.vendor,
  };
  const asked = { ...service, ...args, connection: connection.name, logicalName: keyName };
  const { inputs, failures } = check(operation, {}, asked);
  if (failures.length > 0) throw new CommandError(failures.join("\n"));

  const report = new CheckReport(definition, inputs, print);
  const outputs = await made(operation, inputs, report).catch((error: unknown) => {
    trials.reportCreated(report);
    throw withoutStack(error);
  });
  const changes = new ChangeTrials(operation, definition, trials, inputs, outputs);
  let revoked = false;
  try {
    trials.reportCreated(report);
    await attempted(report, "list", () => trials.reportListed(report, outputs));
    await attempted(report, "tenant", () => trials.reportTenant(report, outputs));
    await attempted(report, "get", () => trials.reportRead(report, outputs));
    for (const update of changes.updates)
      await attempted(report, "update", () => changes.update(report, update));
    await attempted(report, "rotate", () => changes.rotate(report));
  } finally {
    revoked = await isRevoked(operation, changes.outputs, report);
    // By the definition a rotation leaves no other key, and that is what is tried.
    if (changes.outputs.keyId !== outputs.keyId) await isRevoked(operation, outputs, report);
  }
  if (revoked) await attempted(report, "revoke", () => trials.reportRevoked(report, changes.outputs));
  return report.good;
}

/** What the lifecycle advises to whoever has a stack: here there is none. */
const adviceForStacks = [
  [/ Run `npx pulumi-apikeys recover`[^.]*\.$/, " Look for it there later, and revoke it."],
  [/, then run `pulumi up` again\.$/, "."],
  [/ Run `pulumi (?:up|refresh)`[^.]*\.$/, ""],
] as const;

function withoutStack(error: unknown): unknown {
  if (!(error instanceof ApiKeysError)) return error;
  return new ApiKeysError(error.code, withoutAdvice(error.message));
}

function withoutAdvice(message: string): string {
  return adviceForStacks.reduce((text, [advice, instead]) => text.replace(advice, instead), message);
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

/** Revokes the key. If that fails, it reports id and name, for nothing else knows of the key. */
async function isRevoked(
  operation: OperationContext,
  outputs: Properties,
  report: CheckReport,
): Promise<boolean> {
  try {
    for (const { message } of await remove(operation, outputs)) report.print(message);
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

/** A step that fails is a finding like others: the key has to be revoked all the same. */
async function attempted(report: CheckReport, name: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    report.complaint(`${name}: ${withoutAdvice(error.message)}`);
  }
}
