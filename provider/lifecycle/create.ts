import { ApiKeysError } from "../errors";
import { printable } from "../printable";
import type { CreatedKey } from "../service/mapping";
import { durationMs, instantText } from "../time";
import { adopt } from "./adopt";
import { type Subject, subjectOf, type World } from "./context";
import type { Creation } from "./creation";
import { createSurely } from "./lostCreate";
import { deviations, fingerprint, mirroredInputs, observed } from "./outputs";
import { type Properties, text } from "./properties";

/**
 * Creates the key, or takes over the one that `adopt` names.
 *
 * From the answer on, nothing may fail: the value is shown once.
 *
 * @throws {ApiKeysError} when no key exists, or one may exist that this program must not revoke by guess
 */
export async function create(world: World, inputs: Properties): Promise<Creation> {
  const subject = subjectOf(world, inputs);
  const existing = text(inputs, "adopt");
  const succeeds = existing === undefined || world.adoptions.succeeded.has(existing);
  if (!succeeds) return adopt(world, subject, inputs);
  await refuseOccupied(subject);
  const asked = withExpiry(inputs, world.now());
  const key = await createSurely(subject, asked);
  return record(world, subject, asked, key);
}

/**
 * A singleton's place has to be empty: whether the vendor would refuse a second key or let it take the first
 * one's place, nobody wants to find out on a colleague's key.
 */
async function refuseOccupied({ definition, vendor, parents, label }: Subject): Promise<void> {
  const present = definition.kind === "singleton" ? await vendor.get?.(parents, "") : undefined;
  if (!present) return;
  throw new ApiKeysError(
    "KEY_CONFLICT",
    `The ${label} cannot be created: ${Object.values(parents).join("/")} already has a key, ${printable(present.id)}, and can have only one. ` +
      `To take that key over, set adopt: ${JSON.stringify(printable(present.id))}; to start anew, revoke it at ${definition.title} first.`,
  );
}

/** A lifetime begins now, on our clock: the vendor's is not known before it has answered. */
function withExpiry(inputs: Properties, nowMs: number): Properties {
  const lifetimeMs = durationMs(inputs.expiresIn);
  return lifetimeMs === undefined ? inputs : { ...inputs, expiresAt: instantText(nowMs + lifetimeMs) };
}

function record(
  world: World,
  { definition, vendor, label }: Subject,
  asked: Properties,
  key: CreatedKey,
): Creation {
  const known = observed(definition, mirroredInputs(definition, asked), key, world.now());
  const deviating = deviations(definition, asked, known);
  const outputs = {
    ...known,
    keyId: key.id,
    origin: vendor.origin,
    value: key.value,
    fingerprint: fingerprint(key.value),
    ...(deviating && { asked: deviating }),
  };
  const refused = Object.entries(deviating ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]));
  const warnings =
    refused.length > 0
      ? [
          `The ${label} was created, but ${definition.title} changed ${refused.join(", ")} from what the program asks.`,
        ]
      : [];
  return { id: key.id, outputs, warnings };
}
