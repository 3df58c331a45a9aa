import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Child, root } from "../support/process/child";

const cli = (...args: string[]) => new Child("dist/cli/main.js", args);

describe("pulumi-apikeys sandbox", () => {
  it("starts the vendors, tells how to reach them, and stops on SIGTERM", async () => {
    const child = cli("sandbox", "--port", "0");
    await child.says("Press Ctrl-C to stop.");
    const url = /^export APIKEYS_XENTREE_BASE_URL=(\S+)$/m.exec(child.stdout)?.[1] ?? "";
    expect((await fetch(`${url}/api/ping`)).status).toBe(401);
    child.kill("SIGTERM");
    expect(await child.exit).toBe(0);
    expect(child.stdout).toMatch(/The sandbox has stopped\.\n$/);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("says in a sentence that the port is taken, and what to do", async () => {
    const first = cli("sandbox", "--port", "0");
    await first.says("Press Ctrl-C to stop.");
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(first.stdout)?.[1] ?? "";
    const second = cli("sandbox", "--port", port);
    expect(await second.exit).toBe(1);
    expect(second.stderr).toBe(
      `The sandbox can't listen on 127.0.0.1:${port}: another process holds it. ` +
        "Choose another port: pulumi-apikeys sandbox --port <number>\n",
    );
    first.kill("SIGINT");
    expect(await first.exit).toBe(0);
  });
});

describe("pulumi-apikeys", () => {
  it.each([
    [["--help"], "Usage: pulumi-apikeys <command>"],
    [["sandbox", "--help"], "Usage: pulumi-apikeys sandbox"],
  ])("%j explains and succeeds", async (args, beginning) => {
    const child = cli(...args);
    expect(await child.exit).toBe(0);
    expect(child.stdout.startsWith(beginning)).toBe(true);
  });

  it.each([
    [[], "A command is missing. Try: pulumi-apikeys --help"],
    [["sandbx"], 'There is no command "sandbx". Did you mean sandbox? Try: pulumi-apikeys --help'],
    [["--port"], 'There is no option "--port". Try: pulumi-apikeys --help'],
    [["sandbox", "--prot", "1"], "Unknown option '--prot'. Try: pulumi-apikeys sandbox --help"],
    [["sandbox", "now"], "Unexpected argument 'now'. Try: pulumi-apikeys sandbox --help"],
    [["sandbox", "--port"], "--port needs a value. Try: pulumi-apikeys sandbox --help"],
    [
      ["sandbox", "--port", "high"],
      '--port is "high", but has to be a number from 0 to 65535. Try: pulumi-apikeys sandbox --help',
    ],
  ])("%j does nothing, says why in a sentence and exits with 2", async (args, sentence) => {
    const child = cli(...args);
    expect(await child.exit).toBe(2);
    expect(child.stderr).toBe(`${sentence}\n`);
    expect(child.stdout).toBe("");
  });

  it("says in a sentence that Node.js is too old, before a library could fail in words of its own", async () => {
    const older = "data:text/javascript,Object.defineProperty(process,'version',{value:'v20.20.2'})";
    const child = new Child("dist/cli/main.js", ["--help"], { NODE_OPTIONS: `--import="${older}"` });
    expect(await child.exit).toBe(1);
    expect(child.stderr).toMatch(
      /^pulumi-apikeys needs Node\.js 22\.19 or later, but this is v20\.20\.2\. Put/,
    );
  });

  it("is what the package installs as its command", () => {
    const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(bin).toEqual({ "pulumi-apikeys": "./dist/cli/main.js" });
  });
});
