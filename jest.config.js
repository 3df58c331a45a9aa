/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2023" } }] },
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  globalSetup: "<rootDir>/test/support/jest/globalSetup.ts",
  reporters: ["default", "<rootDir>/test/support/jest/closingLineReporter.js"],
  // Engine tests spend their time in other processes; two at once is what two cores carry.
  maxWorkers: 2,
  testSequencer: "<rootDir>/test/support/jest/longestFirst.js",
  testTimeout: 120_000,
};
