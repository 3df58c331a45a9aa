import { loadLibrary } from "../../provider/delivery/library";
import { failure } from "../support/http/loopback";

const notFound = (message: string, code: string) => () =>
  Promise.reject(Object.assign(new Error(message), { code }));

describe("a library that only some need", () => {
  it("is what the import gives", async () => {
    expect(await loadLibrary("some", async () => ({ a: 1 }))).toEqual({ a: 1 });
  });

  it.each([
    ["Cannot find package '@some/library' imported from /x", "ERR_MODULE_NOT_FOUND"],
    ["Cannot find module '@some/library'\nRequire stack:", "MODULE_NOT_FOUND"],
    ["No such built-in module: @some/library", "ERR_UNKNOWN_BUILTIN_MODULE"],
  ])("is named with the command that installs it: %s", async (message, code) => {
    expect((await failure(loadLibrary("@some/library", notFound(message, code)))).message).toBe(
      "The library @some/library is not installed. Run `npm install @some/library`.",
    );
  });

  it("is not told to be missing where it is another that it lacks, or where it fails", async () => {
    const other = notFound(
      "Cannot find package 'other' imported from /x/@some/library",
      "ERR_MODULE_NOT_FOUND",
    );
    await expect(loadLibrary("@some/library", other)).rejects.toThrow("'other'");
    const broken = async () => {
      throw new SyntaxError("broken");
    };
    await expect(loadLibrary("@some/library", broken)).rejects.toThrow("broken");
  });
});
