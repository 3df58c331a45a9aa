import { readFileSync } from "node:fs";
import ts from "typescript";

/** A TypeScript file as CommonJS, which is what Pulumi runs. */
export function compiled(file: string): string {
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2023,
      esModuleInterop: true,
    },
  });
  return outputText;
}
