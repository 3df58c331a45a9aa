import { operationContext } from "../../provider/host/operation";
import { CommandError } from "../command";
import { PulumiFailedError, type PulumiPlace, pulumiJson } from "../pulumi";
import { projectName, Stack } from "../stack";
import type { State } from "../state";
import { type ManagedKey, managedKeys, projectIn } from "./managedKeys";
import type { StackKeys } from "./managedPlaces";

/** Which stacks an audit is asked to read. */
export interface AskedStacks {
  /** Stacks by their names. */
  readonly names: readonly string[];
  /** Whether all stacks of the current backend are read too. */
  readonly all: boolean;
  /** Other backends, all of whose stacks are read too. */
  readonly backends: readonly string[];
  /** Folders of projects, in which the config of their stacks is found. */
  readonly projects: readonly string[];
}

/** A stack as it was found. */
export interface ReadStack extends StackKeys {
  /** How reports call it. */
  readonly name: string;
}

/** What was read, and what was not. */
export interface ReadStacks {
  readonly stacks: readonly ReadStack[];
  /** Why something could not be read, in sentences. */
  readonly failures: readonly string[];
  /** Whether the state of every stack was read. */
  readonly isWhole: boolean;
}

interface StackName {
  /** Undefined for the selected one. */
  readonly name: string | undefined;
  readonly backend?: string;
  readonly label: string;
}

/** A stack whose state was read; its config is read next. */
interface StateOf extends StackName {
  readonly state: State;
}

/** How many exports run at a time. They ask for nothing, so that they may. */
const parallel = 4;

/**
 * Reads the keys of all stacks that are asked for, and their connections.
 *
 * @throws {CommandError} when it is one stack only, and that cannot be read
 */
export async function readStacks(asked: AskedStacks): Promise<ReadStacks> {
  const folders = projectFolders(asked.projects);
  const isOne = asked.names.length <= 1 && !asked.all && asked.backends.length === 0;
  if (isOne) return { stacks: [await readOne(asked.names[0], folders)], failures: [], isWhole: true };
  const attempts = new Attempts();
  const states = await statesOf(await namesOf(asked, attempts), attempts);
  const isWhole = attempts.failures.length === 0;
  const stacks: ReadStack[] = [];
  // One after another, because Pulumi may ask for a passphrase.
  for (const one of states) {
    const keys = managedKeys(one.state, one.label);
    const config = await attempts.read(`The config of the stack ${one.label}`, () =>
      configOf(one, keys, folders),
    );
    stacks.push({ name: one.label, keys, operation: config && operationContext(config.text) });
  }
  return { stacks, failures: attempts.failures, isWhole };
}

/** What several stacks are read with: one that cannot be read keeps nobody from the others. */
class Attempts {
  readonly failures: string[] = [];

  async read<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      const why = error instanceof PulumiFailedError ? error.summary : error.message;
      this.failures.push(`${what} could not be read: ${why}`);
      return undefined;
    }
  }
}

async function namesOf(asked: AskedStacks, attempts: Attempts): Promise<StackName[]> {
  const names: StackName[] = asked.names.map((name) => ({ name, label: name }));
  for (const backend of [...(asked.all ? [undefined] : []), ...asked.backends]) {
    const what = backend === undefined ? "The list of stacks" : `The list of stacks at ${shown(backend)}`;
    names.push(...((await attempts.read(what, () => stacksOf(backend))) ?? []));
  }
  return unique(names);
}

async function statesOf(names: readonly StackName[], attempts: Attempts): Promise<StateOf[]> {
  const states: StateOf[] = [];
  for (const some of chunks(names)) {
    const read = some.map(async (one) => {
      const state = await attempts.read(`The stack ${one.label}`, () => stackOf(one).state());
      return state && { ...one, state };
    });
    states.push(...(await Promise.all(read)).filter((one) => one !== undefined));
  }
  return states;
}

async function readOne(name: string | undefined, folders: ReadonlyMap<string, string>): Promise<ReadStack> {
  const stack = new Stack(name);
  const state = await stack.state();
  const keys = managedKeys(state);
  // The selected stack is one of the project in this folder.
  const isSelected = name === undefined && keys.length > 0;
  const text = isSelected
    ? await stack.connections()
    : (await configOf({ name, label: "", state }, keys, folders)).text;
  return { name: name ?? keys[0]?.stack ?? "the selected stack", keys, operation: operationContext(text) };
}

/** Text of the connections in a stack's config, which only the files of its project have; elsewhere the environment has all. */
async function configOf(
  one: StateOf,
  keys: readonly ManagedKey[],
  folders: ReadonlyMap<string, string>,
): Promise<{ readonly text: string | undefined }> {
  const folder = folders.get(projectIn(one.state) ?? "");
  if (keys.length === 0 || folder === undefined) return { text: undefined };
  return { text: await stackOf(one, folder).connections() };
}

function stackOf({ name, backend }: StackName, folder?: string): Stack {
  return new Stack(name, { folder, backend });
}

/** Every stack of a backend, of whichever project. */
async function stacksOf(backend: string | undefined): Promise<StackName[]> {
  const place: PulumiPlace = { backend };
  const listed = (await pulumiJson(["stack", "ls", "--all", "--json"], place)) as readonly { name: string }[];
  return listed.map(({ name }) =>
    backend === undefined ? { name, label: name } : { name, backend, label: `${shown(backend)}: ${name}` },
  );
}

/** An address without what may be a password. */
function shown(backend: string): string {
  const url = URL.parse(backend);
  return url === null ? "a backend" : `${url.protocol}//${url.host}${url.pathname}`;
}

/** Folders of projects by their names, that of this folder first. */
function projectFolders(given: readonly string[]): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const folder of [process.cwd(), ...given]) {
    const name = projectName(folder);
    if (name !== undefined && !folders.has(name)) folders.set(name, folder);
  }
  return folders;
}

function unique(names: readonly StackName[]): StackName[] {
  return [...new Map(names.map((one) => [JSON.stringify([one.backend, one.name]), one])).values()];
}

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / parallel) }, (_, index) =>
    items.slice(index * parallel, (index + 1) * parallel),
  );
}
