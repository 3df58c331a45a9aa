const { availableParallelism } = require("node:os");

/** What a test of each level needs: nothing but files; HTTP on loopback; the Pulumi engine; the TypeScript compiler; Chromium. */
const levels = ["unit", "contract", "engine", "types", "browser"];

/** Packages that are ECMAScript modules, which Jest's own `require` cannot load as they are. */
const modules =
  "@scalar/[\\w-]+|@apidevtools/[\\w-]+|@kubernetes/client-node|openid-client|oauth4webapi|jose";
const swc = (syntax) => ["@swc/jest", { jsc: { parser: { syntax }, target: "es2023" } }];

/** Tests of the lifecycle and of its faults, which hold whatever host runs it: they run once for each. Random lives draw it. */
const ofEveryHost = ["lifecycle", "reliability"];

/** Engine tests of what a user sees of a key's life, and of what must not be seen, with either host. */
const engineOfEveryHost = [
  ...["life", "options"].map((what) => `lifecycle/${what}`),
  "rotation/rotation",
  "reliability/interruption",
  ...["leaks", "engineLogs"].map((what) => `redaction/${what}`),
];

const projects = [
  ...levels.map((level) => ({
    level,
    name: level,
    files: [`<rootDir>/test/**/*.${level}.test.ts`],
    globals: {},
  })),
  ...["unit", "contract"].map((level) => ({
    level,
    name: `${level}-on-plugin`,
    files: ofEveryHost.map((subject) => `<rootDir>/test/${subject}/**/*.${level}.test.ts`),
    globals: { testedHost: "plugin" },
  })),
  {
    level: "engine",
    name: "engine-on-plugin",
    files: engineOfEveryHost.map((what) => `<rootDir>/test/${what}.engine.test.ts`),
    globals: { testedHost: "plugin" },
  },
];

/** @type {import("jest").Config} */
module.exports = {
  projects: projects.map(({ level, name, files, globals }) => ({
    displayName: name,
    globals,
    testEnvironment: "node",
    transform: {
      "^.+\\.ts$": swc("typescript"),
      [`/node_modules/(${modules})/.+\\.js$`]: swc("ecmascript"),
    },
    transformIgnorePatterns: [`/node_modules/(?!(${modules})/)`],
    modulePathIgnorePatterns: ["<rootDir>/dist/"],
    testMatch: files,
    ...(level === "engine" && { globalSetup: "<rootDir>/test/support/jest/globalSetup.ts" }),
  })),
  reporters: ["default", "<rootDir>/test/support/jest/closingLineReporter.js"],
  // Engine tests wait for other processes, and some for a vendor or a clock: one worker more than there are cores keeps
  // all cores busy meanwhile. With two more each computes longer, for they share the cores' caches.
  maxWorkers: availableParallelism() + 1,
  testSequencer: "<rootDir>/test/support/jest/longestFirst.js",
  // Ten times what the longest test takes, and as long as it takes to install a store on a slow machine: only a test that
  // hangs waits for it.
  testTimeout: 900_000,
};
