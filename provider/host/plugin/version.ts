import { readFileSync } from "node:fs";
import path from "node:path";

declare const PLUGIN_VERSION: string | undefined;

/** Version of the package, which is the plugin's. A bundle has it in its text, and no package.json beside it. */
export const version: string =
  typeof PLUGIN_VERSION === "string"
    ? PLUGIN_VERSION
    : (
        JSON.parse(readFileSync(path.join(__dirname, "../../../../package.json"), "utf8")) as {
          version: string;
        }
      ).version;
