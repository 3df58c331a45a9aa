import path from "node:path";

/** Frames on top of a resource's constructor that the SDK leaves out of its trace, and counts on: its own. */
const framesOfSdk = 5;

const sdkFolder = path.dirname(require.resolve("@pulumi/pulumi/package.json")) + path.sep;
const ownFolder = __dirname + path.sep;

/**
 * Leaves nothing but the program's own frames in the stack traces that are made from now on.
 *
 * The SDK writes the trace of each resource's constructor into the state: ten frames of Node.js, the SDK and this
 * package around one or two that say anything, a quarter of a key's state. The engine writes all of it with each step.
 *
 * @returns undoes it
 */
export function keepProgramFrames(): () => void {
  const { prepareStackTrace } = Error;
  // Only Node.js itself can map the positions then, and only in a trace that nobody prepares.
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
