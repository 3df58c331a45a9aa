import { execFileSync } from "node:child_process";
import { commands } from "../../cli/commands";
import { repository } from "../support/engine/environment";

/** Modules that a command has loaded before it runs. */
function loadedBy(command: string): string[] {
  const script = `require("./dist/cli/commands").commands[${JSON.stringify(command)}](); console.log(JSON.stringify(Object.keys(require.cache)));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: repository, encoding: "utf8" }));
}

const calling = /node_modules[\\/](@grpc|@pulumi[\\/]pulumi|undici)[\\/]/;
const reading = /node_modules[\\/](yaml|@scalar|@apidevtools)[\\/]|dist[\\/]draft[\\/]/;

describe("before it runs, a command of pulumi-apikeys has loaded", () => {
  it.each(Object.keys(commands))(
    "in %s nothing that calls an engine or a vendor, or reads a document",
    (command) => {
      const isUnwanted = command === "draft" ? calling : new RegExp(`${calling.source}|${reading.source}`);
      expect(loadedBy(command).filter((file) => isUnwanted.test(file))).toEqual([]);
    },
  );
});
