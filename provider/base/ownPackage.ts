import { readFileSync } from "node:fs";
import path from "node:path";

/** This package as it is installed: its folder and its version. */
export interface OwnPackage {
  readonly folder: string;
  readonly version: string;
}

/** Looks for this package's folder from one of its files upwards: the sources and what is compiled of them lie at other depths. */
export function ownPackage(from = __dirname): OwnPackage {
  try {
    const { name, version } = JSON.parse(readFileSync(path.join(from, "package.json"), "utf8"));
    if (name === "pulumi-apikeys") return { folder: from, version };
  } catch {
    // It is in a folder above.
  }
  const above = path.dirname(from);
  if (above === from) throw new TypeError("The files of pulumi-apikeys are in no package.");
  return ownPackage(above);
}
