// Compiles a program with one compiler and several sets of options, and prints what was read and what is wrong, as a
// list in JSON. In one process, for a compiler that has just started takes three times as long:
// node compile.js <folder of the compiler> <file of the program> <list of options, as in tsconfig.json> [<pattern>]
// Files that the pattern fits are read, and not checked themselves.
const [folder, program, optionsText, unchecked] = process.argv.slice(2);
const ts = require(folder);
const isUnchecked = (name) => unchecked !== undefined && new RegExp(unchecked).test(name);

/** A file is read in the same way wherever modules are resolved in the same way. */
const filesBySystem = new Map();

function hostOf(options) {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  const files = filesBySystem.get(options.module) ?? new Map();
  filesBySystem.set(options.module, files);
  host.getSourceFile = (name, ...rest) => {
    if (!files.has(name)) files.set(name, read.call(host, name, ...rest));
    return files.get(name);
  };
  return host;
}

function compile(json) {
  const { options, errors } = ts.convertCompilerOptionsFromJson(json, process.cwd());
  const host = hostOf(options);
  const made = ts.createProgram([program], options, host);
  const checked = made.getSourceFiles().filter(({ fileName }) => !isUnchecked(fileName));
  const diagnostics = [
    ...errors,
    ...made.getOptionsDiagnostics(),
    ...made.getGlobalDiagnostics(),
    ...checked.flatMap((file) => [
      ...made.getSyntacticDiagnostics(file),
      ...made.getSemanticDiagnostics(file),
    ]),
  ];
  return {
    files: made.getSourceFiles().map(({ fileName }) => fileName),
    errors: diagnostics.map((diagnostic) => ts.formatDiagnostic(diagnostic, host).trim()),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(optionsText).map(compile)));
