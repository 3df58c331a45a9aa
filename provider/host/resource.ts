import { ApiKeysError } from "../base/errors";
import type { Notice, OperationContext, Plan, Properties } from "../lifecycle";
import * as lifecycle from "../lifecycle";
import { printable } from "../redaction/printable";

/**
 * The lifecycle of one resource in terms of its properties, as engines keep them: flat, by name. Here they are parsed,
 * and nowhere else; a host only translates what these functions return into its protocol.
 */

/** Name of the argument by which the SDK tells a resource's logical name; `check` makes a key's name of it. */
const logicalNameArgument = "logicalName";

/** Inputs as they will be kept, and every reason why they cannot be, in sentences. */
export interface CheckedProperties {
  readonly inputs: Properties;
  readonly failures: readonly string[];
  readonly warnings: readonly Notice[];
}

/** What a create, read or update leaves in state. */
export interface KeptProperties {
  readonly outputs: Properties;
  readonly warnings: readonly Notice[];
}

/** An operation that failed after it had done something which the state has to hold: a key and its value above all. */
export class PartialSuccess extends ApiKeysError {
  override readonly name = "PartialSuccess";

  constructor(
    readonly id: string,
    /** What is true now; hidden from whoever prints the error, for it holds the value. */
    outputs: Properties,
    message: string,
  ) {
    super("PARTIAL_SUCCESS", message);
    this.#outputs = outputs;
  }

  readonly #outputs: Properties;

  get outputs(): Properties {
    return this.#outputs;
  }
}

/**
 * Judges what a program asks, gives the key a name and its dates, and leaves alone what is not known yet.
 *
 * @param olds inputs of the last successful update; empty for a new key and for a replacement
 * @param news what the program asks, with the resource's logical name
 */
export function check(operation: OperationContext, olds: Properties, news: Properties): CheckedProperties {
  const { [logicalNameArgument]: named, ...given } = news;
  const logicalName = [named, news.name].find((name) => typeof name === "string") ?? "";
  const service = serviceOf(given);
  if (service instanceof ApiKeysError) {
    const name = typeof given.service === "string" ? given.service : undefined;
    return { inputs: given, failures: [lifecycle.asSentence(name, service.message)], warnings: [] };
  }
  const before = Object.keys(olds).length === 0 ? undefined : lifecycle.readInputs(olds, service);
  const { inputs: asked, problems } = lifecycle.readArguments(service, given);
  const { inputs, failures, warnings } = lifecycle.check(operation, String(logicalName), before, asked);
  const wrong = problems.map((problem) => lifecycle.asSentence(service.name, problem));
  const written = lifecycle.writeInputs(inputs);
  // What could not be read is shown as it was given.
  return {
    inputs: wrong.length > 0 ? { ...given, ...written } : written,
    failures: [...wrong, ...failures],
    warnings,
  };
}

/**
 * What is wrong with the deliveries that inputs ask for, in sentences; only the stores' own code can tell.
 *
 * @param inputs as `check` returns them
 */
export async function deliveryProblems(
  operation: OperationContext,
  inputs: Properties,
): Promise<readonly string[]> {
  if (inputs.deliver === undefined && inputs.encryptTo === undefined) return [];
  if (serviceOf(inputs) instanceof ApiKeysError) return [];
  return lifecycle.deliveryProblems(operation, lifecycle.readInputs(inputs));
}

/** What an update owes. Sends nothing. */
export function diff(operation: OperationContext, outputs: Properties, inputs: Properties): Plan {
  const asked = lifecycle.readInputs(inputs);
  return lifecycle.diff(operation, lifecycle.readState(outputs, asked.service), asked);
}

/**
 * Whether the engine's own comparison of the inputs with those in state shows all there is to see of a plan.
 *
 * @param inputs as the engine passes them to `diff`
 */
export function engineSeesDifference(operation: OperationContext, inputs: Properties): boolean {
  return operation.memory.engineSeesDifference(lifecycle.readInputs(inputs));
}

/**
 * Creates the key, or takes over the one that `adopt` names.
 *
 * @throws {PartialSuccess} when the key exists and not all of it could be recorded
 */
export async function create(
  operation: OperationContext,
  inputs: Properties,
): Promise<KeptProperties & { readonly id: string }> {
  const { id, state, warnings } = await partly(lifecycle.create(operation, lifecycle.readInputs(inputs)));
  return { id, outputs: lifecycle.writeState(state), warnings };
}

/**
 * Looks at the key. Undefined only on proof that it is gone.
 *
 * @returns also complete inputs where something changed, so that a plan shows what
 */
export async function read(
  operation: OperationContext,
  id: string,
  outputs: Properties,
): Promise<(KeptProperties & { readonly inputs?: Properties }) | undefined> {
  if (outputs.keyId === undefined) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      `There is no state of API key ${printable(id)} to read from: ApiKey.get and import cannot work for dynamic resources. ` +
        "To take over an existing key, declare it with `adopt`.",
    );
  }
  const reading = await lifecycle.read(operation, lifecycle.readState(outputs));
  if (!reading) return undefined;
  const { state, inputs, warnings } = reading;
  return {
    outputs: lifecycle.writeState(state),
    ...(inputs && { inputs: lifecycle.writeInputs(inputs) }),
    warnings,
  };
}

/**
 * Takes the steps that are owed and need no other resource.
 *
 * @throws {PartialSuccess} when a step fails after another was done
 */
export async function update(
  operation: OperationContext,
  id: string,
  outputs: Properties,
  inputs: Properties,
): Promise<KeptProperties> {
  const asked = lifecycle.readInputs(inputs);
  const before = lifecycle.readState(outputs, asked.service);
  const { state, warnings } = await partly(lifecycle.update(operation, id, before, asked));
  return { outputs: lifecycle.writeState(state), warnings };
}

/** Revokes every key that the resource owns. */
export async function remove(operation: OperationContext, outputs: Properties): Promise<readonly Notice[]> {
  return lifecycle.remove(operation, lifecycle.readState(outputs));
}

function serviceOf(given: Properties) {
  try {
    return lifecycle.readService(given);
  } catch (error) {
    if (error instanceof ApiKeysError) return error;
    throw error;
  }
}

async function partly<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (!(error instanceof lifecycle.PartialSuccessError)) throw error;
    throw new PartialSuccess(error.id, lifecycle.writeState(error.state), error.message);
  }
}
