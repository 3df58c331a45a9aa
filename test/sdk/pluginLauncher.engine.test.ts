import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commandFile, shellScript } from "../../sdk/plugin/launcher";

const folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-launcher-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

(process.platform === "win32" ? describe.skip : describe)("the launcher", () => {
  const launcher = path.join(folder, "launcher");
  const args = ["-v=9", "a b", "127.0.0.1:1"];
  const start = (node: string, search: string) => {
    writeFileSync(path.join(folder, "bundle.cjs"), "console.log(JSON.stringify(process.argv.slice(2)));");
    writeFileSync(launcher, shellScript(node, "bundle.cjs"), { mode: 0o755 });
    const { stdout, stderr, status } = spawnSync(launcher, args, { env: { PATH: search }, encoding: "utf8" });
    return { stdout, stderr, status };
  };
  const works = { stdout: `${JSON.stringify(args)}\n`, stderr: "", status: 0 };

  it("starts Node.js from a folder of any name, with nothing on PATH", () => {
    const odd = path.join(folder, `o'dd "$HOME" \`id\` \\ ü`);
    mkdirSync(odd);
    symlinkSync(process.execPath, path.join(odd, "node"));
    expect(start(path.join(odd, "node"), "")).toEqual(works);
  });

  it("takes the Node.js on PATH where its own is gone, and says so where there is none", () => {
    expect(start("/no/such/node", path.dirname(process.execPath))).toEqual(works);
    expect(start("/no/such/node", folder)).toEqual({
      stdout: "",
      stderr: expect.stringMatching(
        /^The plugin of pulumi-apikeys needs Node\.js 22\.19 or later, and .*\.\n$/,
      ),
      status: 1,
    });
  });
});

it("the launcher for Windows takes percent signs as they are", () => {
  const text = commandFile("C:\\100%PATH%\\node.exe", "bundle.cjs");
  expect(text).toContain('set "node=C:\\100%%PATH%%\\node.exe"\r\n');
  expect(text).toContain('"%node%" "%~dp0bundle.cjs" %*\r\n');
});
