import { loadedModules } from "../support/process/loadedModules";

/** Which of the provider's libraries a program loads. */
function loadedBy(program: string): string[] {
  const libraries = loadedModules(program).flatMap(
    (file) => /node_modules[\\/](zod|undici)[\\/]/.exec(file)?.[1] ?? [],
  );
  return [...new Set(libraries)].sort();
}

describe("the SDK", () => {
  it("loads no client for a program that only declares keys: each run of it would pay for that", () => {
    expect(loadedBy(`require("./dist/sdk");`)).toEqual([]);
  });

  it("loads what reads definitions with the first look, and still no client: that comes with a request", () => {
    expect(loadedBy(`require("./dist/sdk/lookup");`)).toEqual(["zod"]);
  });
});
