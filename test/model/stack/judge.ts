import { broken, holds, works } from "./promises";
import type { Stack } from "./stack";
import { isQuiet, noTroubles, type Step } from "./step";

const up = { do: "up", preview: true, replace: false, ...noTroubles } as const;
const refresh = { do: "refresh", preview: false, ...noTroubles } as const;

/** Takes a step, and resolves with what it broke. */
export async function judge(stack: Stack, step: Step): Promise<string[]> {
  const played = await stack.play(step);
  const amiss = broken(stack, played);
  if (step.do !== "up" || !isQuiet(step) || played.outcome?.ending !== "succeeded") return amiss;
  return [...amiss, ...(await surprises(stack))];
}

/** 5. An unchanged program makes no changes and no requests. */
async function surprises(stack: Stack): Promise<string[]> {
  const { outcome } = await stack.play(up);
  const changes = outcome?.steps.filter(({ does }) => does !== "same") ?? [];
  return [
    ...changes.map(({ name, does }) => `An unchanged program had ${does} of ${name}.`),
    ...(stack.ledger.requests > 0 ? [`An unchanged program sent ${stack.ledger.requests} requests.`] : []),
  ];
}

/** Lets nothing more go wrong, has the user do what the messages say, and resolves with what is amiss even then. */
export async function settle(stack: Stack): Promise<string[]> {
  const amiss = await judge(stack, { do: "recover", ...noTroubles });
  stack.heedReports();
  amiss.push(...(await judge(stack, up)));
  const advised = stack.failed && stack.messages.at(-1)?.includes("run `pulumi refresh`");
  if (stack.failed && !advised) amiss.push(`up failed in the end: ${stack.messages.at(-1)}`);
  for (const step of [refresh, up]) {
    amiss.push(...(await judge(stack, step)));
    if (stack.failed) amiss.push(`${step.do} failed in the end: ${stack.messages.at(-1)}`);
  }
  return [...amiss, ...strays(stack)];
}

/** In the end, every key that the program declares is there once, and none besides. */
function strays(stack: Stack): string[] {
  const { server, ledger, state, program } = stack;
  const ours = server.keys.filter((key) => ledger.isOurs(key) && works(stack, key));
  const declared = Object.keys(program).toSorted().join();
  const kept = state.resources.map(({ name }) => name).toSorted();
  const stray = ours.filter((key) => !state.resources.some((resource) => holds(resource, key)));
  return [
    ...(kept.join() === declared ? [] : [`The program declares ${declared}; in state is ${kept}.`]),
    ...(ours.length === kept.length ? [] : [`There are ${ours.length} keys for ${kept.length} in state.`]),
    ...stray.map(({ id }) => `${id} is in no state.`),
    ...state.pending.map(({ type, name }) => `${type} ${name} is pending.`),
  ];
}
