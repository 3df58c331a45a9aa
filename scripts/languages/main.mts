/** Gets what programs in other languages run on, for their tests: `npm run languages -- --only yaml`. */
import { buildMain } from "../builds/main.mts";
import { ensureLanguage } from "./ensure.mts";
import { languageBuilds } from "./hosts.mts";
import { ensurePythonPackages } from "./pythonPackages.mts";

const builds = languageBuilds.map((build) => ({
  name: build.name,
  ensure: (...how: [log: (line: string) => void, signal: AbortSignal]) => ensureLanguage(build, ...how),
}));

await buildMain(
  "languages",
  [...builds, { name: "python-packages", ensure: ensurePythonPackages }],
  ({ ensure }, log, signal) => ensure(log, signal),
);
