import { ApiKeysError } from "../../../provider/errors";
import { type Leftover, leftover } from "../../../provider/lifecycle";
import type { Stack } from "./stack";
import type { Step } from "./step";

/** What `pulumi-apikeys recover` does for a user who knows whose a key is. */
export async function recover(stack: Stack, step: Extract<Step, { do: "recover" }>): Promise<void> {
  const { ledger, notes, server } = stack;
  const { resources, pending } = stack.state;
  const tracked = new Set(
    resources.flatMap(({ outputs }) => [String(outputs.keyId), String(outputs.previousKeyId)]),
  );
  const traces = [...pending.map(({ inputs }) => inputs), ...notes.open];
  const world = stack.world(step);
  const found: Leftover[] = [];
  try {
    for (const inputs of traces) found.push(await leftover(world, inputs, tracked));
  } catch (error) {
    stack.messages.push(messageOf(error));
    return;
  }
  const condemned = found.flatMap(({ keys, revoke }) =>
    keys.filter(({ id }) => ledger.isOurs(server.key(id))).map((key) => ({ key, revoke })),
  );
  for (const { key } of condemned) stack.reported.add(key.id);
  stack.engine.state.write({ resources, pending: [] });
  for (const note of notes.open) notes.strike(note);
  for (const { key, revoke } of condemned) {
    await revoke(key).catch((error) => stack.messages.push(messageOf(error)));
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ApiKeysError) return error.message;
  throw error;
}
