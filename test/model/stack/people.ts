import { placesOf } from "./service";
import type { Stack } from "./stack";
import type { Step } from "./step";

/** Somebody changes the program. */
export function edit(stack: Stack, { key, change }: Extract<Step, { do: "edit" }>): void {
  const { [key]: declared, ...others } = stack.program;
  const changed = Object.entries({ ...declared, ...change }).filter(([, value]) => value !== null);
  stack.program = change ? { ...others, [key]: Object.fromEntries(changed) } : others;
}

/** A colleague makes a key, where there is room for it. */
export function issue({ definition, server }: Stack, { name, place }: Extract<Step, { do: "issue" }>): void {
  const parents = placesOf(definition)[place] ?? {};
  if (definition.kind === "singleton" && server.isOccupied(parents)) return;
  server.issue(parents, { name });
}

/** Somebody ends one of the keys in state in the vendor's own console. */
export function end(
  { definition, server, state }: Stack,
  step: Extract<Step, { do: "revoke" | "deactivate" | "rotate" }>,
): void {
  const held = state.resources.map(({ outputs }) => outputs.keyId);
  const keys = server.keys.filter((key) => key.live && held.includes(key.id));
  const key = keys[step.key % keys.length];
  if (!key) return;
  if (step.do !== "deactivate") key.live = false;
  else if (definition.fields.active) key.fields.active = false;
  if (step.do === "rotate") server.issue(key.parents, { name: "theirs" });
}

/** The user revokes what messages named and no state holds; colleagues leave the place that only one key can have. */
export function tidyUp({ definition, server, ledger, state, reported }: Stack): void {
  const held = state.resources.map(({ outputs }) => outputs.keyId);
  for (const key of server.keys) {
    const ours = ledger.isOurs(key);
    const inTheWay = definition.kind === "singleton" && !ours;
    if (inTheWay || (ours && reported.has(key.id) && !held.includes(key.id))) key.live = false;
  }
}
