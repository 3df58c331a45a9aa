import { ApiKeysError } from "../../../provider/base/errors";
import { type InterruptedCreate, interruptedCreate, trackedKeys } from "../../support/lifecycle/lifecycle";
import type { Stack } from "./stack";
import type { Step } from "./step";

/**
 * How long the user waits before, in milliseconds. `leftover` ends its own wait at the first key of the name, and would
 * miss one that lists show later: another attempt's, or ours beside a colleague's.
 */
const patienceMs = 10_000;

/** What `pulumi-apikeys recover` does for a user who knows whose a key is: nothing is forgotten that was not revoked. */
export async function recover(stack: Stack, step: Extract<Step, { do: "recover" }>): Promise<void> {
  stack.clock.now += patienceMs;
  const { ledger, notes, server } = stack;
  const { resources, pending } = stack.state;
  const tracked = resources.flatMap(({ outputs }) => trackedKeys(outputs));
  const traces = [...pending.map(({ inputs }) => inputs), ...notes.open];
  const world = stack.world(step);
  try {
    const found: InterruptedCreate[] = [];
    for (const inputs of traces) found.push(await interruptedCreate(world, inputs, tracked));
    for (const { keys, suspects, revoke } of found) {
      for (const key of keys) if (ledger.isOurs(server.key(key.id))) await revoke(key);
      // Of keys without names the user revokes theirs in the vendor's own console.
      for (const key of suspects.map(({ id }) => server.key(id))) if (ledger.isOurs(key)) key.live = false;
    }
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    stack.messages.push(error.message);
    return;
  }
  stack.engine.state.write({ resources, pending: [] });
  for (const note of notes.open) notes.strike(note);
}
