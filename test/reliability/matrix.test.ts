import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type CellId, matrix, sees, title } from "./matrix";

const root = path.resolve(__dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts") && !file.endsWith("matrix.test.ts"))
  .map((file) => readFileSync(path.join(root, file), "utf8"))
  .join("\n");

describe("the fault matrix", () => {
  it.each(Object.keys(matrix) as CellId[])("has a test of %s that looks at what the user sees", (id) => {
    const [group = "", step = ""] = id.split(".");
    // Ways to be killed share their tests.
    const spelt = group === "killed" || group === "crashed" ? `\`\${cell}.${step}\`` : `"${id}"`;
    expect(sources.includes(`title(${spelt})`)).toBe(true);
    if (group !== "killed")
      expect(
        new RegExp(`sees\\((${escaped(spelt)}|\`\\$\\{cell\\}\\.\\$\\{step\\}\`)\\)`).test(sources),
      ).toBe(true);
  });

  it("names a test by its cell", () => {
    expect(title("load.down")).toBe("[load.down] The vendor cannot be reached");
  });

  it("takes what varies for anything, and nothing for nothing", () => {
    expect("Look at key k-1: revoke").not.toMatch(sees("create.lost"));
    expect("").toMatch(sees("create.lost"));
    expect("x may be someone else's and none was revoked. Look at key k-1: y").toMatch(sees("create.fixed"));
    expect("none was revoked. Look at key k-1").not.toMatch(sees("create.fixed"));
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
