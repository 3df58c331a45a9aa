/** What the engine starts: on Windows a batch file, elsewhere a shell script; or a single executable in their place. */
import { statSync } from "node:fs";

const advice =
  "The plugin of pulumi-apikeys needs Node.js 22.19 or later, and there is no node on PATH. Install Node.js, and run the same command again.";

/** Node.js as it was when the plugin was installed, or else the one on PATH: an engine may run without either. */
export function shellScript(node: string, bundle: string): string {
  // No other program is asked, for PATH may be empty.
  return `#!/bin/sh
node='${node.replaceAll("'", "'\\''")}'
[ -x "$node" ] || node=$(command -v node) || {
  echo "${advice}" >&2
  exit 1
}
exec "$node" "\${0%/*}/${bundle}" "$@"
`;
}

/** The same for Windows, whose percent signs stand for variables. */
export function commandFile(node: string, bundle: string): string {
  const lines = [
    "@echo off",
    `set "node=${node.replaceAll("%", "%%")}"`,
    'if not exist "%node%" set "node=node"',
    'where "%node%" >nul 2>nul || if not exist "%node%" (',
    `  echo ${advice} 1>&2`,
    "  exit /b 1",
    ")",
    `"%node%" "%~dp0${bundle}" %*`,
    "",
  ];
  return lines.join("\r\n");
}

/** Whether a file is the plugin with Node.js in it, as `pulumi plugin install` brings it, and no text of ours. */
export function isSingleExecutable(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size > 1_000_000;
}
