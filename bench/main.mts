/**
 * `npm run bench`: measures and writes; see options.mts.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { relative } from "node:path";
import { ensureEngine } from "../scripts/engine/ensureEngine.mts";
import { Unavailable } from "../scripts/engine/unavailable.mts";
import { measureCell } from "./cell.mts";
import { measureLoading } from "./loading/loading.mts";
import { help, type Options, readOptions } from "./options.mts";
import { installation } from "./package/install.mts";
import { ourProgram, peersOn } from "./peers/peers.mts";
import { useScratchFolder } from "./process/scratch.mts";
import { chart } from "./report/chart.mts";
import { printed } from "./report/print.mts";
import { situationTitle } from "./report/situation.mts";
import { peerTitles } from "./report/titles.mts";
import { isSameCell, type Results, readResults, writeResults } from "./results.mts";
import { measureSettings } from "./settings/settings.mts";

const log = (line: string) => process.stderr.write(`bench: ${line}\n`);

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await bench(options);
  else process.stdout.write(help);
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function bench(options: Options): Promise<void> {
  useScratchFolder();
  const { binDir, version } = await ensureEngine({ log });
  const results = await measure(options, binDir, begin(options, version));
  process.stdout.write(`${printed(results)}\n`);
  writeFileSync(options.chartFile, chart(results));
  const files = [options.resultsFile, options.chartFile].map((file) => relative(process.cwd(), file));
  log(`written: ${files.join(", ")}${options.whole ? "; npm run docs takes them into the documents" : ""}`);
}

function begin({ resume, resultsFile }: Options, pulumi: string): Results {
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? "unknown",
    node: process.versions.node,
    pulumi,
  };
  const before = resume ? readResults(resultsFile) : undefined;
  return { measuredAt: new Date().toISOString(), machine, cells: [], ...before };
}

/** Writes the results after each step, so that an interrupted run can be resumed. */
async function measure(
  { plan, whole, resultsFile }: Options,
  binDir: string,
  before: Results,
): Promise<Results> {
  const installed = installation(log);
  const peers = peersOn({ binDir, installation: installed, log });
  let results = before;
  const keep = (more: Partial<Results>) => {
    results = { ...results, ...more };
    writeResults(resultsFile, results);
  };
  for (const [index, cellPlan] of plan.entries()) {
    const place = `${index + 1}/${plan.length} ${peerTitles[cellPlan.peer]}, ${situationTitle(cellPlan)}`;
    if (results.cells.some((cell) => isSameCell(cell, cellPlan))) {
      log(`${place}: measured before`);
      continue;
    }
    const startedMs = performance.now();
    const cell = await measureCell(peers[cellPlan.peer], cellPlan);
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    log(`${place}: ${seconds} s${cell.missing === undefined ? "" : `; ${cell.missing}`}`);
    keep({ cells: [...results.cells, cell] });
  }
  if (whole && !results.loading) keep({ loading: await measureLoading(await installed(), log) });
  if (whole && !results.settings) {
    const { modules } = await installed();
    keep({ settings: await measureSettings(ourProgram, { modules, binDir }, log) });
  }
  return results;
}
