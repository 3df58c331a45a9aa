import { ApiKeysError } from "../errors";
import { type Subject, subjectOf, type World } from "./context";
import { deviations, handedIn, inputFields, mirroredInputs } from "./outputs";
import { find } from "./presence";
import { type Properties, pick, text } from "./properties";
import { settle } from "./settle";

/** What is true after an update, and what the user should know of. */
export interface Updated {
  readonly outputs: Properties;
  readonly warnings: readonly string[];
}

/**
 * Brings the records in line with the program where no other key is needed: another schedule, another
 * connection to the same server and tenant, another text of a user's definition.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the new connection cannot see the key
 */
export async function update(world: World, outputs: Properties, inputs: Properties): Promise<Updated> {
  const subject = subjectOf(world, inputs);
  const { definition } = subject;
  const warnings = await settle(subject, outputs);
  if (inputs.connection !== outputs.connection) await checkVisible(world, subject, outputs, inputs);
  // The key's own fields stay as the vendor has them; the rest is what the program now says.
  const fields = new Set(inputFields(definition));
  const earlier = mirroredInputs(definition, outputs);
  const kept = pick(
    outputs,
    (name) =>
      name !== "asked" && name !== "unsettledSince" && (fields.has(name) || !Object.hasOwn(earlier, name)),
  );
  const asked = pick(mirroredInputs(definition, inputs), (name) => !fields.has(name));
  const deviating = deviations(definition, inputs, outputs);
  const value = outputs.valueAvailable === false ? text(inputs, "adoptValue") : undefined;
  const updated = {
    ...kept,
    ...asked,
    ...(deviating && { asked: deviating }),
    ...(value !== undefined && handedIn(value)),
  };
  return { outputs: updated, warnings };
}

async function checkVisible(
  world: World,
  subject: Subject,
  outputs: Properties,
  inputs: Properties,
): Promise<void> {
  if (await find(world, subject, { ...outputs, connection: inputs.connection })) return;
  throw new ApiKeysError(
    "IDENTITY_MISMATCH",
    `The ${subject.label} cannot be seen through connection "${inputs.connection}", so it stays with "${outputs.connection}". ` +
      "Use credentials of the same tenant, or run `pulumi refresh` if the key is gone.",
  );
}
