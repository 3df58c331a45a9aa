import { resourceType } from "../../provider/base/resourceType";
import { operationContext } from "../../provider/host/operation";
import { type Command, CommandError, parseOptions, printLine, spanMs, UsageError } from "../command";
import { Stack } from "../stack";
import { stackKeys } from "../stackKeys";
import { storesOf } from "../stores";
import { keyStatus, unfinishedReplacements } from "./keys";
import { neededMs } from "./outlook";
import { nextSentence, statusJson, statusTable } from "./report";

/** Something is due within the time of `--within`. */
class DueError extends CommandError {
  override readonly name = "DueError";
  override readonly exitCode = 3;
}

const defaultWithin = "14d";

export const status: Command = {
  summary: "tells what the next `up` does with a stack's keys, and when one is needed",
  help: `Usage: pulumi-apikeys status [--stack <name>] [--refresh] [--watch-exit [--within <time>]] [--json]

Prints a stack's keys, with what the next \`pulumi up\` does with each, when one is needed after that, and when the key
expires; first the keys that need something soonest. It goes by the state, as the provider itself plans, and sends no request.
The program is taken to be the one of the last \`up\`: what has changed in it since, \`pulumi preview\` tells.

Pulumi decrypts the state for this, so it may ask for the stack's passphrase. No value is printed.

Options:
  --stack <name>   the stack. Default: the selected one.
  --refresh        also ask the vendors and the stores, as \`pulumi refresh\` does; the state is not changed.
  --watch-exit     end with status 3 when something is due within the time of --within.
  --within <time>  how far --watch-exit looks ahead. Default: ${defaultWithin}.
  --json           print JSON: an object with \`keys\`.

Exit status: 0 when all is well, 1 when the status of a key cannot be told, 2 when the command line is wrong, 3 with
--watch-exit when something is due: an \`up\` has something to do for a key, or a key ends that nothing renews.
`,
  async run(args) {
    const { options } = parseOptions(args, {
      stack: { type: "string" },
      refresh: { type: "boolean", default: false },
      "watch-exit": { type: "boolean", default: false },
      within: { type: "string" },
      json: { type: "boolean", default: false },
    });
    const within = options.within ?? defaultWithin;
    const withinMs = spanMs("--within", within, defaultWithin);
    if (options.within !== undefined && !options["watch-exit"])
      throw new UsageError("--within says how far --watch-exit looks ahead, which is missing.");

    const stack = new Stack(options.stack);
    const state = await stack.decryptedState();
    const looks = options.refresh;
    const connections = looks ? await stack.connections() : undefined;
    const operation = operationContext(connections);
    const stores = storesOf(stack);
    const current = await Promise.all(
      stackKeys(state).map(async (key) => {
        const opened = looks && key.outputs.delivered !== undefined ? { stores: await stores() } : {};
        return keyStatus({ ...operation, ...opened }, key, looks);
      }),
    );
    const keys = [...current, ...unfinishedReplacements(state)];
    const nowMs = operation.now();
    if (options.json) process.stdout.write(statusJson(keys, nowMs, looks));
    else if (keys.length === 0) printLine("This stack has no API keys.");
    else {
      process.stdout.write(statusTable(keys, nowMs));
      printLine("");
      printLine(nextSentence(keys, nowMs));
    }
    const interrupted = state.pending.filter(({ resource }) => resource.type === resourceType);
    const problems = [
      ...keys.flatMap(({ key, problem }) => (problem === undefined ? [] : [`${key.name}: ${problem}`])),
      ...(interrupted.length > 0
        ? [
            "An operation on the stack's keys was interrupted. Run `npx pulumi-apikeys recover` before the next `up`.",
          ]
        : []),
    ];
    if (problems.length > 0) throw new CommandError(problems.join("\n"));
    const due = keys.filter(({ outlook }) => {
      const atMs = outlook && neededMs(outlook, nowMs);
      return atMs !== undefined && atMs <= nowMs + withinMs;
    });
    if (options["watch-exit"] && due.length > 0) {
      const names = due.map(({ key }) => key.label).join(", ");
      throw new DueError(`Something is due within ${within}: ${names}.`);
    }
  },
};
