import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../../scripts/engine/heartbeat.mts";
import { nodeProgram, PulumiStack, type Surroundings, withoutCheckpoints } from "../peers/pulumiStack.mts";
import type { EngineSetting, Settings } from "../results.mts";
import { Vendor } from "../vendor/vendor.mts";

const keys = 100;
const latencyMs = 20;
const timeoutMs = 5 * 60_000;

/** What a user can set of the engine and of Node.js, by environment variables. */
const choices: readonly Omit<EngineSetting, "upMs">[] = [
  { title: "nothing set", variables: {} },
  { title: "32 steps at once", variables: { PULUMI_PARALLEL: "32" } },
  { title: "one step at a time", variables: { PULUMI_PARALLEL: "1" } },
  { title: "state compressed", variables: { PULUMI_DIY_BACKEND_GZIP: "true" } },
  { title: "no backups of the state", variables: { PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true" } },
  { title: "state written at the end alone", variables: withoutCheckpoints },
];

/** The time of a first `up` of our keys under each setting, and how often the engine writes the state in it. */
export async function measureSettings(file: string, surroundings: Surroundings, log: Log): Promise<Settings> {
  const vendor = await Vendor.start({ latencyMs, limitPerSecond: null });
  const cache = mkdtempSync(join(tmpdir(), "pulumi-apikeys-bench-cache-"));
  const up = async (variables: Readonly<Record<string, string>>) => {
    const setting = { keys, vendor: vendor.address, checkpoints: true, timeoutMs };
    const stack = await PulumiStack.open(nodeProgram(file), surroundings, setting, variables);
    try {
      const { wallMs } = await stack.run("up");
      return { wallMs, checkpoints: stack.retainedCheckpoints() };
    } finally {
      await stack.remove();
    }
  };
  try {
    const engine: EngineSetting[] = [];
    for (const choice of choices) {
      log(`a first up of ${keys} keys, ${choice.title} ...`);
      engine.push({ ...choice, upMs: (await up(choice.variables)).wallMs });
    }
    const compiled = { NODE_COMPILE_CACHE: cache };
    log("the same with Node.js's compile cache, which is filled first ...");
    await up(compiled);
    engine.push({
      title: "compiled modules kept",
      variables: { NODE_COMPILE_CACHE: "a folder" },
      upMs: (await up(compiled)).wallMs,
    });
    const { checkpoints } = await up({ PULUMI_DIY_BACKEND_RETAIN_CHECKPOINTS: "true" });
    return { keys, latencyMs, engine, checkpoints };
  } finally {
    rmSync(cache, { recursive: true, force: true });
    await vendor.stop();
  }
}
