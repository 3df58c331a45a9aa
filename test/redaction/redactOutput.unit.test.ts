import { protect } from "../../provider/redaction/redactor";
import { redactOutput } from "../../provider/redaction/sinks";

describe.each(["stdout", "stderr"] as const)("what this process writes to %s", (name) => {
  const stream = process[name];
  const { write } = stream;
  let written: unknown[] = [];

  beforeAll(() => {
    stream.write = ((...args: unknown[]) => {
      written.push(args);
      return true;
    }) as typeof write;
    redactOutput();
  });
  beforeEach(() => {
    written = [];
  });
  afterAll(() => {
    stream.write = write;
  });

  it("holds no secret, with the encoding and the callback that came with it", () => {
    const callback = () => {};
    protect("canary-secret");
    expect(stream.write("a canary-secret\n", "utf8", callback)).toBe(true);
    expect(written).toEqual([["a [secret]\n", "utf8", callback]]);
  });

  it("is left alone where it is no text", () => {
    const bytes = Buffer.from([0xff, 0x00]);
    stream.write(bytes);
    expect(written).toEqual([[bytes]]);
  });
});
