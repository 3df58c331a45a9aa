import { instantMs } from "../../../provider/base/time";
import { fieldParts, placeOf } from "../../../provider/delivery/fields";
import type { Target } from "../../../provider/delivery/store";
import { diff } from "../../support/lifecycle/lifecycle";
import { day } from "../../support/lifecycle/world";
import type { Outcome } from "../../support/modelledEngine";
import { currentKey, isKey, isValue, ownedKeys, owns } from "./owned";
import { tidyUp } from "./people";
import { play } from "./play";
import { broken } from "./promises";
import type { Stack } from "./stack";
import { isQuiet, noTroubles, type Step } from "./step";

const up = { do: "up", preview: true, replace: false, ...noTroubles } as const;
/** Long enough for any key to be idle that `revokeWhenIdleFor` keeps. */
const longestIdleMs = 2 * day;
const refresh = { do: "refresh", preview: false, ...noTroubles } as const;

/** What a step broke, in sentences. */
export interface Verdict {
  readonly amiss: readonly string[];
  readonly outcome: Outcome | undefined;
}

export async function judge(stack: Stack, step: Step): Promise<Verdict> {
  const played = await play(stack, step);
  const { outcome } = played;
  const amiss = broken(stack, played);
  // What a response to an update tells of a key that no longer works is for the next up.
  const works = stack.state.resources.every(({ outputs }) => outputs.status === "active");
  const again = step.do === "up" && isQuiet(step) && outcome?.ending === "succeeded" && works;
  return { amiss: again ? [...amiss, ...(await surprises(stack))] : amiss, outcome };
}

/** 5. An unchanged program makes no changes and no requests. */
async function surprises(stack: Stack): Promise<string[]> {
  const owing = stack.state.resources.filter(
    ({ outputs, inputs }) => diff(stack.world(noTroubles), outputs, inputs).changes,
  );
  const overdue = stack.state.resources.filter(
    ({ outputs }) => (instantMs(outputs.previousRevokeAt) ?? Number.POSITIVE_INFINITY) <= stack.clock.now,
  );
  const { outcome } = await play(stack, up);
  const changes = outcome?.steps.filter(({ does }) => does !== "same") ?? [];
  return [
    ...owing.map(({ name }) => `Something is owed to ${name} after an up.`),
    ...overdue.map(({ name }) => `The time of ${name}'s previous key has come, and up has left it.`),
    ...changes.map(({ name, does }) => `An unchanged program had ${does} of ${name}.`),
    ...(stack.ledger.requests > 0 ? [`An unchanged program sent ${stack.ledger.requests} requests.`] : []),
  ];
}

/** Lets nothing more go wrong, has the user do what the messages say, and resolves with what is amiss even then. */
export async function settle(stack: Stack): Promise<string[]> {
  const amiss: string[] = [];
  const run = async (step: Step): Promise<Verdict> => {
    const verdict = await judge(stack, step);
    amiss.push(...verdict.amiss);
    tidyUp(stack, messageOf(verdict.outcome));
    return verdict;
  };
  // What the user is told to do before `up` can succeed is done before it is run again.
  const upAsTold = async () => {
    const verdict = await run(up);
    const message = messageOf(verdict.outcome) ?? "";
    if (message.includes("run the same command once it was idle")) {
      stack.clock.now += longestIdleMs;
      return run(up);
    }
    if (message.includes("run `pulumi refresh`")) amiss.push(...failed("refresh", await run(refresh)));
    else if (!message.includes("can have only one")) return verdict;
    return run(up);
  };
  await run({ do: "recover", ...noTroubles });
  amiss.push(...failed("up", await upAsTold()));
  amiss.push(...failed("refresh", await run(refresh)));
  amiss.push(...failed("up", await upAsTold()));
  return [...amiss, ...strays(stack)];
}

function failed(command: string, { outcome }: Verdict): string[] {
  return outcome?.ending === "succeeded" ? [] : [`${command} fails in the end: ${messageOf(outcome)}`];
}

function messageOf(outcome: Outcome | undefined): string | undefined {
  return outcome?.error instanceof Error ? outcome.error.message : undefined;
}

/** In the end, every key that the program declares works, and every live key is in the state. */
function strays(stack: Stack): string[] {
  const { server, ledger, state, program } = stack;
  const ours = server.keys.filter((key) => ledger.isOurs(key) && server.opens(key));
  const declared = Object.keys(program).toSorted().join();
  const kept = state.resources.map(({ name }) => name).toSorted();
  const works = server.keys.filter((key) => server.opens(key));
  const ended = state.resources.filter(
    ({ outputs }) =>
      !works.some((key) => isKey(currentKey(outputs), key) && isValue(currentKey(outputs), key.value)),
  );
  const stray = ours.filter((key) => !state.resources.some((resource) => owns(resource, key)));
  return [
    ...(kept.join() === declared ? [] : [`The program declares ${declared}; in state is ${kept}.`]),
    ...ended.map(({ name }) => `The key of ${name} does not work.`),
    ...undelivered(stack),
    ...stray.map(({ id }) => `${id} is in no state.`),
    ...state.pending.map(({ type, name }) => `${type} ${name} is pending.`),
  ];
}

/** In the end, each store holds the key that the program has delivered there, and none holds another. */
function undelivered({ stores, state, server, hasDied }: Stack): string[] {
  const resources = state.resources.filter((resource) => !resource.delete);
  const held = resources.flatMap(({ name, outputs }) => {
    const deliveries = (outputs.delivered ?? []) as { target: Target }[];
    return deliveries.flatMap(({ target }) => {
      const [field = ""] = fieldParts(target).keys();
      const text = stores.places.get(placeOf(target))?.fields[field];
      return text !== undefined && isValue(currentKey(outputs), text)
        ? []
        : [`${target.store} does not hold the key of ${name}.`];
    });
  });
  const values = new Set(
    resources
      .flatMap(ownedKeys)
      .flatMap((owned) =>
        server.keys
          .filter((key) => isKey(owned, key))
          .flatMap(({ value, formerValues }) => [value, ...formerValues]),
      ),
  );
  const foreign = [...stores.places.values()].flatMap(({ fields }) =>
    Object.values(fields).filter((text) => text.startsWith("canary") && !values.has(text)),
  );
  return [
    ...held,
    ...(hasDied ? [] : foreign).map((text) => `A store holds ${text}, which is no key in state.`),
  ];
}
