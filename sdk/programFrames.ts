import path from "node:path";

/** The topmost frames of a trace are the SDK's own. It skips this number of them. */
const framesOfSdk = 5;

const sdkFolder = path.dirname(require.resolve("@pulumi/pulumi/package.json")) + path.sep;
const ownFolder = __dirname + path.sep;

/**
 * Keeps only the program's own frames in the stack traces that are made from now on.
 *
 * The SDK writes the trace of each resource's constructor into the state. Ten frames of Node.js, the SDK and this package
 * surround one or two of the program's, and make up a quarter of a key's state, which the engine writes with each step.
 *
 * @returns a function that undoes it
 */
export function keepProgramFrames(): () => void {
  const { prepareStackTrace } = Error;
  // Only Node.js itself can then map the positions, and only in a trace that nothing has changed.
  if (prepareStackTrace === undefined && process.sourceMapsEnabled) return () => {};
  Error.prepareStackTrace = (error, frames) => {
    const kept = frames.filter((frame, index) => index < framesOfSdk || isOfProgram(frame));
    return prepareStackTrace ? prepareStackTrace(error, kept) : [error, ...kept].join("\n    at ");
  };
  return () => {
    if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace;
    else Reflect.deleteProperty(Error, "prepareStackTrace");
  };
}

function isOfProgram(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName() ?? "node:";
  return !(file.startsWith("node:") || file.startsWith(sdkFolder) || file.startsWith(ownFolder));
}
