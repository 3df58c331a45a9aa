const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");

// Preloaded into the processes that the engine starts, to spare them half of what they compute. Each loads large parts
// of libraries: of Pulumi's SDK what turns functions into text, which the keys' provider has none of, the Automation API,
// and what sends traces; of zod its messages in fifty languages. Here they are loaded, as they are, when something is
// first asked of them. And each reads source maps for the stack traces of resources, which no test asks for.
const libraries = new Set(["typescript", "./automation", "../locales/index.cjs"]);
const ofFunctions = /^@opentelemetry\/(?!api$)|^\.\/closure\/|^\.\/provider$/;
const sourceMaps = "source-map-support/register";
// Attaches a debugger to every program, in case that functions are turned into text.
const debugging = /\/v8Hooks$/;
const lightened = /[\\/](@pulumi[\\/]pulumi|zod)[\\/](?!node_modules)/;

const { _resolveFilename: resolve } = Module;
// It has returned before the module runs, so that no frame of this file gets into what a program records of its calls.
Module._resolveFilename = function (request, parent, ...rest) {
  const file = resolve.call(this, request, parent, ...rest);
  if (!lightened.test(parent?.filename ?? "")) return file;
  const exports = replacement(request, file);
  if (exports) Module._cache[file] ??= Object.assign(new Module(file), { exports, loaded: true });
  return file;
};

function replacement(request, file) {
  if (request === sourceMaps) return {};
  if (libraries.has(request)) return lazy(file);
  if (debugging.test(request)) return lazy(file, { isInitializedAsync: async () => {} });
  return ofFunctions.test(request) ? lazyFunctions(file) : undefined;
}

/** For what has its functions and classes taken out when the SDK is loaded, and called later if at all. */
function lazyFunctions(file) {
  const load = loader(file);
  const lazyFunction = (_, name) =>
    new Proxy(() => {}, {
      apply: (_, self, args) => Reflect.apply(load()[name], self, args),
      construct: (_, args) => Reflect.construct(load()[name], args),
    });
  return new Proxy({}, { get: lazyFunction });
}

function lazy(file, more = { version: versionOf(file) }) {
  const known = { __esModule: true, ...more };
  const load = loader(file);
  return new Proxy(known, { get: (_, name) => (name in known ? known[name] : load()[name]) });
}

/** What loads a library when it is first called. */
function loader(file) {
  let exports;
  return () => {
    if (!exports) {
      delete Module._cache[file];
      exports = require(file);
    }
    return exports;
  };
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
