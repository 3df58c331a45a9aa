import { spawnSync } from "node:child_process";

/** Languages of programs that are no TypeScript. */
export type Language = "yaml" | "python" | "go";

/**
 * A suite on programs in a language. Where what builds or runs them is missing, each of its tests counts as skipped. Go
 * builds the language hosts, and the generators of packages.
 */
export function describeIn(language: Language, title: string, suite: () => void): void {
  const missing = missingFor(language);
  if (missing === undefined) describe(title, suite);
  else describe.skip(`${title} (skipped: ${missing})`, suite);
}

function missingFor(language: Language): string | undefined {
  if (!works("go", "version")) return "there is no Go on PATH";
  if (language === "python" && !works("python3", "-c", "import venv, ensurepip")) {
    return "there is no python3 with venv on PATH";
  }
  return undefined;
}

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
