import { ApiKeysError } from "../errors";
import { printable } from "../printable";
import type { CreatedKey } from "../service/mapping";
import type { Subject } from "./context";
import { keysNamed } from "./presence";
import { type Properties, text } from "./properties";
import { revokeProven } from "./revokeProven";

/** One attempt; after one whose outcome is unknown, its key is found and revoked, and there is a second. */
export async function createSurely(subject: Subject, inputs: Properties): Promise<CreatedKey> {
  const { vendor, parents, label } = subject;
  try {
    return await vendor.create(parents, inputs);
  } catch (error) {
    if (!isUnknownOutcome(error)) throw error;
    await revokeLost(subject, inputs, error);
  }
  try {
    return await vendor.create(parents, inputs);
  } catch (error) {
    if (!isUnknownOutcome(error)) throw error;
    await revokeLost(subject, inputs, error);
    throw new ApiKeysError(
      "HTTP_PROBLEM",
      `The ${label} could not be created: ${error.message} This happened twice; no key was left behind. Run \`pulumi up\` again later.`,
    );
  }
}

/** Revokes the key of an attempt whose answer, and with it the value, was lost. */
async function revokeLost(subject: Subject, inputs: Properties, cause: ApiKeysError): Promise<void> {
  const { definition, label } = subject;
  const name = text(inputs, "name");
  const suspected = (problem: string) =>
    new ApiKeysError(
      "ORPHAN_SUSPECTED",
      `It is not known whether the ${label} was created: ${cause.message} ${problem}, then run \`pulumi up\` again.`,
    );
  if (name === undefined) {
    throw suspected(
      `${definition.title} keys have no name by which to find it. Look for a key that nobody uses and revoke it at the vendor`,
    );
  }
  const orElse = async <T>(what: string, step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (error) {
      const reason = error instanceof Error ? error.message : "no reason was given.";
      throw suspected(
        `${what} failed too: ${reason} Look for a key named ${JSON.stringify(name)} at the vendor and revoke it`,
      );
    }
  };
  const lost = await orElse("Looking for it", keysNamed(subject, name));
  if (lost.length > 0 && inputs.autonamed !== true) {
    throw suspected(
      "Its name is fixed by the program, so a key of that name may be someone else's and none was revoked. " +
        `Look at key ${lost.map(({ id }) => printable(id)).join(", ")}: revoke what nobody uses`,
    );
  }
  for (const { id } of lost) await orElse("Revoking it", revokeProven(subject, id, name));
}

function isUnknownOutcome(error: unknown): error is ApiKeysError {
  return error instanceof ApiKeysError && error.code === "OUTCOME_UNKNOWN";
}
