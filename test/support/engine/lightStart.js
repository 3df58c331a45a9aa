const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");

// Preloaded into the processes that the engine starts, to spare them a third of what they compute. Each loads two large
// libraries with Pulumi's SDK, which turns functions into text with them, and the keys' provider has none. Here they are
// loaded, as they are, when something is first asked of them. And each reads source maps for the stack traces of
// resources, which no test asks for.
const libraries = new Set(["typescript", "@npmcli/arborist"]);
const sourceMaps = "source-map-support/register";
const pulumi = /[\\/]@pulumi[\\/]pulumi[\\/](?!node_modules)/;

const { _resolveFilename: resolve } = Module;
// It has returned before the module runs, so that no frame of this file gets into what a program records of its calls.
Module._resolveFilename = function (request, parent, ...rest) {
  const file = resolve.call(this, request, parent, ...rest);
  if (!pulumi.test(parent?.filename ?? "")) return file;
  const exports = libraries.has(request) ? lazy(file) : request === sourceMaps ? {} : undefined;
  if (exports) Module._cache[file] ??= Object.assign(new Module(file), { exports, loaded: true });
  return file;
};

function lazy(file) {
  const known = { __esModule: true, version: versionOf(file) };
  let exports;
  const load = () => {
    if (!exports) {
      delete Module._cache[file];
      exports = require(file);
    }
    return exports;
  };
  return new Proxy(known, { get: (_, name) => (name in known ? known[name] : load()[name]) });
}

/** The SDK logs the compiler's, for which nothing has to be loaded. */
function versionOf(file) {
  const [folder] = /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? [];
  return folder && require(`${folder}/package.json`).version;
}

// The language host that the tests build is older than the engine, and prepares for TypeScript whatever a project says.
if (existsSync("Pulumi.yaml") && /^ +typescript: false$/m.test(readFileSync("Pulumi.yaml", "utf8"))) {
  delete process.env.PULUMI_NODEJS_TYPESCRIPT;
}
