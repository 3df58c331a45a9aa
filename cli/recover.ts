import { ApiKeysError } from "../provider/errors";
import { type Leftover, leftover, type World } from "../provider/lifecycle";
import { configKey } from "../provider/settings";
import { systemWorld } from "../provider/systemWorld";
import { type Command, CommandError, parseOptions } from "./command";
import { confirm } from "./confirm";
import { pulumi } from "./pulumi";

const resourceType = "pulumi-nodejs:dynamic/apikeys:ApiKey";

/** The parts of a stack export that are looked at; all else goes back as it came. */
interface Export {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    pending_operations?: readonly PendingOperation[];
  };
}
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
}
interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

export const recover: Command = {
  name: "recover",
  summary: "revokes keys that an interrupted `pulumi up` may have left at a vendor, and clears its traces",
  help: `Usage: pulumi-apikeys recover [--stack <name>] [--yes]

After a \`pulumi up\` that was killed, run \`pulumi cancel\` and then this in the project's folder. The stack's state
tells which keys were being created; each is looked for at its vendor under its exact name, shown, and revoked, for its
value was lost with the process. Then the pending operation is cleared, and the next \`pulumi up\` creates the key anew.

Options:
  --stack <name>  the stack. Default: the selected one.
  --yes           do not ask. A key whose name your program chose is never revoked without asking: it may be
                  someone else's.
`,
  async run(args) {
    const { stack, yes = false } = parseOptions(args, {
      stack: { type: "string" },
      yes: { type: "boolean" },
    });
    const which = stack === undefined ? [] : ["--stack", stack];
    const state = JSON.parse(await pulumi(["stack", "export", ...which])) as Export;
    const pending = (state.deployment.pending_operations ?? []).filter(isCreate);
    if (pending.length === 0) {
      process.stdout.write(
        "No API key was being created when this stack's last operation ended. Nothing to recover.\n",
      );
      return;
    }
    const world = systemWorld(await connections(which));
    const done = new Set<PendingOperation>();
    for (const operation of pending) {
      if (await settle(world, operation, trackedKeys(state), yes)) done.add(operation);
    }
    await clear(state, done, which);
    if (done.size < pending.length) {
      throw new CommandError("What was not settled is still pending; run pulumi-apikeys recover again.");
    }
  },
};

function isCreate({ type, resource }: PendingOperation): boolean {
  return type === "creating" && resource.type === resourceType;
}

function trackedKeys(state: Export): ReadonlySet<string> {
  const ids = (state.deployment.resources ?? []).map(({ outputs }) => outputs?.keyId);
  return new Set(ids.filter((id) => typeof id === "string"));
}

/** The stack's connections, if its config has any; the environment may say all there is to say. */
async function connections(which: readonly string[]): Promise<string | undefined> {
  const config = JSON.parse(await pulumi(["config", "--json", "--show-secrets", ...which])) as Record<
    string,
    { value?: string }
  >;
  return config[configKey]?.value;
}

/** @returns whether nothing of the operation is left */
async function settle(
  world: World,
  { resource }: PendingOperation,
  tracked: ReadonlySet<string>,
  yes: boolean,
): Promise<boolean> {
  try {
    const found = await leftover(world, resource.inputs ?? {}, tracked);
    if (found.keys.length === 0) {
      process.stdout.write(`${found.label}: the vendor has no such key.\n`);
      return true;
    }
    for (const key of found.keys) {
      process.stdout.write(
        `${found.label}: the vendor has ${key.id}, created ${key.fields.createdAt ?? "at an untold time"}.\n`,
      );
      if (!(await agreed(found, key.id, yes))) return false;
      await found.revoke(key);
      process.stdout.write(`${found.label}: ${key.id} is revoked.\n`);
    }
    return true;
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    process.stderr.write(`${resource.urn.split("::").at(-1)}: ${error.message}\n`);
    return false;
  }
}

async function agreed({ ours, label }: Leftover, keyId: string, yes: boolean): Promise<boolean> {
  if (yes && ours) return true;
  if (yes) {
    process.stderr.write(
      `${label}: its name is fixed by the program, so ${keyId} may be someone else's; run this without --yes.\n`,
    );
    return false;
  }
  return confirm(
    `Revoke ${keyId}?${ours ? "" : " Its name is fixed by the program, so it may be someone else's."}`,
  );
}

async function clear(
  state: Export,
  done: ReadonlySet<PendingOperation>,
  which: readonly string[],
): Promise<void> {
  if (done.size === 0) return;
  const rest = (state.deployment.pending_operations ?? []).filter((operation) => !done.has(operation));
  state.deployment.pending_operations = rest;
  await pulumi(["stack", "import", ...which], JSON.stringify(state));
  process.stdout.write(
    `${done.size} pending ${done.size === 1 ? "operation is" : "operations are"} cleared. Run pulumi up to create what is missing.\n`,
  );
}
