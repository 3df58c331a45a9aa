import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Installation } from "../package/install.mts";
import { type Compared, compareTimes } from "./compare.mts";

const repeats = 3;
const require = createRequire(import.meta.url);

const programs = {
  empty: `import { secret } from "@pulumi/pulumi";\nexport const value = secret("empty");\n`,
  ours: `import { secret } from "@pulumi/pulumi";
import { xentree } from "pulumi-apikeys";
export const value = secret(new xentree.ApiKey("ci", { permissions: ["read"] }).value);
`,
};

/** A program that imports Pulumi's SDK, and one that declares a key with us. */
export function measureTypeCheck({ dir }: Installation): Promise<Compared> {
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
  const typeRoots = join(dirname(require.resolve("@types/node/package.json")), "..");
  const command = (name: keyof Compared) => {
    writeFileSync(join(dir, `${name}.ts`), programs[name]);
    const options = { strict: "", module: "node16", target: "es2023", types: "node", typeRoots };
    const flags = Object.entries(options).flatMap(([option, value]) => [
      `--${option}`,
      ...(value ? [value] : []),
    ]);
    return [tsc, "--noEmit", "--skipLibCheck", ...flags, `${name}.ts`];
  };
  return compareTimes(dir, { empty: command("empty"), ours: command("ours") }, repeats);
}
