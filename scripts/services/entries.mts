/**
 * Writes what programs import of the catalog into dist/services, one module for each service and one for all, for each
 * host of the provider: they follow from the definitions, and a service is then one file of data.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { catalog } from "./catalog.mts";

interface Host {
  /** Below dist/services. */
  readonly folder: string;
  /** What has defineService, from that folder. */
  readonly sdk: string;
  /** What defineService returns. */
  readonly type: string;
  readonly definitions: string;
}

const hosts: readonly Host[] = [
  { folder: "", sdk: "../sdk/index", type: "Service", definitions: "./definitions" },
  { folder: "plugin", sdk: "../../sdk/plugin/index", type: "PluginService", definitions: "../definitions" },
];

/** Writes the modules of all services. */
export function writeEntries(): void {
  const services = catalog();
  for (const host of hosts) {
    const folder = path.join("dist", "services", host.folder);
    mkdirSync(folder, { recursive: true });
    const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
    for (const { name, comment } of services) {
      write(`${name}.js`, moduleOf(name, host));
      write(`${name}.d.ts`, declarationOf(name, comment, host));
    }
    const names = services.map(({ name }) => name);
    const reexported = names.map((name) => `export { ${name} } from "./${name}.js";\n`).join("");
    write("index.js", lazyIndex(names));
    write("index.mjs", reexported);
    write("index.d.ts", reexported);
    write("index.d.mts", reexported);
  }
}

function moduleOf(name: string, { sdk, definitions }: Host): string {
  return `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.${name} = void 0;
const { defineService } = require("${sdk}");
const definition = require("${definitions}/${name}").${name};
exports.${name} = defineService(definition);
`;
}

function declarationOf(name: string, comment: string, { sdk, type, definitions }: Host): string {
  return `import type { ${type} } from "${sdk}";
import type { ${name} as definition } from "${definitions}/${name}";
${comment}
export declare const ${name}: ${type}<typeof definition>;
`;
}

/** For \`require\`: a service is loaded when it is asked for, and no other. */
function lazyIndex(names: readonly string[]): string {
  const getters = names.map(
    (name) => `  ${name}: { enumerable: true, get: () => require("./${name}").${name} },\n`,
  );
  return `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
Object.defineProperties(exports, {
${getters.join("")}});
`;
}
