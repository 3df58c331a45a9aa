/** Builds the language hosts, and the code generators, for the tests of programs: `npm run languages -- --only yaml`. */
import { buildMain } from "../builds/main.mts";
import { ensureLanguage } from "./ensure.mts";
import { languageBuilds } from "./hosts.mts";

await buildMain("languages", languageBuilds, ensureLanguage);
