import { execFileSync } from "node:child_process";
import { root } from "../support/process/child";

/** Which of the provider's libraries a program loads. */
function loadedBy(program: string): string[] {
  const source = `${program}
    const loaded = Object.keys(require.cache).map((file) => /node_modules\\/(zod|undici)\\//.exec(file)?.[1]);
    console.log(JSON.stringify([...new Set(loaded)].filter(Boolean).sort()));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", source], { cwd: root, encoding: "utf8" }));
}

describe("the SDK", () => {
  it("loads no client for a program that only declares keys: each run of it would pay for that", () => {
    expect(loadedBy(`require("./dist/sdk");`)).toEqual([]);
  });

  it("loads what reads definitions with the first look, and still no client: that comes with a request", () => {
    expect(loadedBy(`require("./dist/sdk/lookup");`)).toEqual(["zod"]);
  });
});
