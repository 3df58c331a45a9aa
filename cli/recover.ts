import { ApiKeysError } from "../provider/errors";
import { type Leftover, leftover, type World } from "../provider/lifecycle";
import { printable } from "../provider/printable";
import { resourceType } from "../provider/resourceType";
import { configKey } from "../provider/settings";
import { systemWorld } from "../provider/systemWorld";
import { type Command, CommandError, parseOptions } from "./command";
import { confirm } from "./confirm";
import { pulumi, pulumiJson } from "./pulumi";

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
    const state = (await pulumiJson(["stack", "export", ...which])) as Export;
    const pending = state.deployment.pending_operations ?? [];
    const creates = pending.filter(isCreate);
    if (creates.length === 0) {
      say("No API key was being created when this stack's last operation ended. Nothing to recover.");
      return;
    }
    const world = systemWorld(await connections(which));
    const found = await Promise.all(creates.map((operation) => look(world, operation, trackedKeys(state))));
    const condemned = await judge(found, yes);
    await agreeToDrop(
      pending.filter((operation) => !isCreate(operation)),
      yes,
    );
    // Only now, with the stack held: of an `up` that still runs, a key would be on its way into the state.
    await clear(state, which);
    await revokeAll(condemned);
    say(
      `${creates.length} pending ${creates.length === 1 ? "operation is" : "operations are"} cleared. Run pulumi up to create what is missing.`,
    );
  },
};

/** A key to be revoked, with what it was found by. */
interface Condemned {
  readonly leftover: Leftover;
  readonly key: Leftover["keys"][number];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function isCreate({ type, resource }: PendingOperation): boolean {
  return type === "creating" && resource.type === resourceType;
}

function trackedKeys(state: Export): ReadonlySet<string> {
  const ids = (state.deployment.resources ?? []).map(({ outputs }) => outputs?.keyId);
  return new Set(ids.filter((id) => typeof id === "string"));
}

/** The stack's connections, if its config has any; the environment may say all there is to say. */
async function connections(which: readonly string[]): Promise<string | undefined> {
  const config = (await pulumiJson(["config", "--json", "--show-secrets", ...which])) as Record<
    string,
    { value?: string }
  >;
  return config[configKey]?.value;
}

async function look(
  world: World,
  { resource }: PendingOperation,
  tracked: ReadonlySet<string>,
): Promise<Leftover> {
  try {
    return await leftover(world, resource.inputs ?? {}, tracked);
  } catch (error) {
    if (!(error instanceof ApiKeysError)) throw error;
    throw new CommandError(
      `${resource.urn.split("::").at(-1)}: ${error.message} Nothing was revoked or cleared.`,
    );
  }
}

/** Which of the keys are to go. A no says that a key is somebody else's. */
async function judge(found: readonly Leftover[], yes: boolean): Promise<Condemned[]> {
  const condemned: Condemned[] = [];
  for (const leftover of found) {
    const { label, keys, ours } = leftover;
    if (keys.length === 0) say(`${label}: the vendor has no such key.`);
    for (const key of keys) {
      say(
        `${label}: the vendor has ${printable(key.id)}, created ${printable(String(key.fields.createdAt ?? "at an untold time"))}.`,
      );
      if (yes && !ours) {
        throw new CommandError(
          `${label}: its name is fixed by the program, so ${printable(key.id)} may be someone else's. Nothing was revoked or cleared; run this without --yes and answer for it.`,
        );
      }
      const doubt = ours ? "" : " Its name is fixed by the program, so it may be someone else's.";
      if (yes || (await confirm(`Revoke ${printable(key.id)}?${doubt}`))) condemned.push({ leftover, key });
    }
  }
  return condemned;
}

/** The engine has no way to clear one pending operation: it clears all. */
async function agreeToDrop(others: readonly PendingOperation[], yes: boolean): Promise<void> {
  if (others.length === 0) return;
  say("These operations of other resources are pending as well, and would be cleared with ours:");
  for (const { type, resource } of others) say(`  ${type} ${resource.urn}`);
  if (!yes && (await confirm("Have you noted them, to look after them yourself?"))) return;
  throw new CommandError(
    "Nothing was revoked or cleared; run this without --yes once the others may be cleared.",
  );
}

/** Clears the pending operations. It needs the stack's lock, which a running operation holds. */
async function clear(state: Export, which: readonly string[]): Promise<void> {
  state.deployment.pending_operations = [];
  try {
    await pulumi(["stack", "import", ...which], JSON.stringify(state));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(
      "The stack could not be written, so nothing was revoked. If an operation is running, wait for it; if it was killed, run `pulumi cancel`; then run this again.",
    );
  }
}

async function revokeAll(condemned: readonly Condemned[]): Promise<void> {
  const left: string[] = [];
  for (const { leftover, key } of condemned) {
    try {
      await leftover.revoke(key);
      say(`${leftover.label}: ${printable(key.id)} is revoked.`);
    } catch (error) {
      if (!(error instanceof ApiKeysError)) throw error;
      left.push(`${leftover.label}: ${error.message} Revoke ${printable(key.id)} at the vendor yourself.`);
    }
  }
  if (left.length > 0) throw new CommandError(left.join("\n"));
}
