import { interruptible } from "../builds/interruptible.mts";
import { ensureEngine } from "./ensureEngine.mts";

const log = (line: string) => process.stderr.write(`engine: ${line}\n`);

await interruptible(async (signal) => {
  const { binDir } = await ensureEngine({ log, signal });
  process.stdout.write(`${binDir}\n`);
});
