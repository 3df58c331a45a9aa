import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes one folder the place of all temporary ones, in this process and in those that it starts, and deletes it at the
 * end, an interruption included.
 */
export function useScratchFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apikeys-bench-"));
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  process.once("exit", () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  );
  // Without a handler of its own a signal ends the process and runs nothing.
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}
