import type {
  CheckResult,
  ConfigureRequest,
  CreateResult,
  DiffResult,
  ReadResult,
  UpdateResult,
} from "@pulumi/pulumi/dynamic";
import { configKey, storesKey } from "../base/settingNames";
import type { Notice, OperationContext, Plan } from "../lifecycle";
import { printableId } from "../redaction/printable";
import { redact } from "../redaction/redactor";
import { redactOutput } from "../redaction/sinks";
import { cutShortNotice } from "./createJournal";
import { engineClient, tell, warn, whenEngineIsGone } from "./engine";
import { type Bag, fromEngine, providerKey, toEngine } from "./engineProperties";
import { operationContext } from "./operation";
import { presentable } from "./presentable";
import * as resource from "./resource";
import { withoutProgram } from "./withoutProgram";

let operation: OperationContext | undefined;

/** Called once per engine operation; stores what it makes before it returns, for the first calls may not wait. */
export async function configure(request: ConfigureRequest): Promise<void> {
  operation = operationContext(request.config.get(configKey), request.config.get(storesKey));
  const engine = engineClient();
  // Without an engine this process is somebody else's, such as a test's.
  if (!engine) return;
  whenEngineIsGone(engine, () => process.exit(1));
  redactOutput();
}

export async function check(olds: Bag, news: Bag): Promise<CheckResult> {
  return host(async () => {
    const operation = theOperation();
    const checked = resource.check(operation, fromEngine(olds), fromEngine(news));
    const { inputs, warnings } = checked;
    const failures = [...checked.failures, ...(await resource.deliveryProblems(operation, inputs))];
    const unfinished = await operation.memory.creates.unfinished();
    await Promise.all([...unfinished.map((name) => warn(cutShortNotice(name))), ...warnings.map(show)]);
    // With a property named, the engine would print its value, even a secret one.
    return {
      inputs: toEngine(inputs),
      failures: failures.map((reason) => ({ property: "", reason: redact(reason) })),
    };
  });
}

export async function diff(_id: string, olds: Bag, news: Bag): Promise<DiffResult> {
  return host(async () => {
    const operation = theOperation();
    const inputs = fromEngine(news);
    const plan = resource.diff(operation, fromEngine(olds), inputs);
    // Before the update that they speak of is asked for.
    await Promise.all(plan.notices.map(show));
    return dynamicDiff(plan, resource.engineSeesDifference(operation, inputs));
  });
}

/**
 * A plan as a dynamic provider can tell it: which properties replace, and whether there are changes at all.
 *
 * @param isVisible whether the inputs differ from those in state. Where nothing is said of changes, the engine compares
 *   them itself and shows just how they differ; else it shows every output as removed. But where they do not differ, it
 *   would do nothing
 */
export function dynamicDiff({ changes, deleteBeforeReplace }: Plan, isVisible: boolean): DiffResult {
  const replaces = changes.filter(({ kind }) => kind === "replace").map(({ property }) => property);
  const result = { replaces, deleteBeforeReplace };
  const hasChanges = changes.length > 0;
  return hasChanges && isVisible ? result : { ...result, changes: hasChanges };
}

export async function create(inputs: Bag): Promise<CreateResult> {
  return host(async () => {
    const { id, outputs, warnings } = await resource.create(theOperation(), fromEngine(inputs));
    // Not awaited, so that nothing delays the value on its way into the state.
    for (const warning of warnings) void show(warning);
    // Requests name the key by its `keyId`; this is for people.
    return { id: printableId(id), outs: toEngine(outputs) };
  }, inputs);
}

export async function read(id: string, outputs: Bag): Promise<ReadResult> {
  return host(async () => {
    const reading = await withoutProgram(outputs, () =>
      resource.read(theOperation(), id, fromEngine(outputs)),
    );
    if (!reading) return { id: "" };
    const { outputs: props, inputs, warnings } = reading;
    await Promise.all(warnings.map(show));
    return { id, props: toEngine(props), ...(inputs && { inputs: toEngine(inputs) }) };
  });
}

export async function update(id: string, olds: Bag, news: Bag): Promise<UpdateResult> {
  return host(async () => {
    const { outputs, warnings } = await resource.update(
      theOperation(),
      id,
      fromEngine(olds),
      fromEngine(news),
    );
    for (const warning of warnings) void show(warning);
    return { outs: toEngine(outputs) };
  }, news);
}

async function remove(_id: string, outputs: Bag): Promise<void> {
  return host(async () => {
    const warnings = await withoutProgram(outputs, () =>
      resource.remove(theOperation(), fromEngine(outputs)),
    );
    await Promise.all(warnings.map(show));
  });
}

export { remove as delete };

function show({ severity, message }: Notice): Promise<void> {
  return tell(severity, message);
}

function theOperation(): OperationContext {
  // Without a configure the environment alone can tell the connections.
  operation ??= operationContext(undefined);
  return operation;
}

/** @param properties what the engine sent, where the state has to follow what was done before a failure */
async function host<T>(call: () => Promise<T>, properties: Bag = {}): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const shown = presentable(error);
    if (!(error instanceof resource.PartialSuccess)) throw shown;
    // Without the provider's text in it, the state could never be read or deleted again.
    const done = { ...toEngine(error.outputs), [providerKey]: properties[providerKey] };
    throw Object.assign(shown, { id: printableId(error.id), properties: done, reasons: [shown.message] });
  }
}
