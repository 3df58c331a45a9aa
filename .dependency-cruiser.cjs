/** Which way imports go, as data. `npm test` checks it with `npm run imports`. */
const floors = require("./scripts/imports/floors.cjs");

const pathOf = (room) => `^provider/${room.replace(".", "\\.")}${room.includes(".") ? "$" : "/"}`;

/** A room imports from floors below its own; two on one floor leave each other alone. */
const downward = floors.flatMap((rooms, level) =>
  rooms.map((room) => ({
    name: `${room}-imports-downward`,
    comment: `provider/${room} is imported by the rooms above it, and imports those below.`,
    severity: "error",
    from: { path: pathOf(room) },
    to: {
      path: [
        ...floors
          .slice(0, level + 1)
          .flatMap((others) => others.filter((other) => other !== room))
          .map(pathOf),
        "^provider/index\\.ts$",
        "^(sdk|draft|policy|cli|sandbox|test|bench|scripts|examples)/",
      ],
    },
  })),
);

/** The folders of test/support, from the bottom; the folders of one row leave each other alone. */
const testSupport = [
  ["http"],
  ["vendor", "modelledEngine"],
  ["openapi"],
  ["lifecycle", "engine", "process"],
  ["jest", "languages"],
];

const supportDownward = testSupport.slice(0, -1).flatMap((folders, level) =>
  folders.map((folder) => ({
    name: `test-support-${folder}-imports-downward`,
    severity: "error",
    from: { path: `^test/support/${folder}/` },
    to: {
      path: testSupport
        .slice(level)
        .flat()
        .filter((other) => other !== folder)
        .map((other) => `^test/support/${other}/`),
    },
  })),
);

/** The folders of draft/, from the bottom: a document is read, the keys are found in it, their parts are told, written, and compared. */
const draftFolders = ["document", "find", "parts", "write", "compare"];

const draftDownward = draftFolders.slice(0, -1).map((folder, level) => ({
  name: `draft-${folder}-imports-downward`,
  severity: "error",
  from: { path: `^draft/${folder}/` },
  to: { path: [...draftFolders.slice(level + 1).map((other) => `^draft/${other}/`), "^draft/index\\.ts$"] },
}));

/** The folders of policy/, from the bottom: keys are read, then the outputs of a stack with them, and rules judge both. */
const policyFolders = ["resources", "stack", "rules"];

const policyDownward = policyFolders.map((folder, level) => ({
  name: `policy-${folder}-imports-downward`,
  severity: "error",
  from: { path: `^policy/${folder}/` },
  to: {
    path: [
      ...policyFolders.slice(level + 1).map((other) => `^policy/${other}/`),
      "^policy/(?!settings\\.ts$)[^/]+\\.ts$",
    ],
  },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    ...downward,
    ...supportDownward,
    ...draftDownward,
    ...policyDownward,
    {
      name: "policy-knows-definitions-alone",
      comment:
        "A rule judges what the engine shows of a key: it needs what a definition is, and nothing that sends requests.",
      severity: "error",
      from: { path: "^policy/" },
      to: {
        path: [
          "^provider/(?!(definition|redaction|json|base)/)",
          "^(sdk/(?!requireNode\\.ts$)|services|draft|cli|sandbox|test|bench|scripts|examples)",
        ],
      },
    },
    {
      name: "rules-know-no-engine",
      comment: "A rule is a function of a key and of settings, whatever asks it.",
      severity: "error",
      from: { path: "^policy/(rules|resources)/" },
      to: { path: "node_modules/(@pulumi|@grpc)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "draft-knows-definitions-alone",
      comment: "A draft is made from a file: it needs what a definition is, and nothing that sends requests.",
      severity: "error",
      from: { path: "^draft/" },
      to: {
        path: [
          "^provider/(?!(definition|json|base)/)",
          "^(sdk|policy|cli|sandbox|test|bench|scripts|examples)/",
        ],
      },
    },
    {
      name: "nothing-imports-a-test",
      comment: "What tests share is in test/support.",
      severity: "error",
      from: {},
      to: { path: "\\.test\\.ts$" },
    },
    {
      name: "test-support-stands-below-the-tests",
      severity: "error",
      from: { path: "^test/support/" },
      to: { path: "^test/(?!support/)" },
    },
    {
      name: "lifecycle-knows-no-engine-and-no-http",
      comment:
        "The lifecycle asks a vendor through provider/vendor.ts, so that any host and any protocol can stand behind it.",
      severity: "error",
      from: { path: "^provider/lifecycle/" },
      to: { path: ["^provider/(api|auth|http|host)/", "node_modules/(@pulumi|@grpc|undici)"] },
    },
    {
      name: "only-hosts-know-the-engine",
      severity: "error",
      from: { path: "^provider/(?!host/)" },
      to: { path: "node_modules/(@pulumi|@grpc)" },
    },
    {
      name: "only-http-knows-undici",
      severity: "error",
      from: { path: "^(provider/(?!http/)|sdk|draft|policy|cli|sandbox)" },
      to: { path: "node_modules/undici" },
    },
    {
      name: "sdk-does-not-load-the-provider",
      comment:
        "A program that declares keys loads names and types; what looks for keys is loaded with the first look.",
      severity: "error",
      from: { path: "^sdk/(?!lookup\\.ts$)" },
      to: { path: "^provider/(host|lifecycle|api|auth|http)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "nothing-imports-a-program",
      comment: "cli, bench, scripts and examples are started, and not imported.",
      severity: "error",
      from: { path: "^(provider|sdk|draft|policy|sandbox)/" },
      to: { path: "^(cli|bench|scripts|examples|test)/" },
    },
    {
      name: "services-are-data",
      comment:
        "A definition is data of the kind that provider/definition/input.ts describes, and loads nothing.",
      severity: "error",
      from: { path: "^services/" },
      to: { path: ".", pathNot: "^provider/definition/input\\.ts$" },
    },
    {
      name: "sandbox-stands-alone",
      comment: "The sandbox plays the vendors: it must not share the provider's idea of them.",
      severity: "error",
      from: { path: "^sandbox/" },
      to: { path: "^(provider|sdk|draft|policy|cli)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".mts", ".cjs", ".js", ".json"] },
  },
};
