import { relative } from "node:path";
import { type Sandbox, startSandbox } from "../../dist/sandbox/index.js";
import { ensureEngine } from "../engine/ensureEngine.mts";
import { Unavailable } from "../engine/unavailable.mts";
import { TOUR_KEYS } from "./keys.mts";
import { checksHeld, heading, print, say, TourFailure } from "./narrate.mts";
import { Stage } from "./stage.mts";
import { STEPS } from "./tour.mts";
import { makeWorkspace, programFile, removeWorkspace, type Workspace } from "./workspace.mts";

const EXIT_CODES: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

const interruption = new AbortController();
const { signal } = interruption;
// Not only once: a second Ctrl-C must not end the cleaning up that the first one started.
for (const name of Object.keys(EXIT_CODES)) process.on(name, () => interruption.abort(name));
// The reader has closed the pipe, as in `npm start | head`.
process.stdout.on("error", () => interruption.abort("SIGHUP"));

const startedMs = performance.now();
let workspace: Workspace | undefined;
let sandbox: Sandbox | undefined;
try {
  print("pulumi-apikeys: the life of three API keys under a real `pulumi up`.");
  heading("Getting ready");
  const engine = await ensureEngine({ log: (line) => say(`engine: ${line}`), signal });
  sandbox = await startSandbox();
  say(`sandbox: ${sandbox.url} plays the vendors: Xentree, the Applications API and SendKit`);
  workspace = await makeWorkspace();
  say("state and settings: in a temporary folder, which is deleted at the end");
  say(`program: ${relative(process.cwd(), programFile)}, which declares a key at each`);
  for (const { name, title } of TOUR_KEYS) say(`   ${name.padEnd(7)}  ${title}`);
  await takeTour(new Stage(workspace, sandbox, engine.binDir, signal));
} catch (error) {
  report(error);
} finally {
  await sandbox?.close();
  if (workspace) await removeWorkspace(workspace);
}
if (signal.aborted) print("\nInterrupted. The sandbox has stopped, and the temporary folder is deleted.");
else if (!process.exitCode) {
  heading(`All ${checksHeld()} checks held, in ${Math.round((performance.now() - startedMs) / 1_000)} s.`);
  say("The sandbox has stopped and the folder is deleted. To play by hand: npx pulumi-apikeys sandbox");
}

async function takeTour(stage: Stage): Promise<void> {
  await stage.open();
  for (const [at, { title, run }] of STEPS.entries()) {
    heading(`${at + 1}/${STEPS.length}  ${title}`);
    try {
      await run(stage);
    } catch (error) {
      if (!(error instanceof TourFailure)) throw error;
      throw new TourFailure(
        `✗ Step ${at + 1}, "${title}", failed: ${error.message}\n\n` +
          `All that the last command said:\n${stage.pulumi.lastOutput.replaceAll(/^/gm, "    ")}`,
      );
    }
  }
}

function report(error: unknown): void {
  if (signal.aborted) {
    process.exitCode = EXIT_CODES[signal.reason];
    return;
  }
  process.exitCode = 1;
  const expected = error instanceof TourFailure || error instanceof Unavailable;
  // Any other error is a bug of this package, so its stack helps a report.
  process.stderr.write(`\n${expected ? error.message : error instanceof Error ? error.stack : error}\n`);
}
