import { installPlugin, pluginFolder, pluginVersion, removePlugin } from "../sdk/plugin/installation";
import { type Command, CommandError, parseOptions, printLine, UsageError } from "./command";

const actions: Readonly<Record<string, () => string>> = { install, remove };

export const plugin: Command = {
  summary: "installs and removes the resource plugin, which programs in other languages than TypeScript need",
  help: `Usage: pulumi-apikeys plugin install
       pulumi-apikeys plugin remove

install puts version ${pluginVersion} of the resource plugin where Pulumi's engine looks for it: into the folder "plugins" of
PULUMI_HOME, or of ~/.pulumi. Programs in Python, Go and YAML need it, and so do \`pulumi destroy\` and
\`pulumi import\` on a machine that has not run the program yet. A program with pulumi-apikeys/plugin does this by itself.
remove deletes this version.

The plugin runs on the Node.js that runs this command. Where that is gone, it runs on the one on PATH.
`,
  async run(args) {
    const { words } = parseOptions(args, {}, 1);
    const [word] = words;
    if (word === undefined) throw new UsageError("The action is missing: install or remove.");
    const act = Object.hasOwn(actions, word) ? actions[word] : undefined;
    if (act === undefined)
      throw new UsageError(`There is no action ${JSON.stringify(word)}: it is install or remove.`);
    try {
      printLine(act());
    } catch (error) {
      throw new CommandError((error as Error).message);
    }
  },
};

function install(): string {
  const isNew = installPlugin(process.env);
  const folder = pluginFolder(process.env);
  return isNew
    ? `Version ${pluginVersion} of the plugin is installed in ${folder}.`
    : `Version ${pluginVersion} of the plugin is already installed in ${folder}.`;
}

function remove(): string {
  const wasThere = removePlugin(process.env);
  const folder = pluginFolder(process.env);
  return wasThere
    ? `Version ${pluginVersion} of the plugin is removed from ${folder}.`
    : `Version ${pluginVersion} of the plugin is not in ${folder}.`;
}
