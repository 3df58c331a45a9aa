import { isDeepStrictEqual } from "node:util";
import type { Bag, Difference, Provider } from "./provider";
import type { Resource } from "./stateFile";

/** What `up` does with a resource that the program declares. */
export type Plan =
  | { readonly step: "create"; readonly inputs: Bag }
  | { readonly step: "same" | "update"; readonly old: Resource; readonly inputs: Bag }
  | { readonly step: "replace"; readonly old: Resource; readonly inputs: Bag; readonly deleteFirst: boolean };

/** The arguments do not pass `check`. */
export class InvalidInputs extends Error {}

/** @param replace `--replace`, with which the engine does not ask for a diff */
export async function plan(
  provider: Provider,
  old: Resource | undefined,
  news: Bag,
  replace: boolean,
): Promise<Plan> {
  if (!old) return { step: "create", inputs: await check(provider, {}, news) };
  if (replace) return { step: "replace", old, inputs: await check(provider, {}, news), deleteFirst: false };
  const inputs = await check(provider, old.inputs, news);
  const difference = await provider.diff(old.id, old.outputs, inputs);
  const changed = changes(difference, old, inputs);
  if (old.pendingReplacement || (changed && difference.replaces.length > 0)) {
    // What the old inputs said of names and dates is not the successor's.
    const fresh = await check(provider, {}, news);
    return { step: "replace", old, inputs: fresh, deleteFirst: difference.deleteBeforeReplace };
  }
  return { step: changed || old.failed ? "update" : "same", old, inputs };
}

function changes(difference: Difference, old: Resource, inputs: Bag): boolean {
  return difference.changes ?? !isDeepStrictEqual(old.inputs, inputs);
}

async function check(provider: Provider, olds: Bag, news: Bag): Promise<Bag> {
  const { inputs, failures } = await provider.check(olds, news);
  if (failures.length > 0) throw new InvalidInputs(failures.join("\n"));
  return inputs;
}
