import { type Command, CommandError, parseOptions, UsageError } from "./command";
import { chosenPart, readGrants } from "./grants";
import { partOf } from "./keyParts";
import { maskInLog } from "./logMask";
import { environmentOf, runProgram } from "./program";
import { Stack } from "./stack";
import { stackKeys } from "./stackKeys";
import { storesOf } from "./stores";

export const exec: Command = {
  summary: "runs a command with the values of keys in its environment",
  help: `Usage: pulumi-apikeys exec --env <NAME>=<key>[:<part>]... [--stack <name>] [--allow-inactive]
                           [--pass-environment] -- <command> [<argument>...]

Gives the values of a stack's keys to one process, as environment variables, and to nothing else: they are in no file and in
no argument. <key> is the logical name of the key's resource, or its URN where several have the name. <part> is value, which
is the default, previousValue, keyId, or another output of the key, such as expiresAt. A value comes from the stack's state;
with valueInState: false it is read back from a store to which it was delivered, and compared with the state's fingerprint.

In GitHub Actions and Azure Pipelines the secrets among them are masked in the job's log before the command starts: lines
on standard output tell the runner. So do not capture this command's output there. GitLab masks nothing at run time.

Options:
  --env <NAME>=<key>[:<part>]  a variable, and what it holds; once for each.
  --stack <name>               the stack. Default: the selected one.
  --allow-inactive             also give what belongs to a key that was revoked, rotated at the vendor, or has expired.
  --pass-environment           let the command have APIKEYS_*, PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE and
                               PULUMI_ACCESS_TOKEN too, with which it could make and read all other keys.

Exit status: that of the command, or 128 and the number of the signal that ended it; 127 when there is no such program, 126
when it cannot be run. Before the command starts: 1 when it cannot have what it is to be given, 2 when the command line is
wrong. SIGINT, SIGTERM and SIGHUP are passed on.
`,
  async run(args) {
    const end = args.indexOf("--");
    const [program, ...programArgs] = end < 0 ? [] : args.slice(end + 1);
    const { options } = parseOptions(end < 0 ? args : args.slice(0, end), {
      env: { type: "string", multiple: true },
      stack: { type: "string" },
      "allow-inactive": { type: "boolean", default: false },
      "pass-environment": { type: "boolean", default: false },
    });
    const grants = readGrants(options.env ?? []);
    if (program === undefined)
      throw new UsageError("The command is missing: name it behind --, such as -- ./deploy.sh.");

    const folder = process.cwd();
    const stack = new Stack(options.stack);
    const keys = stackKeys(await stack.decryptedState());
    const given = grants.map((grant) => ({ variable: grant.variable, ...chosenPart(grant, keys) }));
    const stores = storesOf(stack);
    const variables: Record<string, string> = {};
    const secrets: string[] = [];
    for (const { variable, key, part } of given) {
      const { text, isSecret } = await partOf(key, part, {
        stores,
        nowMs: Date.now(),
        allowInactive: options["allow-inactive"],
      });
      if (text.includes("\0"))
        throw new CommandError(`The ${part} of the ${key.label} cannot be in a variable.`);
      variables[variable] = text;
      if (isSecret) secrets.push(text);
    }
    maskInLog(secrets, process.env);
    const environment = environmentOf(process.env, options["pass-environment"]);
    process.exitCode = await runProgram(program, programArgs, folder, { ...environment, ...variables });
  },
};
