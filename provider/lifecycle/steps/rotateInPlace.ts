import { ApiKeysError } from "../../base/errors";
import type { ServiceDefinition } from "../../definition/definition";
import { datesOf, type Schedule, successorAnchorMs } from "../../rotation";
import type { CreatedKey } from "../../vendor";
import type { Subject, World } from "../context";
import { withoutMarks } from "../remote/identity";
import { observed, secretsTold } from "../state/outputs";
import { type Properties, pick } from "../state/properties";
import { identified, withExpiry } from "./issueKey";
import { lostRotation } from "./lostRotation";
import { PartialSuccessError } from "./progress";

/**
 * Has the vendor give a key another value, by one request that is never repeated. The old value is then worth nothing.
 *
 * @param id the resource's
 * @throws {ApiKeysError} OUTCOME_UNKNOWN when the key may have another value, which was not received: it is still owed
 * @throws {PartialSuccessError} when it has one and not all of it could be recorded, or it is gone with its old value
 */
export async function revalue(
  world: World,
  subject: Subject,
  id: string,
  outputs: Properties,
  inputs: Properties,
): Promise<Properties> {
  const key = await requested(
    world,
    subject,
    id,
    outputs,
    withExpiry(subject.definition, inputs, world.now()),
  );
  // From here on nothing may fail: the value is shown once.
  const dated = renewed(world, subject.definition, outputs, inputs);
  try {
    const secrets = secretsTold(subject.definition, {}, key);
    const seen = observed(subject.definition, { ...dated, ...secrets }, key, world.now());
    return { ...seen, ...identified(subject, key.id, key.value) };
  } catch (error) {
    throw new PartialSuccessError(
      id,
      { ...dated, ...identified(subject, key.id, key.value) },
      `The ${subject.label} has another value, which is in state, but not all that ${subject.definition.title} says of it could be ` +
        `recorded: ${error instanceof Error ? error.message : String(error)}. Run \`pulumi refresh\`.`,
    );
  }
}

async function requested(
  world: World,
  subject: Subject,
  id: string,
  outputs: Properties,
  asked: Properties,
): Promise<CreatedKey> {
  const { vendor, parents } = subject;
  if (!vendor.rotate) throw new TypeError("The vendor gives no key another value.");
  try {
    return await vendor.rotate(parents, outputs, asked);
  } catch (error) {
    if (!(error instanceof ApiKeysError) || error.code !== "OUTCOME_UNKNOWN") throw error;
    throw await lostRotation(world, subject, id, outputs, error);
  }
}

/** The key at the beginning of a period; what began it is done, so that a later step's failure does not ask for it again. */
function renewed(
  world: World,
  definition: ServiceDefinition,
  outputs: Properties,
  inputs: Properties,
): Properties {
  const now = world.now();
  const { anchorAt: _, extendedAt: __, dueAt: ___, valueAvailable: ____, ...key } = withoutMarks(outputs);
  const { rotation, expiresIn } = inputs;
  // Where the vendor does not tell the expiry, it is what was asked for.
  const { expiresAt } = withExpiry(definition, { expiresAt: outputs.expiresAt, expiresIn }, now);
  const dates = datesOf(inputs as Schedule, successorAnchorMs(outputs, inputs, now), now);
  return pick({ ...key, rotation, expiresIn, expiresAt, ...dates, status: "active" }, () => true);
}
