import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Puts all temporary folders of this process and of those that it starts into one folder, and deletes that at the end, also
 * after an interruption.
 */
export function useScratchFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apikeys-bench-"));
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  process.once("exit", () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  );
  // Without a handler a signal would end the process before anything is deleted.
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}
