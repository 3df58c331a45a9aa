import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");
const document = readFileSync(path.join(repository, "CONTRIBUTING.md"), "utf8");

describe("CONTRIBUTING.md", () => {
  it("names files and folders that exist", () => {
    const named = [
      ...document.matchAll(/`((?:provider|sdk|policy|cli|sandbox|scripts|bench|test)\/[\w./-]*)`/g),
    ].map(([, file = ""]) => file);
    expect(named).toContain("provider/http/pacing/requestGate.ts");
    expect(named.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
  });
});
