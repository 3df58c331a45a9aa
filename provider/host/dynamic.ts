import type {
  CheckResult,
  ConfigureRequest,
  CreateResult,
  DiffResult,
  ReadResult,
  UpdateResult,
} from "@pulumi/pulumi/dynamic";
import { ApiKeysError } from "../base/errors";
import { configKey, storesKey } from "../base/settingNames";
import { engineUnknown, unknownValue } from "../base/unknown";
import type { Notice, OperationContext, Plan, Properties } from "../lifecycle";
import { printableId } from "../redaction/printable";
import { protect, redact } from "../redaction/redactor";
import { redactedError, redactOutput } from "../redaction/sinks";
import { cutShortNotice } from "./createJournal";
import { engineClient, tell, warn, whenEngineIsGone } from "./engine";
import { operationContext } from "./operation";
import * as resource from "./resource";
import { secretNamesOf } from "./secretNames";
import { withoutProgram } from "./withoutProgram";

type Bag = Record<string, unknown>;

/** How the engine marks a value as secret. */
const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const providerKey = "__provider";

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

/** The engine's unknowns under our own mark; its key for this provider is none of the lifecycle's business. */
function fromEngine(properties: Bag): Bag {
  const { [providerKey]: _, ...rest } = properties;
  for (const name of secretNamesOf(rest)) {
    for (const text of textsIn(rest[name])) protect(text, prefixIn(rest));
  }
  return mapValues(rest, (value) => (value === engineUnknown ? unknownValue : value)) as Bag;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === engineUnknown ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function prefixIn({ prefix }: Bag): string | undefined {
  return typeof prefix === "string" ? prefix : undefined;
}

/**
 * Properties as the engine can take them: an `undefined` would fail the operation after the key was created,
 * and a secret has to be marked as one.
 */
function toEngine(properties: Properties): Bag {
  const plain = mapValues(properties, (value) => (value === unknownValue ? engineUnknown : value)) as Bag;
  const secretNames = secretNamesOf(properties);
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [
      name,
      isSecret(secretNames, name, value) ? { ...secretMark, value } : value,
    ]),
  );
}

/** What a program asked, and how the vendor says it, may be a secret, which the engine recognises under the argument's name only. */
function isSecret(secretNames: ReadonlySet<string>, name: string, value: unknown): boolean {
  if (name === "asked" || name === "rendered")
    return Object.values(value as Bag).some((said) => said !== null);
  return secretNames.has(name) && value !== engineUnknown;
}

function mapValues(value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapValues(item, leaf));
  if (typeof value !== "object" || value === null) return leaf(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [name, mapValues(item, leaf)]));
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

/**
 * The error as the SDK shall have it, which prints text and stack, one behind the other. Expected failures reach the
 * user as sentences; of our own mistakes we want to be told the stack.
 */
function presentable(error: unknown): Error {
  if (error instanceof ApiKeysError) {
    const message = redact(error.message);
    return Object.assign(new Error(message), { toString: () => "pulumi-apikeys", stack: message });
  }
  return redactedError(error);
}
