import { keepProgramFrames } from "../../sdk/programFrames";

/** Frames that the SDK leaves out by itself. */
const framesOfSdk = 5;

/** A trace made ten calls deep. */
function trace(depth = 10): string[] {
  return depth > 0 ? trace(depth - 1) : (new Error("made here").stack ?? "").split("\n");
}

describe("the stack trace of a key's declaration", () => {
  const { prepareStackTrace, stackTraceLimit } = Error;

  beforeEach(() => {
    Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  });
  afterEach(() => {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  });

  it("holds the frames that the SDK counts on, and after them none without a place in a file", () => {
    const undo = keepProgramFrames();
    const [message, ...frames] = trace();
    undo();
    expect(message).toBe("Error: made here");
    expect(frames.length).toBeGreaterThan(framesOfSdk);
    expect(frames.slice(framesOfSdk).join()).not.toContain("(<anonymous>)");
    expect(trace().join()).toContain("(<anonymous>)");
  });

  it("is written by whoever wrote traces before, as source maps need it", () => {
    Error.prepareStackTrace = (_, frames) => `${frames.length} frames`;
    const whole = trace();
    const undo = keepProgramFrames();
    const kept = trace();
    undo();
    expect(kept).not.toEqual(whole);
    expect(kept.join()).toMatch(/^\d+ frames$/);
    expect(trace()).toEqual(whole);
  });

  it("leaves no trace of itself on Error", () => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    keepProgramFrames()();
    expect(Object.hasOwn(Error, "prepareStackTrace")).toBe(false);
  });
});
