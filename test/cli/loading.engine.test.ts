import { commands } from "../../cli/commands";
import { loadedModules } from "../support/process/loadedModules";

const calling = /node_modules[\\/](@grpc|@pulumi[\\/]pulumi|undici)[\\/]/;
const reading = /node_modules[\\/](yaml|@scalar|@apidevtools)[\\/]|dist[\\/]draft[\\/]/;

describe("before it runs, a command of pulumi-apikeys has loaded", () => {
  it.each(Object.keys(commands))(
    "in %s nothing that calls an engine or a vendor, or reads a document",
    (command) => {
      const unwanted = command === "draft" ? [calling] : [calling, reading];
      const loaded = loadedModules(`require("./dist/cli/commands").commands.${command}()`);
      expect(loaded.filter((file) => unwanted.some((pattern) => pattern.test(file)))).toEqual([]);
    },
  );
});
